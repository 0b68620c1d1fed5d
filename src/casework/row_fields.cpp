#include "casework/row_fields.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/exact.h"
#include "base/text.h"

namespace zielwerk::casework {
namespace {

using Report = std::function<void(unsigned, const char*, std::string)>;

std::string_view unquoted(std::string_view field) {
  return field.size() >= 2 && field.front() == '"' && field.back() == '"' ? field.substr(1, field.size() - 2) : field;
}

Key read_key(std::string_view text, const Report& report) {
  if (text.empty()) report(Person, "person_missing", "Der Personenschlüssel fehlt.");
  if (text.size() > longest_key) report(Person, "person_too_long", fmt::format("Der Personenschlüssel ist {} Byte lang, höchstens {} sind erlaubt.", text.size(), longest_key));
  const bool odd = std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '"'; });
  if (odd) report(Person, "person_invalid", "Der Personenschlüssel enthält Anführungs- oder Steuerzeichen.");
  return text.empty() ? Key{} : key_of(text);
}

std::uint16_t read_month(std::string_view text, const Report& report) {
  const auto month = Month::parse(text);
  if (!month) {
    report(Berichtsmonat, "month_invalid", fmt::format("{} ist kein Monat; erwartet ist JJJJ-MM mit Monat 01 bis 12.", base::quoted(text)));
    return 0;
  }
  const int index = *month - first_possible;
  if (index < 0 || index >= possible_months) {
    report(Berichtsmonat, "month_out_of_range", fmt::format("Der Berichtsmonat {} liegt außerhalb von {} bis {}.", text, first_possible.text(), (first_possible + (possible_months - 1)).text()));
    return 0;
  }
  return static_cast<std::uint16_t>(index);
}

unsigned read_jobcenter(std::string_view text, const Report& report) {
  const auto number = domain::ProviderNumber::parse(text);
  const auto index = number ? jobcenter_index(*number) : std::nullopt;
  if (!index) report(Traeger, "jobcenter_unknown", fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern eines Jobcenters (führende Null mitschreiben).", base::quoted(text)));
  return index.value_or(0);
}

PersonSex read_sex(std::string_view text, const Report& report) {
  if (text == "M") return PersonSex::M;
  if (text == "F") return PersonSex::F;
  if (text != "X") report(Geschlecht, "sex_invalid", fmt::format("{} ist kein Geschlecht; erwartet ist M, F oder X.", base::quoted(text)));
  return PersonSex::X;
}

// Empty means 0 for every flag but elb: the column says "1 = …".
unsigned read_flag(std::string_view text, unsigned column, const Report& report) {
  if (text == "1") return 1;
  const bool may_be_empty = column != Elb;
  if (text != "0" && !(may_be_empty && text.empty())) report(column, "flag_invalid", fmt::format("{} ist hier nicht möglich; erwartet ist {}.", base::quoted(text), may_be_empty ? "0, 1 oder nichts" : "0 oder 1"));
  return 0;
}

unsigned read_integration(std::string_view kind, std::string_view kont, const Report& report) {
  if (kont != "" && kont != "0" && kont != "1") report(Kont, "flag_invalid", fmt::format("{} ist hier nicht möglich; erwartet ist 0, 1 oder nichts (noch nicht bekannt).", base::quoted(kont)));
  if (kind.empty()) return none;
  if (kind == "B") return self_employed;
  if (kind == "A") return training;
  if (kind == "S") return kont.empty() ? insured_open : kont == "1" ? insured_continuous : insured_not_continuous;
  report(Integrationsart, "integration_invalid", fmt::format("{} ist keine Art der Integration; erwartet ist S, A, B oder nichts.", base::quoted(kind)));
  return none;
}

// Empty: no amount is stated. At most two decimals, nothing negative.
std::int64_t read_cents(std::string_view text, unsigned column, const Report& report) {
  if (text.empty()) return 0;
  const auto number = base::parse_decimal(text);
  const auto plain = number ? number->normalised() : base::Decimal{};
  if (!number || plain.places > 2) {
    report(column, "amount_invalid", fmt::format("{} ist kein Betrag; erwartet ist Euro mit zwei Nachkommastellen, ohne Tausenderzeichen.", base::quoted(text)));
    return 0;
  }
  const bool in_range = plain.digits >= 0 && plain.digits <= absurd_cents;  // so the product below fits
  const auto cents = in_range ? plain.digits * base::power_of_ten(2 - plain.places) : absurd_cents;
  if (cents >= absurd_cents) report(column, "amount_absurd", fmt::format("{} Euro in einem Monat sind nicht möglich; erwartet ist ein Betrag von 0 bis unter 100.000 Euro.", base::quoted(text)));
  return cents;
}

unsigned read_groups(std::string_view text, const GroupRules& groups, const Report& report) {
  unsigned bits = 0;
  for (const auto& code : base::split(text, '+')) {
    if (text.empty()) break;
    const auto found = std::find_if(groups.rules.begin(), groups.rules.end(), [&](const GroupRule& rule) { return rule.code == code; });
    if (found != groups.rules.end()) {
      bits |= 1U << (found - groups.rules.begin());
      continue;
    }
    const bool derived = code == "AE" || code == "LZB" || code == "LZB4";
    report(Gruppen, "group_unknown", derived ? fmt::format("Die Gruppe {} steht nicht in dieser Spalte: AE hat eine eigene, LZB und LZB4 leitet das Programm ab.", code)
                                             : fmt::format("Die Gruppe {} ist nicht bekannt; eigene Gruppen nennt --groups=DATEI.", base::quoted(code)));
  }
  return bits;
}

int read_age(std::string_view birth, int month, const Report& report) {
  if (birth.empty()) return -1;
  const auto born = Month::parse(birth);
  if (!born || *born > first_possible + month) {
    report(Geburtsmonat, "birth_month_invalid", fmt::format("{} ist kein Geburtsmonat; erwartet ist JJJJ-MM, nicht nach dem Berichtsmonat, oder nichts.", base::quoted(birth)));
    return -1;
  }
  return first_possible + month - *born;
}

}  // namespace

bool read_fields(const std::array<std::string_view, column_count>& raw, const GroupRules& groups, FullRow& out, std::vector<FieldProblem>& problems) {
  const auto before = problems.size();
  const Report report = [&](unsigned column, const char* code, std::string message) { problems.push_back({column, code, std::move(message)}); };
  std::array<std::string_view, column_count> fields;
  std::transform(raw.begin(), raw.end(), fields.begin(), unquoted);
  const auto key = read_key(fields[Person], report);
  const auto month = read_month(fields[Berichtsmonat], report);
  const auto class_id = class_of(read_jobcenter(fields[Traeger], report), read_sex(fields[Geschlecht], report));
  const int age = read_age(fields[Geburtsmonat], month, report);
  unsigned stock = read_flag(fields[Elb], Elb, report);
  stock |= read_flag(fields[Ae], Ae, report) << single_parent;
  stock |= read_flag(fields[Akt], Akt, report) << activated;
  stock |= (read_groups(fields[Gruppen], groups, report) | groups.by_age(age)) << first_group;
  unsigned events = read_integration(fields[Integrationsart], fields[Kont], report) << integration_low;
  events |= read_flag(fields[Gering], Gering, report) << marginal;
  events |= read_flag(fields[Oeff], Oeff, report) << subsidised;
  const auto llu = read_cents(fields[Llu], Llu, report);
  const auto luh = read_cents(fields[Luh], Luh, report);
  if (problems.size() != before) return false;
  out.row = {key.value, month, class_id, static_cast<Cell>(((stock & 1U) != 0 ? stock : 0U) | events), key.check};
  out.money = {llu, luh, llu != 0 ? 1U : 0U, luh != 0 ? 1U : 0U};
  return true;
}

base::Checked<Layout> read_header(std::string_view line, const std::string& file) {
  Layout layout;
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  if (line.ends_with('\r')) {
    layout.carriage_return = true;
    line.remove_suffix(1);
  }
  if (base::trim(line).empty()) return base::problems({"file_empty", "Die Datei enthält keine Kopfzeile.", file});
  layout.separator = line.find(';') == std::string_view::npos && line.find(',') != std::string_view::npos ? ',' : ';';
  base::Problems problems;
  std::array<bool, column_count> named{};
  unsigned position = 0;
  for (const auto& raw : base::split(line, layout.separator)) {
    const auto name = unquoted(base::trim(raw));
    const auto found = std::find(column_names.begin(), column_names.end(), name);
    const auto where = fmt::format("{}, Zeile 1, Spalte {}", file, position + 1);
    if (found == column_names.end()) {
      problems.push_back({"column_unknown", fmt::format("Die Kopfzeile nennt die Spalte {}; erwartet sind {}.", base::quoted(name), fmt::join(column_names, ", ")), where});
    } else if (std::exchange(named[static_cast<std::size_t>(found - column_names.begin())], true)) {
      problems.push_back({"column_twice", fmt::format("Die Kopfzeile nennt die Spalte {} zweimal.", name), where});
    } else {
      layout.at[static_cast<std::size_t>(found - column_names.begin())] = position;
    }
    if (++position > 4 * column_count) break;
  }
  for (unsigned column = 0; column < column_count; ++column) {
    if (!named[column]) problems.push_back({"column_missing", fmt::format("In der Kopfzeile fehlt die Spalte {}.", column_names[column]), file + ", Zeile 1"});
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return layout;
}

bool split_row(std::string_view line, const Layout& layout, std::array<std::string_view, column_count>& fields, std::size_t& found) {
  std::array<std::string_view, column_count> in_order;
  found = 0;
  for (std::size_t begin = 0;; ++found) {
    const auto end = std::min(line.find(layout.separator, begin), line.size());
    if (found < column_count) in_order[found] = line.substr(begin, end - begin);
    if (end == line.size()) break;
    begin = end + 1;
  }
  ++found;
  for (unsigned column = 0; column < column_count; ++column) fields[column] = in_order[layout.at[column]];
  return found == column_count;
}

}  // namespace zielwerk::casework
