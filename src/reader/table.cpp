#include "reader/table.h"

#include <algorithm>

#include <re2/re2.h>

#include "reader/row_labels.h"
#include "reader/slots.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

class TableReader : RowLabels {
 public:
  TableReader(Paper& paper, std::size_t first, const std::optional<Quantity>& quantity, const Stance& lead) : RowLabels(paper, first, quantity), lead_(lead) {}

  TableRead read() {
    const auto table = paper_.blocks[first_].table;
    std::size_t end = first_;
    while (end < paper_.blocks.size() && ((paper_.blocks[end].kind == BlockKind::Row && paper_.blocks[end].table == table) || paper_.blocks[end].kind == BlockKind::Furniture)) ++end;
    std::size_t row = first_;
    blank_set_ = paper_.quote(paper_.blocks[first_].raw).find('|') == std::string_view::npos;
    if (looks_like_head(first_)) {
      for (const auto& cell : paper_.blocks[first_].cells) heads_.push_back(head_of(cell.text(), paper_.year));
      head_rows_.push_back(first_);
      has_head_ = true;
      ++row;
    }
    numbers_below_quantities(row, end);
    // The head of a table set with blanks may take several lines.
    for (; blank_set_ && has_head_ && row < end && paper_.blocks[row].kind == BlockKind::Row && !has_value(row); ++row) head_rows_.push_back(row);
    for (; row < end; ++row) {
      if (paper_.blocks[row].kind != BlockKind::Row) continue;
      if (blank_set_ && head_rows_.size() >= 1) place_heads(row);
      read_row(row);
    }
    return std::move(result_);
  }

 private:
  bool looks_like_head(std::size_t index) const {
    const auto& block = paper_.blocks[index];
    if (block.table_head && block.raw.begin < block.raw.end && paper_.quote(block.raw).front() == '|') return true;
    for (const auto& cell : block.cells) {
      const auto kind = head_of(cell.text(), paper_.year).kind;
      const bool number = !numerals(cell.text()).empty() && year_in(cell.text()) == 0;
      if (number) return false;
      if (kind == Column::Value || kind == Column::Previous || kind == Column::Forecast || kind == Column::Change) return true;
    }
    return false;
  }

  // "| Jahr | Zahl der Integrationen |": a head that names a quantity stands over its values.
  void numbers_below_quantities(std::size_t row, std::size_t end) {
    for (std::size_t i = 1; i < heads_.size(); ++i) {
      if (heads_[i].kind != Column::Label || rule_book().find("messgroesse", paper_.blocks[first_].cells[i].text()).empty()) continue;
      bool all = row < end;
      for (auto k = row; k < end; ++k) all = all && paper_.blocks[k].kind == BlockKind::Row && i < paper_.blocks[k].cells.size() && !numerals(paper_.blocks[k].cells[i].text()).empty();
      if (all) heads_[i].kind = Column::Value;
    }
  }

  bool has_value(std::size_t row) const {
    for (const auto& cell : paper_.blocks[row].cells) {
      for (const auto& number : numerals(cell.text())) {
        if (number.explained.empty() || number.unit != Unit::None) return true;
      }
    }
    return paper_.blocks[row].cells.size() < 2;
  }

  // Of a table set with blanks: the heads of a row's cells are those that stand nearest above them, line by line.
  void place_heads(std::size_t row) {
    heads_.clear();
    // Set with tabs, columns are counted.
    if (paper_.quote(paper_.blocks[first_].raw).find('\t') != std::string_view::npos && paper_.blocks[row].cells.size() == paper_.blocks[first_].cells.size()) {
      for (const auto& cell : paper_.blocks[first_].cells) heads_.push_back(head_of(cell.text(), paper_.year));
      return;
    }
    for (std::size_t i = 0; i < paper_.blocks[row].cells.size(); ++i) {
      const auto& cell = paper_.blocks[row].cells[i];
      std::string text;
      for (const auto head : head_rows_) {
        const Plain* nearest = nullptr;
        std::size_t far = 0;
        for (const auto& candidate : paper_.blocks[head].cells) {
          const auto a = middle(candidate), b = middle(cell);
          const auto distance = a > b ? a - b : b - a;
          if (!nearest || distance < far) {
            nearest = &candidate;
            far = distance;
          }
        }
        if (nearest) text += (text.empty() ? "" : " ") + nearest->text();
      }
      static const Words letters(R"((?i)[a-zäöü]{3,})");
      const bool label = i == 0 && letters.in(cell.text());
      heads_.push_back(label ? Head{} : head_of(text, paper_.year));
      static const Words words(R"((?i)^[^\d]*$)");
      if (!label && heads_.back().kind != Column::Previous && words.is(cell.text()) && letters.in(cell.text())) heads_.back() = Head{};
    }
  }

  // A column of numbers below an empty or unknown head holds values if no other column does.
  Column kind_of(std::size_t column, std::size_t columns) const {
    if (column < heads_.size() && heads_[column].kind != Column::Empty && heads_[column].kind != Column::Other) {
      return heads_[column].kind;
    }
    const bool other = std::any_of(heads_.begin(), heads_.end(), [](const Head& head) { return head.kind == Column::Value || head.kind == Column::Change; });
    return column + 1 == columns && !other && column > 0 ? Column::Value : has_head_ ? Column::Other : column == 0 ? Column::Label : Column::Value;
  }

  void read_row(std::size_t row) {
    const auto& block = paper_.blocks[row];
    const auto columns = block.cells.size();
    std::string own_labels;
    for (std::size_t i = 0; i < columns; ++i) {
      const auto kind = kind_of(i, columns);
      if (kind == Column::Label || kind == Column::Unit || kind == Column::Bound || (kind == Column::Other && numerals(block.cells[i].text()).empty())) {
        own_labels += (own_labels.empty() ? "" : " · ") + block.cells[i].text();
      }
    }
    if (own_labels.empty() && columns > 0) own_labels = block.cells[0].text();
    if (blank_set_ && columns == 1 && label_alone(block.cells[0])) {
      label_above_ += (label_above_.empty() ? "" : " ") + block.cells[0].text();
      return;
    }
    // "| 2022 | 24,1 % |": figures of a year before the agreement are results.
    if (const auto year = columns > 0 ? year_in(block.cells[0].text()) : 0; year != 0 && year < paper_.year && block.cells[0].size() <= 6) {
      for (const auto& cell : block.cells) paper_.explain(cell.raw(), "PREVIOUS_RESULT");
      return;
    }
    if (!label_above_.empty()) {
      own_labels = joined_label(label_above_, own_labels);
      label_above_.clear();
    }
    // Prose in a cell (programmes of municipal goals) is read as sentences.
    for (const auto& cell : block.cells) {
      if (cell.size() > 220) {
        read_prose(row, cell);
        return;
      }
    }
    // A row of words alone heads the rows below it: "Prognosewerte des Trägers".
    if (!has_number(block)) {
      static const Words aside(R"((?i)nachrichtlich)");
      static const Words target(R"((?i)\bZiel)");
      if (speaks_of_forecast(own_labels) || aside.in(own_labels)) forecast_rows_ = true;
      else if (target.in(own_labels)) forecast_rows_ = false;
    }
    if (says_none(own_labels)) {
      for (const auto& cell : block.cells) paper_.explain(cell.raw(), "CONTEXT_STATISTIC");
      return;
    }
    auto quantity = quantity_in(own_labels);
    if (!quantity) quantity = carried(own_labels);
    if (!quantity) quantity = head_quantity(own_labels);
    if (!quantity) quantity = heading_quantity(own_labels);
    if (!quantity) return explain_row(row);
    if (quantity->subgroup.empty()) quantity->subgroup = group_in(own_labels, *quantity);
    last_ = quantity;
    const auto bound = bound_in(own_labels);
    const auto direction = direction_in(own_labels);
    bool valued = false;
    for (std::size_t i = 0; i < columns; ++i) {
      const auto kind = kind_of(i, columns);
      const Head head = i < heads_.size() ? heads_[i] : Head{};
      if (kind == Column::Value || kind == Column::Change || kind == Column::Forecast) valued = take_value(row, block.cells[i], kind, head, *quantity, bound, direction) || valued;
      else explain_cell(block.cells[i], kind);
    }
    static const Words watch(R"((?i)\bBeobachtung|\bMonitoring\b|nur (?:noch )?Monitoring|kein Zielwert|ohne Zielwert|getrennte Darstellung)");
    const bool said = watch.in(block.text.text());
    if (!valued && (said || paper_.under(row, "MONITORING") || lead_.role == "BEOBACHTUNG")) {
      ValueRead watched;
      fill(watched, *quantity, row);
      result_.monitoring.push_back(std::move(watched));
    }
  }

  void read_prose(std::size_t row, const Plain& cell) {
    for (const auto& sentence : sentences(cell.text())) {
      const Statement statement(paper_, row, cell.part(sentence));
      for (auto& target : targets_of(statement, std::nullopt, {})) result_.targets.push_back(std::move(target));
    }
  }

  bool take_value(std::size_t row, const Plain& cell, Column kind, const Head& head, Quantity quantity, std::string bound, const std::string& direction) {
    auto numbers = numerals(cell.text());
    const auto explained = rule_book().find("zahl", cell.text());
    std::erase_if(numbers, [&](const Numeral& number) {
      return !number.explained.empty() || std::any_of(explained.begin(), explained.end(), [&](const Finding& one) {
        const auto said = year_in(cell.text().substr(one.whole.begin, one.whole.end - one.whole.begin));
        const bool earlier = one.code() == "PREVIOUS_RESULT" && said != 0 && said < paper_.year;
        return (one.code() == "UNIT_NUMBER" || one.code() == "CAPACITY" || earlier) && one.span.meets(number.span);
      });
    });
    static const Words none(R"((?i)\b(?:nicht vereinbart|kein Ziel\w*|ohne Ziel\w*)\b)");
    if (none.in(cell.text())) {
      paper_.explain(cell.raw(), "CONTEXT_STATISTIC");
      return false;
    }
    if (numbers.empty() && kept(cell)) return take_kept(row, quantity, bound, direction);
    if (numbers.empty()) return take_word(row, cell, kind, quantity);
    const auto& number = numbers.front();
    specify(quantity.code, quantity.subgroup, paper_.blocks[row].text.text());
    const auto* indicator = rule_book().indicator(quantity.code);
    if (!indicator) return false;
    if (!head.group.empty()) quantity.subgroup = head.group;
    if (number.unit == Unit::Euro && indicator->unit != "EUR" && kind != Column::Forecast) return false;
    // "LLU (Mio. Euro) | 32,6": a sum without its unit in the cell is no value to be sure of.
    if (number.unit == Unit::None && indicator->unit == "EUR" && number.value.exact() < base::Exact(10'000)) return false;
    const bool expected = kind == Column::Forecast || forecast_rows_ || speaks_of_forecast(paper_.blocks[row].cells.front().text()) || (paper_.blocks[row].cells.size() > 1 && speaks_of_forecast(paper_.blocks[row].cells[1].text())) || paper_.under(row, "FORECAST") || lead_.role == "PROGNOSE" || paper_.under(row, "MONITORING");
    if (expected) {
      ValueRead value;
      fill(value, quantity, row);
      value.value = number.value;
      value.unit = number.unit == Unit::None ? indicator->unit : unit_code(number.unit);
      value.value_raw = cell.text();
      value.measure = number.plus || number.minus || kind == Column::Change ? "RELATIVE_CHANGE" : "LEVEL";
      value.year = head.year != 0 ? head.year : paper_.year;
      value.number = cell.raw(number.span);
      paper_.use(value.number, "forecasts");
      result_.forecasts.push_back(std::move(value));
      return true;
    }
    if ((not_agreed(row) && !head_says_value(kind, head)) || foreign(row) || !(agrees(row) || head_says_value(kind, head))) {
      paper_.explain(cell.raw(number.span), lead_.role.empty() ? "ANNEX_NOT_PART" : lead_.role == "VORSCHLAG" ? "REJECTED_PROPOSAL" : lead_.role == "ERGEBNIS" ? "PREVIOUS_RESULT" : "CONTEXT_STATISTIC");
      return true;
    }
    TargetRead target;
    target.block = row;
    target.code = quantity.code;
    target.subgroup = quantity.subgroup;
    target.kennzahl = indicator->kennzahl_of(target.subgroup);
    target.year = head.year != 0 && head.year >= paper_.year ? head.year : paper_.year;
    if (const auto year = year_in(paper_.blocks[row].cells.front().text()); year >= paper_.year && year < paper_.year + 12) target.year = year;
    target.aggregation = indicator->aggregation;
    const auto rule_time = quantity.finding ? quantity.finding->rule->attribute("zeit") : std::string_view();
    if (!rule_time.empty()) target.aggregation = rule_time;
    else if (quantity.code == "LZB_STOCK") target.traps.emplace_back("AGGREGATION_NOT_STATED");
    if (target.code.starts_with("P16") || target.aggregation == "ANNUAL_AVERAGE") {
      for (const auto& time : rule_book().find("zeit", paper_.blocks[row].text.text())) {
        if (time.code() == "ANNUAL_AVERAGE" || time.code() == "YEAR_END_STOCK") target.aggregation = time.code();
      }
    }
    Wording wording;
    if (const auto inside = bound_in(cell.text()); !inside.empty()) bound = inside;
    if (bound.empty()) bound = head.bound;
    wording.bound = bound;
    const bool signed_number = number.plus || (number.minus && indicator->unit != "EUR");
    const bool of_count = number.unit == Unit::Percent && indicator->unit != "PERCENT" && indicator->unit != "EUR";
    const auto inside_cell = direction_in(cell.text());
    const auto& said = inside_cell == "UP" || inside_cell == "DOWN" ? inside_cell : direction;
    const bool directed = said == "UP" || said == "DOWN";
    wording.change = (!inside_cell.empty() && inside_cell != "HOLD" && number.unit != Unit::None) || (number.value.digits == 0 && number.unit == Unit::Percent) || kind == Column::Change || signed_number || of_count || (number.unit == Unit::Points && quantity.code != "GENDER_GAP_INTEGRATION_RATE" && quantity.code != "GAP_TO_STATE_AVERAGE_INTEGRATION_RATE") || (head_says_change(row) && number.unit == Unit::Percent);
    wording.minus = number.minus;
    if (number.minus) wording.sign = -1;
    else if (number.plus) wording.sign = 1;
    else if (directed && wording.change) wording.sign = said == "UP" ? 1 : -1;
    target.value = number.value;
    if (target.value.digits < 0) target.value.digits = -target.value.digits;
    target.unit = number.unit != Unit::None ? unit_code(number.unit) : unit_from_labels(quantity, *indicator, wording.change);
    target.measure = number.unit == Unit::Factor ? "RATIO" : quantity.code == "RANK_IN_COMPARISON_TYPE" ? "RANK" : !wording.change ? "LEVEL" : number.unit == Unit::Points ? "POINT_CHANGE" : target.unit == "PERCENT" ? "RELATIVE_CHANGE" : "ABSOLUTE_CHANGE";
    if (wording.change && target.unit == "PERCENTAGE_POINT") target.measure = "POINT_CHANGE";
    settle(target, wording);
    if (wording.change) target.reference = ReferenceRead{.type = "PREVIOUS_YEAR", .year = target.year - 1, .month = std::nullopt, .value = std::nullopt, .raw = {}};
    if (wording.change) target.traps.emplace_back("REFERENCE_IMPLIED");
    for (const auto& trap : number.traps) target.traps.push_back(trap);
    target.traps.emplace_back(target.explicit_bound ? "COMPARATOR_IN_OTHER_CELL" : "COMPARATOR_IMPLIED_BY_POLARITY");
    target.traps.emplace_back("TABLE_CELL_ONLY");
    if (!target.explicit_bound) target.inferred.emplace_back("comparator_effective", "aus der Messgröße");
    target.value_raw = cell.text();
    target.number = cell.raw(number.span);
    for (const auto above : head_rows_) target.evidence.push_back(paper_.blocks[above].raw);
    target.evidence.push_back(paper_.blocks[row].raw);
    for (std::size_t i = 1; i < numbers.size(); ++i) equivalent(target, cell, numbers[i]);
    static const RE2 per(R"((?i)\b(?:je|pro) (\w+(?:coach|lotse|begleiter|kraft|manager|betreuer|äquivalent)\w*))");
    std::string unit;
    if (target.unit != "PERSONS_PER_STAFF" && RE2::PartialMatch(piece(paper_.blocks[row].text.text()), per, &unit)) target.per = unit;
    result_.targets.push_back(std::move(target));
    return true;
  }

  // A second number of the cell: "18,9 % (entspricht 1.324 Integrationen)".
  void equivalent(TargetRead& target, const Plain& cell, const Numeral& number) {
    if (number.unit != Unit::None && number.unit != Unit::Euro && number.unit != Unit::Percent && number.unit != Unit::Points) return;
    static const Words before(R"((?i)vorjahr|ist|bisher|zuletzt|\b(?:19|20)\d\d)");
    if (before.in(cell.text())) {
      paper_.explain(cell.raw(number.span), "PREVIOUS_RESULT");
      return;
    }
    target.equivalents.push_back({cell.text(), number.value, unit_code(number.unit), "ABSOLUTE_EQUIVALENT"});
    target.uses.push_back(cell.raw(number.span));
  }

  // "bisher 29,8 | neu unverändert": the old value stays agreed.
  bool kept(const Plain& cell) const {
    static const Words word(R"((?i)^\W*(?:unverändert|bleibt(?: unverändert)?|wie bisher|gilt fort|keine Änderung)\W*$)");
    return word.is(cell.text()) && std::any_of(heads_.begin(), heads_.end(), [](const Head& head) { return head.kind == Column::Previous; });
  }

  bool take_kept(std::size_t row, const Quantity& quantity, const std::string& bound, const std::string& direction) {
    const auto& cells = paper_.blocks[row].cells;
    for (std::size_t i = 0; i < cells.size() && i < heads_.size(); ++i) {
      static const Words before(R"((?i)bisher|\balt\b)");
      if (heads_[i].kind != Column::Previous || i >= paper_.blocks[first_].cells.size() || !before.in(paper_.blocks[first_].cells[i].text())) continue;
      Head head = heads_[i];
      head.said = true;
      return take_value(row, cells[i], Column::Value, head, quantity, bound, direction);
    }
    return false;
  }

  // "unverändert", "Stagnation" in a value cell.
  bool take_word(std::size_t row, const Plain& cell, Column kind, const Quantity& quantity) {
    if (kind == Column::Forecast || cell.empty() || not_agreed(row)) return false;
    for (const auto& finding : rule_book().find("richtung", cell.text())) {
      if (finding.code() == "UP" || finding.code() == "DOWN") continue;
      TargetRead target;
      target.block = row;
      target.code = quantity.code;
      target.subgroup = quantity.subgroup;
      const auto* indicator = rule_book().indicator(quantity.code);
      if (!indicator) return false;
      target.year = paper_.year;
      target.aggregation = indicator->aggregation;
      target.measure = quantity.code == "GENDER_GAP_INTEGRATION_RATE" ? "POINT_CHANGE" : "RELATIVE_CHANGE";
      target.unit = target.measure == "POINT_CHANGE" ? "PERCENTAGE_POINT" : "PERCENT";
      settle(target, {.bound = finding.code() == "NOT_UP" ? "<=" : finding.code() == "NOT_DOWN" ? ">=" : "", .change = true, .hold = true});
      target.reference = ReferenceRead{.type = "PREVIOUS_YEAR", .year = target.year - 1, .month = std::nullopt, .value = std::nullopt, .raw = {}};
      target.traps = {"WORD_INSTEAD_OF_NUMBER", "REFERENCE_IMPLIED", "TABLE_CELL_ONLY"};
      target.value_raw = cell.text();
      target.evidence = {paper_.blocks[first_].raw, paper_.blocks[row].raw};
      if (!has_head_) target.evidence.erase(target.evidence.begin());
      target.inferred.emplace_back("value", "Wort statt Zahl: 0");
      result_.targets.push_back(std::move(target));
      return true;
    }
    return false;
  }

  bool foreign(std::size_t row) const { return paper_.under(row, "ANNEX") || lead_.role == "VORSCHLAG" || lead_.role == "ERGEBNIS" || lead_.role == "HYPOTHESE" || lead_.role == "ALTES_ZIEL"; }

  bool not_agreed(std::size_t row) const {
    return paper_.under(row, "ANNEX") || paper_.under(row, "ATTACHMENT") || lead_.role == "VORSCHLAG" || lead_.role == "ERGEBNIS" || lead_.role == "HYPOTHESE" || lead_.role == "ALTES_ZIEL" || lead_.role == "BEOBACHTUNG" || paper_.under(row, "SCORING") || paper_.under(row, "BUDGET");
  }

  // A table agrees on something if its column says so, or the sentence or heading above it.
  bool agrees(std::size_t row) {
    if (lead_.role == "ZIEL") return true;
    if (!bounds_of_row(row).empty() && !paper_.under(row, "FRAMEWORK") && !paper_.under(row, "BUDGET") && !paper_.under(row, "MONITORING")) return true;
    for (const auto& role : paper_.roles[row]) {
      if (role == "ZIELE" || role == "LOCAL" || role == "MUNICIPAL" || role == "QUALITY" || role == "FOCUS" || role == "MIXED" || role.starts_with("Z") || role.starts_with("LAND_") || role == "SINGLE_PARENTS" || role == "REFUGEES") return true;
      if (role == "FRAMEWORK" || role == "PROCEDURE" || role == "CLOSING") return false;
    }
    return false;
  }

  bool head_says_value(Column kind, const Head& head) const { return head.said && (kind == Column::Value || kind == Column::Change); }

  bool head_says_change(std::size_t row) const {
    static const Words change(R"((?i)Veränderung|Steigerung|Entwicklung)");
    (void)row;
    return std::any_of(paper_.blocks[first_].cells.begin(), paper_.blocks[first_].cells.end(), [](const Plain& cell) { return change.in(cell.text()); });
  }

  std::string unit_from_labels(const Quantity& quantity, const IndicatorRow& indicator, bool change) const {
    const auto& block = paper_.blocks[first_];
    for (std::size_t i = 0; i < block.cells.size(); ++i) {
      if (block.cells[i].text().find('%') != std::string::npos && change) return "PERCENT";
    }
    if (quantity.code == "RANK_IN_COMPARISON_TYPE") return "RANK";
    return change && indicator.unit != "PERCENT" ? "COUNT" : indicator.unit;
  }

  void fill(ValueRead& value, const Quantity& quantity, std::size_t row) const {
    value.code = quantity.code;
    value.subgroup = quantity.subgroup;
    const auto* indicator = rule_book().indicator(quantity.code);
    if (indicator) {
      value.kennzahl = indicator->kennzahl_of(value.subgroup);
    }
    value.block = row;
    value.evidence = {paper_.blocks[row].raw};
    if (has_head_) value.evidence.push_back(paper_.blocks[first_].raw);
  }

  void explain_cell(const Plain& cell, Column kind) {
    const char* why = kind == Column::Previous ? "PREVIOUS_RESULT" : kind == Column::Proposal ? "REJECTED_PROPOSAL" : kind == Column::Weight ? "WEIGHT" : kind == Column::Capacity ? "CAPACITY" : kind == Column::Money ? "BUDGET" : nullptr;
    if (why) paper_.explain(cell.raw(), why);
  }

  void explain_row(std::size_t row) {
    const auto& block = paper_.blocks[row];
    for (std::size_t i = 0; i < block.cells.size(); ++i) explain_cell(block.cells[i], kind_of(i, block.cells.size()));
  }

  const Stance& lead_;
  std::vector<Head> heads_;
  bool blank_set_ = false;
  bool forecast_rows_ = false;
  std::vector<std::size_t> head_rows_;
  std::string label_above_;
  TableRead result_;
};

}  // namespace

TableRead read_table(Paper& paper, std::size_t first, const std::optional<Quantity>& quantity, const Stance& lead) { return TableReader(paper, first, quantity, lead).read(); }

}  // namespace zielwerk::reader
