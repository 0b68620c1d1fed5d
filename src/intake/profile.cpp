#include "intake/profile.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <set>
#include <sstream>

#include "base/text.h"
#include "documents/input_file.h"
#include "intake/workbook.h"

namespace zielwerk::intake {
namespace {

using Piece = TextPattern::Piece;

constexpr std::uint64_t largest_profile = 1 << 20;
constexpr std::size_t most_columns = 1'000;
constexpr std::size_t most_rows = 10'000;

struct Report {
  std::string file;
  base::Problems problems;

  void add(std::string code, const toml::source_region& at, std::string message) {
    if (problems.size() >= most_problems) return;
    problems.push_back({std::move(code), std::move(message), fmt::format("{}, Zeile {}, Spalte {}", file, at.begin.line, at.begin.column)});
  }
  void invalid(const toml::source_region& at, std::string message) { add("profile_invalid", at, std::move(message)); }
};

// One table of the profile. Every key that is asked for counts as known; done() reports the others.
class Section {
 public:
  Section(const toml::table& table, std::string title, Report& report) : table_(table), title_(std::move(title)), report_(report) {}
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  bool has(const char* key) {
    known_.insert(key);
    return table_.contains(key);
  }
  const toml::source_region& at(const char* key) const { return table_.contains(key) ? table_.get(key)->source() : table_.source(); }
  void wrong(const char* key, std::string message) { report_.invalid(at(key), title_ + ": " + message); }
  void wrong(const char* key, const char* code, std::string message) { report_.add(code, at(key), title_ + ": " + message); }

  std::string text(const char* key) {
    if (!has(key)) return {};
    const auto value = table_.get(key)->value_exact<std::string>();
    if (!value || base::trim(*value).empty()) wrong(key, fmt::format("„{}“ muss ein Text in Anführungszeichen sein.", key));
    return value.value_or("");
  }

  // A text or a list of texts.
  std::vector<std::string> texts(const char* key) {
    if (!has(key) || !table_.get(key)->is_array()) return has(key) ? std::vector{text(key)} : std::vector<std::string>{};
    std::vector<std::string> list;
    for (const auto& one : *table_.get_as<toml::array>(key)) {
      const auto value = one.value_exact<std::string>();
      if (!value || base::trim(*value).empty()) wrong(key, fmt::format("„{}“ muss eine Liste von Texten sein.", key));
      list.push_back(value.value_or(""));
    }
    if (list.empty()) wrong(key, fmt::format("„{}“ ist leer.", key));
    return list;
  }

  bool yes(const char* key) {
    if (!has(key)) return false;
    const auto value = table_.get(key)->value_exact<bool>();
    if (!value) wrong(key, fmt::format("„{}“ muss true oder false sein.", key));
    return value.value_or(false);
  }

  std::optional<unsigned> number(const char* key, unsigned smallest, unsigned largest) {
    if (!has(key)) return std::nullopt;
    const auto value = table_.get(key)->value_exact<std::int64_t>();
    if (value && *value >= smallest && *value <= largest) return static_cast<unsigned>(*value);
    wrong(key, fmt::format("„{}“ muss eine ganze Zahl von {} bis {} sein.", key, smallest, largest));
    return std::nullopt;
  }

  const toml::table* table(const char* key) {
    if (!has(key)) return nullptr;
    if (!table_.get(key)->is_table()) wrong(key, fmt::format("„{}“ muss ein Abschnitt [{}] sein.", key, key));
    return table_.get_as<toml::table>(key);
  }

  std::vector<const toml::table*> tables(const char* key, std::size_t most) {
    std::vector<const toml::table*> list;
    const auto* array = has(key) ? table_.get_as<toml::array>(key) : nullptr;
    for (std::size_t i = 0; array && i < array->size(); ++i) list.push_back(array->get(i)->as_table());
    if (list.empty() || list.front() == nullptr || std::find(list.begin(), list.end(), nullptr) != list.end()) {
      wrong(key, fmt::format("Es fehlt mindestens ein Abschnitt [[{}]].", key));
      return {};
    }
    if (list.size() <= most) return list;
    wrong(key, fmt::format("Es sind mehr als {} Abschnitte [[{}]].", most, key));
    return {};
  }

  std::optional<TextPattern> pattern(const char* key, const std::string& text) {
    auto parsed = TextPattern::parse(text);
    if (!parsed) {
      wrong(key, fmt::format("{} ist kein Muster; in geschweiften Klammern stehen nur monat, datenstand, monatsname, jahr, traeger, zahl.",
                             base::quoted(text)));
    }
    return parsed;
  }

  void done() {
    for (const auto& [key, value] : table_) {
      if (known_.contains(std::string(key.str()))) continue;
      report_.invalid(key.source(), fmt::format("{}: Den Schlüssel {} gibt es hier nicht; bekannt sind {}.", title_, base::quoted(key.str()),
                                                base::join({known_.begin(), known_.end()}, ", ")));
    }
  }

 private:
  const toml::table& table_;
  std::string title_;
  Report& report_;
  std::set<std::string> known_;
};

std::optional<CellSource> cell_source(Section& section, Piece needed, const char* default_pattern) {
  const auto cell = section.text("zelle");
  const auto address = parse_cell_address(cell);
  if (!address) section.wrong("zelle", fmt::format("„zelle“ muss eine Zelle wie \"A4\" nennen, gefunden: {}.", base::quoted(cell)));
  const auto text = section.has("muster") ? section.text("muster") : default_pattern;
  const auto pattern = section.pattern("muster", text);
  const bool month_in_two_words = needed == Piece::Month && pattern && pattern->has(Piece::MonthName) && pattern->has(Piece::Year);
  if (pattern && !pattern->has(needed) && !month_in_two_words) {
    section.wrong("muster", fmt::format("Das Muster {} sagt nicht, wo die Angabe steht; erwartet ist ein Platzhalter wie in \"{}\".",
                                        base::quoted(text), default_pattern));
  }
  std::optional<TextPattern> sheet;
  if (section.has("blatt")) sheet = section.pattern("blatt", section.text("blatt"));
  if (!address || !pattern) return std::nullopt;
  return CellSource{sheet, *address, cell, *pattern};
}

void read_provider(Section& section, Profile& profile) {
  const int ways = int{section.has("zelle")} + int{section.has("dateiname")} + int{section.has("fest")};
  if (ways != 1) section.wrong("zelle", "Genau eine Angabe ist nötig: zelle = \"A4\", dateiname = true oder fest = \"33148\".");
  if (section.has("zelle")) profile.provider_cell = cell_source(section, Piece::Provider, "{traeger}");
  profile.provider_in_file_name = section.yes("dateiname");
  if (section.has("fest")) {
    profile.provider = domain::ProviderNumber::parse(section.text("fest"));
    if (!profile.provider) section.wrong("fest", "„fest“ muss eine Trägernummer aus fünf Ziffern in Anführungszeichen sein.");
  }
  section.done();
}

void read_waiting(Section& section, Profile& profile) {
  if (section.has("fest") == section.has("zelle")) section.wrong("zelle", "Genau eine Angabe ist nötig: zelle = \"A6\" oder fest = 3.");
  if (section.has("zelle")) profile.waiting_cell = cell_source(section, Piece::Number, "*{zahl}*");
  if (const auto waiting = section.number("fest", 0, 99)) profile.waiting = static_cast<int>(*waiting);
  section.done();
}

Meaning meaning(Section& section, const domain::Vocabulary& vocabulary) {
  Meaning read;
  if (section.has("messgroesse")) {
    read.measure = section.text("messgroesse");
    if (!vocabulary.measure(read.measure)) {
      section.wrong("messgroesse", "measure_unknown",
                    fmt::format("Die Messgröße {} ist nicht bekannt; erwartet ist ein Kürzel wie ELB, INT, LLU oder eine erklärte Messgröße.",
                                base::quoted(read.measure)));
    }
  }
  if (section.has("geschlecht")) {
    const auto text = section.text("geschlecht");
    read.sex = domain::parse_sex(text);
    if (!read.sex) section.wrong("geschlecht", "sex_invalid", fmt::format("{} ist kein Geschlecht; erwartet ist T, M oder F.", base::quoted(text)));
  }
  if (section.has("gruppe")) {
    read.group = section.text("gruppe");
    if (!vocabulary.group(*read.group)) {
      section.wrong("gruppe", "group_unknown",
                    fmt::format("Die Gruppe {} ist nicht bekannt; erwartet ist LZB, AE, ASYL8, U25, LZB4 oder eine erklärte Gruppe.",
                                base::quoted(*read.group)));
    }
  }
  return read;
}

ColumnLayout read_column(Section& section, unsigned levels, const domain::Vocabulary& vocabulary) {
  ColumnLayout column;
  for (const auto& text : section.texts("kopf")) {
    if (auto pattern = section.pattern("kopf", label_text(text))) column.header.push_back(std::move(*pattern));
  }
  if (!section.has("kopf")) section.wrong("kopf", "Es fehlt kopf = [\"…\"], die Überschriften der Spalte von oben nach unten.");
  if (column.header.size() > levels)
    section.wrong("kopf", fmt::format("„kopf“ nennt {} Überschriften, aber es gibt nur {} Kopfzeilen.", column.header.size(), levels));
  column.occurrence = section.number("vorkommen", 1, 16'384).value_or(0);
  column.may_be_missing = section.yes("fehlt_erlaubt");
  column.meaning = meaning(section, vocabulary);
  if (column.repeats() && column.occurrence > 0)
    section.wrong("vorkommen", "Eine Spalte mit Monat im Kopf steht für alle Monate; „vorkommen“ passt dazu nicht.");
  if (column.has(Piece::MonthName) != column.has(Piece::Year)) section.wrong("kopf", "{monatsname} und {jahr} gehören zusammen.");
  section.done();
  return column;
}

RowLayout read_row(Section& section, const domain::Vocabulary& vocabulary) {
  RowLayout row;
  row.label = label_text(section.text("text"));
  if (!section.has("text")) section.wrong("text", "Es fehlt text = \"…\", die Beschriftung der Zeile.");
  for (const auto& text : section.texts("unter")) row.under.push_back(label_text(text));
  row.occurrence = section.number("vorkommen", 1, 100'000).value_or(0);
  row.may_be_missing = section.yes("fehlt_erlaubt");
  row.meaning = meaning(section, vocabulary);
  section.done();
  return row;
}

// Row and column complete each other; what both say could contradict, so it is said once.
void check_meaning(Section& section, const SheetLayout& sheet, const RowLayout& row) {
  for (const auto& column : sheet.columns) {
    const char* twice = !row.meaning.measure.empty() && !column.meaning.measure.empty() ? "messgroesse"
                        : row.meaning.sex && column.meaning.sex                         ? "geschlecht"
                        : row.meaning.group && column.meaning.group                     ? "gruppe"
                                                                                        : nullptr;
    if (twice)
      return section.wrong(twice,
                           fmt::format("„{}“ sagen die Zeile und die Spalte {} beide; nur eine darf es sagen.", twice, base::quoted(column.shown())));
    if (row.meaning.measure.empty() && column.meaning.measure.empty() && sheet.meaning.measure.empty()) {
      return section.wrong("text",
                           fmt::format("Zur Spalte {} fehlt „messgroesse“: in der Zeile, der Spalte oder im Blatt.", base::quoted(column.shown())));
    }
  }
}

void read_positions(Section& section, const toml::table& table, SheetLayout& sheet) {
  const auto* rows = section.has("kopfzeilen") ? table.get_as<toml::array>("kopfzeilen") : nullptr;
  const auto first = rows && rows->size() == 2 ? rows->get(0)->value_exact<std::int64_t>() : std::nullopt;
  const auto last = rows && rows->size() == 2 ? rows->get(1)->value_exact<std::int64_t>() : std::nullopt;
  if (!first || !last || *first < 1 || *last < *first || *last - *first > 2 || *last > 1'000) {
    section.wrong("kopfzeilen", "„kopfzeilen“ muss die erste und letzte Kopfzeile nennen, höchstens drei Zeilen: kopfzeilen = [9, 11].");
  } else {
    sheet.first_header_row = static_cast<unsigned>(*first);
    sheet.last_header_row = static_cast<unsigned>(*last);
  }
  sheet.first_row = section.number("erste_zeile", 1, 1'048'576).value_or(sheet.last_header_row + 1);
  sheet.last_row = section.number("letzte_zeile", 1, 1'048'576).value_or(1'048'576);
  if (sheet.first_row <= sheet.last_header_row || sheet.last_row < sheet.first_row) {
    section.wrong("erste_zeile", "Die Zeilen mit Werten müssen unter den Kopfzeilen liegen, „letzte_zeile“ nicht vor „erste_zeile“.");
  }
  const auto columns = section.has("beschriftung") ? section.texts("beschriftung") : std::vector<std::string>{"A"};
  for (const auto& text : columns) {
    const auto column = parse_column_letters(text);
    if (!column || (!sheet.label_columns.empty() && *column <= sheet.label_columns.back())) {
      section.wrong("beschriftung", "„beschriftung“ muss Spalten wie \"A\" oder [\"A\", \"B\"] nennen, von links nach rechts.");
    }
    sheet.label_columns.push_back(column.value_or(0));
  }
}

void read_sheet(const toml::table& table, Report& report, const domain::Vocabulary& vocabulary, Profile& profile) {
  Section section(table, "[[blatt]]", report);
  if (section.has("name") == section.has("muster"))
    section.wrong("name", "Genau eine Angabe ist nötig: name = \"Kennzahlen\" oder muster = \"Kennzahlen *\".");
  // A name is taken as it stands: only "muster" knows placeholders.
  auto name = section.has("muster") ? section.pattern("muster", section.text("muster")) : TextPattern::literal(section.text("name"));
  SheetLayout sheet{name.value_or(TextPattern()), section.yes("fehlt_erlaubt"), 0, 0, 0, 0, {}, {}, {}, {}};
  read_positions(section, table, sheet);
  sheet.meaning = meaning(section, vocabulary);
  for (const auto* column : section.tables("spalte", most_columns)) {
    Section column_section(*column, "[[blatt.spalte]]", report);
    sheet.columns.push_back(read_column(column_section, sheet.last_header_row - sheet.first_header_row + 1, vocabulary));
    const auto& read = sheet.columns.back();
    if (!profile.month && !read.has_month())
      column_section.wrong("kopf", "Es fehlt der Berichtsmonat: entweder ein Abschnitt [berichtsmonat] oder {monat} in „kopf“.");
    if (!profile.state && !read.has(Piece::State))
      column_section.wrong("kopf", "Es fehlt der Datenstand: entweder ein Abschnitt [datenstand] oder {datenstand} in „kopf“.");
  }
  for (const auto* row : section.tables("zeile", most_rows)) {
    Section row_section(*row, "[[blatt.zeile]]", report);
    sheet.rows.push_back(read_row(row_section, vocabulary));
    check_meaning(row_section, sheet, sheet.rows.back());
  }
  section.done();
  profile.sheets.push_back(std::move(sheet));
}

std::shared_ptr<const Profile> read(const toml::table& table, Report& report, const domain::Vocabulary& vocabulary) {
  auto profile = std::make_shared<Profile>();
  Section top(table, "Profil", report);
  profile->name = top.text("name");
  profile->description = top.text("beschreibung");
  if (profile->name.empty()) top.wrong("name", "Es fehlt name = \"…\".");
  if (const auto* provider = top.table("traeger")) {
    Section section(*provider, "[traeger]", report);
    read_provider(section, *profile);
  } else {
    top.wrong("traeger", "Es fehlt der Abschnitt [traeger].");
  }
  const auto statement = [&](const char* key, const char* title, Piece piece, const char* pattern) -> std::optional<CellSource> {
    const auto* found = top.table(key);
    if (!found) return std::nullopt;
    Section section(*found, title, report);
    auto source = cell_source(section, piece, pattern);
    section.done();
    return source;
  };
  profile->month = statement("berichtsmonat", "[berichtsmonat]", Piece::Month, "{monat}");
  profile->state = statement("datenstand", "[datenstand]", Piece::State, "{datenstand}");
  if (const auto* waiting = top.table("wartezeit")) {
    Section section(*waiting, "[wartezeit]", report);
    read_waiting(section, *profile);
  }
  for (const auto* sheet : top.tables("blatt", 100)) read_sheet(*sheet, report, vocabulary, *profile);
  top.done();
  return profile;
}

}  // namespace

bool ColumnLayout::has(Piece piece) const {
  return std::any_of(header.begin(), header.end(), [&](const TextPattern& level) { return level.has(piece); });
}

std::string ColumnLayout::shown() const {
  std::vector<std::string> levels;
  for (const auto& level : header) levels.push_back(level.text());
  return base::join(levels, " / ");
}

std::string RowLayout::shown() const {
  return under.empty() ? base::quoted(label) : fmt::format("{} (unter {})", base::quoted(label), base::quoted(base::join(under, " / ")));
}

base::Checked<std::shared_ptr<const Profile>> read_profile(const std::filesystem::path& file, const domain::Vocabulary& vocabulary) {
  Report report{file.filename().string(), {}};
  const auto bytes = documents::read_small_file(file, largest_profile);
  if (!bytes) return base::problems(bytes.error());
  if (!base::is_utf8(*bytes)) return base::problems({"profile_invalid", "Das Profil ist nicht in UTF-8 geschrieben.", report.file});
  try {
    const toml::table table = toml::parse(*bytes);
    auto profile = read(table, report, vocabulary);
    if (!report.problems.empty()) return tl::unexpected(std::move(report.problems));
    return profile;
  } catch (const toml::parse_error& error) {
    report.invalid(error.source(),
                   "Hier ist das Profil kein gültiges TOML; erwartet ist schluessel = \"Text\", eine Zahl, true, false oder ein [Abschnitt].");
    return tl::unexpected(std::move(report.problems));
  }
}

}  // namespace zielwerk::intake
