#include "reader/amendment.h"

#include <algorithm>

#include "reader/passages.h"

namespace zielwerk::reader {
namespace {

bool amends(const Paper& paper) {
  static const Words title(R"((?:Änderungsvereinbarung|Ergänzungsvereinbarung|Nachtrag\b|NACHTRAG\b|Änderung der Zielvereinbarung))");
  std::size_t seen = 0;
  for (const auto& block : paper.blocks) {
    if (block.kind == BlockKind::Furniture) continue;
    if (title.in(block.text.text())) return true;
    if (++seen == 3) break;
  }
  return false;
}

// The target whose words stand in this part of the document.
json::value target_within(const Draft& draft, Span raw) {
  const auto* targets = draft.agreement.if_contains("targets");
  if (!targets) return nullptr;
  const auto begin = draft.paper.positions.code_points(raw.begin), end = draft.paper.positions.code_points(raw.end);
  for (const auto& target : targets->as_array()) {
    const auto* evidence = target.as_object().if_contains("evidence");
    if (!evidence || !evidence->is_array()) continue;
    for (const auto& one : evidence->as_array()) {
      const auto at = one.at("start").to_number<std::size_t>();
      if (at >= begin && at < end) return target.at("id");
    }
  }
  return nullptr;
}

json::object change(const Draft& draft, std::string_view op, const std::string& provision, const std::string& before, const std::string& after, Span block, Span raw) {
  json::object one{{"op", op}, {"provision", text_or_null(provision)}};
  one["target"] = op == "DELETE" ? json::value(nullptr) : target_within(draft, block);
  one["old"] = text_or_null(before);
  one["new"] = text_or_null(after);
  one["evidence"] = draft.evidence({raw});
  return one;
}

void sentences_of_change(Draft& draft, const Block& block, Span until, json::array& changes) {
  const auto& text = block.text.text();
  std::vector<Span> taken;
  const auto findings = rule_book().find("aenderung", text);
  for (const auto& finding : findings) {
    if (std::any_of(taken.begin(), taken.end(), [&](Span span) { return span.meets(finding.whole); })) continue;
    taken.push_back(finding.whole);
    const auto part = [&](std::string_view name) {
      const auto found = finding.captures.find(name);
      return found == finding.captures.end() ? std::string() : cut(text, found->second);
    };
    const auto provision = part("prov").empty() ? part("ziel") : part("prov");
    const auto raw = block.text.raw(finding.whole);
    Span of{block.raw.begin, finding.code() == "ADD" ? std::max(until.end, block.raw.end) : block.raw.end};
    if (finding.code() == "KEEP") {
      of.begin = raw.begin;
      for (const auto& next : findings) {
        if (next.whole.begin >= finding.whole.end) of.end = std::min(of.end, block.text.raw(next.whole).begin);
      }
    }
    changes.push_back(change(draft, finding.code(), provision, part("alt"), part("neu"), of, raw));
    draft.marks.push_back({raw, "amends.changes", "exact", {}});
  }
}

// Rows under "bisher" and "neu".
struct Columns {
  std::size_t before = 0, after = 0;  // 0: none; the first column names the value
};

Columns columns_of(const Block& head) {
  static const Words old_word(R"((?i)\b(?:bisher\w*|alt|alter Wert|statt)\b)"), new_word(R"((?i)\b(?:neu\w*|geändert\w*|künftig\w*|nunmehr)\b)");
  Columns columns;
  for (std::size_t c = 1; c < head.cells.size(); ++c) {
    if (columns.before == 0 && old_word.in(head.cells[c].text())) columns.before = c;
    else if (columns.after == 0 && new_word.in(head.cells[c].text())) columns.after = c;
  }
  return columns;
}

void row_of_change(Draft& draft, const Block& row, const Columns& columns, json::array& changes) {
  if (std::max(columns.before, columns.after) >= row.cells.size()) return;
  static const Words gone(R"((?i)entfällt|gestrichen|aufgehoben)"), same(R"((?i)unverändert|wie bisher|gilt weiter)"), none(R"([–—-]?)");
  const auto& before = row.cells[columns.before].text();
  const auto& after = row.cells[columns.after].text();
  if (none.is(before) && none.is(after)) return;
  const char* op = gone.in(after) ? "DELETE" : same.in(after) || before == after ? "KEEP" : none.is(before) ? "ADD" : "REPLACE";
  const bool removed = std::string_view(op) == "DELETE";
  changes.push_back(change(draft, op, row.cells[0].text(), none.is(before) ? "" : before, removed ? "" : after, row.raw, row.raw));
}

// "… vom 9. Januar 2020": the first full date after the words.
void date_after(const Draft& draft, const Words& words, json::object& amendment, const char* field, json::array& evidence) {
  for (const auto& block : draft.paper.blocks) {
    const auto& text = block.text.text();
    const auto groups = match(words, text);
    if (groups.empty()) continue;
    for (const auto& date : dates(text.substr(groups[0].begin))) {
      if (date.iso().empty() || groups[0].begin + date.span.begin >= groups[0].end + 4) continue;
      amendment[field] = date.iso();
      for (auto& one : draft.evidence({block.text.raw({groups[0].begin, groups[0].begin + date.span.end})})) evidence.push_back(std::move(one));
      return;
    }
  }
}

}  // namespace

void read_amendment(Draft& draft) {
  if (!amends(draft.paper)) return;
  json::object amendment{{"agreement_title", nullptr}, {"agreement_date", nullptr}, {"effective_from", nullptr}, {"retroactive", false}};
  json::array changes, evidence;
  static const Words base(R"((?:Zielvereinbarung[^.;„“"]{0,90}? (?:vom|am) [0-9]|\bam [0-9][^;„“"]{5,120}Zielvereinbarung))");
  static const Words effect(R"((?:mit Wirkung vom|mit Wirkung zum|rückwirkend (?:zum|ab|ab dem|vom)|tritt am|gilt ab|gelten ab) [0-9])");
  static const Words new_from(R"(\b[Aa]b dem [0-9][^;]{3,30} gelten\b)");
  static const Words title(R"((Zielvereinbarung[^.;„“"]{0,90}?) vom [0-9])");
  date_after(draft, base, amendment, "agreement_date", evidence);
  date_after(draft, effect, amendment, "effective_from", evidence);
  if (amendment["effective_from"].is_null()) date_after(draft, new_from, amendment, "effective_from", evidence);
  Columns columns;
  const auto& blocks = draft.paper.blocks;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto& block = blocks[i];
    if (block.kind == BlockKind::Furniture) continue;
    if (const auto groups = match(title, block.text.text()); !groups.empty() && amendment["agreement_title"].is_null()) amendment["agreement_title"] = cut(block.text.text(), groups[1]);
    if (block.kind != BlockKind::Row) {
      columns = {};
      const auto last = std::min(i + 2, blocks.size() - 1);
      sentences_of_change(draft, block, blocks[last].raw, changes);
    } else if (block.table_head) {
      columns = columns_of(block);
    } else if (columns.before > 0 && columns.after > 0) {
      row_of_change(draft, block, columns, changes);
    }
  }
  if (changes.empty()) draft.open("amendment_without_changes", "Das Papier ändert eine Vereinbarung; welche Stellen es ändert, wurde nicht erkannt.");
  if (amendment["agreement_date"].is_null()) draft.open("amended_agreement_unknown", "Das Papier ändert eine Vereinbarung; deren Datum wurde nicht gefunden.");
  amendment["changes"] = std::move(changes);
  amendment["evidence"] = std::move(evidence);
  draft.agreement["amends"] = std::move(amendment);
}

void settle_amendment(Draft& draft) {
  auto& value = draft.agreement["amends"];
  if (!value.is_object() || !value.at("effective_from").is_string()) return;
  static const Words said(R"(\brückwirkend\b)");
  bool later = said.in(draft.paper.text);
  // ISO dates compare as texts.
  for (const auto& signature : draft.list("signatures")) later = later || (signature.at("date_iso").is_string() && signature.at("date_iso").as_string() > value.at("effective_from").as_string());
  value.as_object()["retroactive"] = later;
}

}  // namespace zielwerk::reader
