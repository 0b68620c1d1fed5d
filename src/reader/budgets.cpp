#include <algorithm>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"
#include "reader/statement.h"

namespace zielwerk::reader {
namespace {

// What a sum is for.
struct Kind {
  std::string code, title;
  Span words{};  // in the text; empty: from elsewhere
};

std::string precision_of(const std::string& text, const Numeral& number, std::size_t from, const std::string& code, bool estimated) {
  const auto near = text.substr(std::max(from, number.with_unit.begin < 60 ? 0 : number.with_unit.begin - 60), number.with_unit.end - std::max(from, number.with_unit.begin < 60 ? 0 : number.with_unit.begin - 60));
  const auto after = text.substr(number.with_unit.end, 40);
  const auto written = text.substr(number.span.begin, number.with_unit.end - number.span.begin);
  static const Words upper(R"((?i)\b(?:bis zu|höchstens|maximal|nicht mehr als|nicht über)(?: einer Höhe von| einem Betrag von)?(?: rund| etwa)? \S+(?: \S+){0,2}$)");
  static const Words limited(R"((?i)^[^.;,]{0,25}\b(?:begrenzt|nicht (?:übersteigen|überschreiten|übersteigt)))");
  static const Words lower(R"((?i)\b(?:mindestens|wenigstens|nicht weniger als|nicht unter) (?:rund |etwa )?\S+(?: \S+){0,2}$)");
  static const Words expected(R"((?i)\b(?:voraussichtlich\w*|erwartet\w*|Schätzwert\w*|Schätzung\w*|vorläufig\w*|Eckwert\w*)\b)");
  static const Words planned(R"((?i)\b(?:vorgesehen|veranschlagt|geplant\w*|Entwurf\w*|Aussicht|beabsichtig\w+|umzuschichten)\b)");
  static const Words large(R"(Mio|Mrd|Million|Milliard)");
  if (code == "EGT_CONDITION_MIN" || lower.in(near)) return "LOWER_BOUND";
  if (code == "CARRY_OVER_MAX" || upper.in(near) || limited.in(after)) return "UPPER_BOUND";
  if (expected.in(text) || estimated) return "EXPECTED";
  if (number.approximate) return "ROUNDED";
  if (planned.in(text) || (large.in(written) && code == "SHIFT_EGT_TO_VWT")) return "PLANNED";
  return large.in(written) ? "ROUNDED" : "EXACT";
}

class Sums {
 public:
  explicit Sums(Draft& draft) : draft_(draft) {}

  void read() {
    for (const auto& passage : passages(draft_.paper)) {
      const auto& block = draft_.paper.blocks[passage.block];
      if (block.kind != BlockKind::Row) sentence(passage);
      else if (passage.block != row_) row(row_ = passage.block);
    }
  }

 private:
  std::vector<Numeral> sums_of(const std::string& text) const {
    std::vector<Numeral> sums;
    for (auto& number : numerals(text)) {
      if (number.unit == Unit::Euro) sums.push_back(std::move(number));
    }
    return sums;
  }

  bool of_money(std::size_t block, const std::string& text) const {
    static const Words money(R"((?i)\b(?:zur Verfügung|Haushaltsans\w+|veranschlagt|zugeteilt|zugewiesen|Zuteilung\w*|Zuweisung\w*|erhält|verfügt|verfügen|\w*budget\w*|\w*titel\w*|Mittel:?|Bundeshaushalt\w*|Haushaltsplan|bereit|vorgesehen|entfallen)\b)");
    return draft_.paper.under(block, "BUDGET") || money.in(text);
  }

  // Names of what a sum can be for; short ones ("Eingliederung") only where money is spoken of.
  std::vector<Finding> kinds(const std::string& text, bool money) const {
    auto found = rule_book().find("budget", text);
    if (money) {
      for (auto& one : rule_book().find("budget_kurz", text)) found.push_back(std::move(one));
    }
    found = longest(std::move(found));
    std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
    return found;
  }

  // Words that decide wherever they stand between the neighbours (Umschichtung, Vorbehalt); what follows the sum directly ("9,7 Mio. Euro
  // für Verwaltungskosten"); else the nearest before it, then the nearest after it.
  static std::optional<Kind> kind_of(const std::string& text, const std::vector<Finding>& found, const Numeral& number, std::size_t from, std::size_t to, bool last) {
    const auto taken = [&](const Finding& one) { return Kind{one.code(), cut(text, one.span), one.span}; };
    const Finding *before = nullptr, *after = nullptr;
    for (const auto& one : found) {
      if (one.span.begin < from || one.span.begin >= to) continue;
      const bool behind = one.span.begin >= number.with_unit.end;
      if (behind && text.substr(number.with_unit.end, one.span.begin - number.with_unit.end).find(';') != std::string::npos) continue;
      if (one.rule->attribute("vorrang") == "ja") return taken(one);
      if (!behind) before = &one;
      else if (!after) after = &one;
    }
    static const Words directly(R"((?i)^ ?\(?(?:für |an |zur |der |die |den |das )*$)");
    const bool next = after && directly.in(text.substr(number.with_unit.end, after->span.begin - number.with_unit.end));
    // What stands before the next sum belongs to that one.
    if (const auto* one = next || (!before && last) ? after : before) return taken(*one);
    return std::nullopt;
  }

  void sentence(const Passage& passage) {
    const auto& text = passage.text.text();
    const auto sums = sums_of(text);
    const bool listed = draft_.paper.blocks[passage.block].kind == BlockKind::Item;
    static const Words guess(R"((?i)\b(?:voraussichtlich\w*|Schätzwert\w*|geschätzt\w*)\b)");
    if (!listed && sums.empty()) estimated_ = guess.in(text);
    static const Words none(R"((?i)\b(?:waren es|flossen|prognos\w+|rechne[tn]|hält|Regelsatz\w*|im Vorjahr|statt|sparen|Beträge unter|bezifferte?)\b)");
    static const Words awaited(R"((?i)\berwarte[nt]\w* (?:die|der|das|dafür)\b)");
    if (sums.empty() || none.in(text) || awaited.in(text)) return;
    const bool money = of_money(passage.block, text);
    const auto found = kinds(text, money);
    std::vector<Kind> these;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const auto& number = sums[i];
      const auto from = i == 0 ? 0 : sums[i - 1].with_unit.end;
      const auto to = i + 1 < sums.size() ? sums[i + 1].with_unit.begin : text.size();
      auto kind = kind_of(text, found, number, from, to, i + 1 == sums.size() || found.size() >= sums.size());
      const auto lead = text.substr(from, number.span.begin - from);
      // "Gleichzeitig … bundesweit auf 4,15 Mrd. Euro …; auf die fünf Träger entfallen davon 37,4 Mio. Euro"
      static const Words whole(R"((?i)\bbundesweit\b)"), share(R"((?i)\bentfallen\b[^.]*\bdavon\b|\bdavon entfallen\b)"), replaced(R"((?i)^ wird (?:durch|auf)\b)"), year(R"(\b((?:19|20)\d\d): ?(?:rund |rd\. )?$)");
      const bool old = i + 1 < sums.size() && replaced.in(text.substr(number.with_unit.end, 12));
      const auto stated = match(year, lead);
      const bool other_year = !stated.empty() && std::stoi(cut(lead, stated[1])) != draft_.paper.year;
      if (kind && (whole.in(lead) || old || other_year)) {
        if (old) draft_.paper.explain(passage.text.raw(number.span), "REPLACED_OLD_VALUE");
        last_ = {*kind};
        last_block_ = passage.block;
        these = last_;
        continue;
      }
      if (!kind && i > 0 && !these.empty() && (share.in(lead) || replaced.in(text.substr(sums[i - 1].with_unit.end, 12)) || !match(year, lead).empty())) kind = Kind{these.back().code, these.back().title, {}};
      if (!kind && found.empty() && passage.block == last_block_ && last_.size() == sums.size()) kind = Kind{last_[i].code, last_[i].title, {}};
      if (!kind) continue;
      static const Words condition(R"((?i)\b(?:wenn|sofern|soweit|falls|solange|Vorbehalt|vorbehaltlich|Voraussetzung|vorausgesetzt|steht [^.]{0,140}zur Verfügung|erreichen [^.]{0,60}nicht)\b)");
      if (kind->code == "EGT" && condition.in(text)) {
        static const Words least(R"((?i)\b(?:mindestens|wenigstens|nicht weniger als|nicht unter|nicht den Ansatz von) (?:rund )?$)");
        if (least.in(lead)) kind->code = "EGT_CONDITION_MIN";
      }
      write(passage, number, *kind, precision_of(text, number, from, kind->code, listed && estimated_));
      these.push_back(*kind);
    }
    if (!these.empty()) {
      last_ = std::move(these);
      last_block_ = passage.block;
    }
  }

  // "| Verwaltungskosten | 8.033.120 € | 7.951.700 € |": of several columns the one that is headed with the agreement's year.
  void row(std::size_t i) {
    const auto& block = draft_.paper.blocks[i];
    std::size_t column = 0, sums = 0;
    for (std::size_t c = 0; c < block.cells.size(); ++c) {
      if (!sums_of(block.cells[c].text()).empty() && !kinds(block.cells[c].text(), false).empty()) return sentence({i, block.cells[c], c});
    }
    for (std::size_t c = 0; c < block.cells.size(); ++c) {
      if (sums_of(block.cells[c].text()).size() != 1) continue;
      ++sums;
      if (column == 0 || heads(i, c)) column = c;
    }
    if (sums == 0 || column == 0 || (sums > 1 && !heads(i, column))) return;
    std::string label;
    for (std::size_t c = 0; c < column && label.empty(); ++c) {
      if (sums_of(block.cells[c].text()).empty()) label = block.cells[c].text();
    }
    static const Words part(R"((?i)^(?:darunter|davon)\b)");
    const auto found = kinds(label, draft_.paper.under(i, "BUDGET"));
    if (found.empty() || part.in(label)) return;
    const Passage passage{i, block.cells[column], column};
    const auto number = sums_of(passage.text.text()).front();
    write(passage, number, {found.front().code(), cut(label, found.front().span), {}}, precision_of(passage.text.text(), number, 0, found.front().code(), estimated_), block.cells.front().raw());
  }

  bool heads(std::size_t i, std::size_t column) const {
    const auto year = std::to_string(draft_.paper.year);
    for (std::size_t k = i; k-- > 0 && draft_.paper.blocks[k].table == draft_.paper.blocks[i].table;) {
      const auto& head = draft_.paper.blocks[k];
      if (head.table_head) return column < head.cells.size() && head.cells[column].text().find(year) != std::string::npos;
    }
    return false;
  }

  void write(const Passage& passage, const Numeral& number, const Kind& kind, const std::string& precision, Span label = {}) {
    const auto raw = passage.text.raw(number.with_unit);
    const bool taken = std::any_of(draft_.paper.numbers.begin(), draft_.paper.numbers.end(), [&](const NumberUse& use) { return use.raw.meets(passage.text.raw(number.span)) && use.as == NumberUse::As::Used; });
    if (taken) return;
    auto& list = draft_.list("budgets");
    const auto id = fmt::format("B{}", list.size() + 1);
    const Span words{kind.words.empty() ? number.with_unit.begin : std::min(kind.words.begin, number.with_unit.begin), std::max(kind.words.end, number.with_unit.end)};
    std::vector<Span> evidence;
    if (!label.empty()) evidence.push_back(label);
    evidence.push_back(passage.text.raw(words));
    list.push_back({{"id", id}, {"title", kind.title}, {"code", kind.code}, {"amount", reader::number(number.value)}, {"currency", "EUR"}, {"precision", precision}, {"raw", cut(passage.text.text(), number.with_unit)}, {"source", nullptr}, {"year", draft_.paper.year}, {"evidence", draft_.evidence(evidence)}});
    draft_.mark(raw, fmt::format("budgets[{}].amount", id));
  }

  Draft& draft_;
  std::vector<Kind> last_;  // of the sums in the sentence before
  std::size_t last_block_ = 0;
  std::size_t row_ = static_cast<std::size_t>(-1);
  bool estimated_ = false;  // the sentence above the list says so
};

}  // namespace

void read_budgets(Draft& draft) {
  draft.list("budgets");
  Sums(draft).read();
}

}  // namespace zielwerk::reader
