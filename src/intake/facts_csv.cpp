#include "intake/facts_csv.h"

#include <algorithm>
#include <array>
#include <future>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::intake {
namespace {

using base::Month;
using base::Problems;
using domain::FactValue;
using domain::ProviderNumber;

constexpr std::array<std::string_view, 7> column_names = {"traeger", "berichtsmonat", "ladestand", "messgroesse", "geschlecht", "gruppe", "wert"};
enum Field { Traeger, Berichtsmonat, Ladestand, Messgroesse, Geschlecht, Gruppe, Wert };

constexpr std::size_t chunk_bytes = std::size_t{8} << 20;
constexpr std::size_t longest_line = std::size_t{64} << 10;

// A field may stand in quotation marks; no value of this format contains one.
std::string_view unquoted(std::string_view field) {
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') field = field.substr(1, field.size() - 2);
  while (!field.empty() && field.front() == ' ') field.remove_prefix(1);
  while (!field.empty() && field.back() == ' ') field.remove_suffix(1);
  return field;
}

class Reader {
 public:
  Reader(std::string name, const Known& known) : name_(std::move(name)), known_(known) {}

  void take(std::string_view line) {
    ++line_;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line_ == 1) {
      header(line);
    } else if (!line.empty() && header_valid_) {
      row(line);
    }
  }

  void too_long() {
    ++line_;
    report("line_too_long", {}, fmt::format("Die Zeile ist länger als {} Byte.", longest_line));
  }

  // A file that was cut off ends so, too.
  void no_line_end() {
    file_.remarks.push_back({"no_line_end", "Die letzte Zeile endet ohne Zeilenende; ist die Datei vollständig?", fmt::format("{}, Zeile {}", name_, line_)});
  }

  bool header_valid() const { return header_valid_; }
  Problems& problems() { return problems_; }
  FactFile& file() { return file_; }
  std::uint64_t lines() const { return line_; }

  void finish() {
    if (unlisted_ > 0) problems_.push_back({"more_problems", fmt::format("… und {} weitere Fehler.", unlisted_), name_});
  }

 private:
  struct SeriesEntry {
    std::uint32_t index = 0;
    domain::SeriesKey key;
  };

  void report(std::string code, std::optional<Field> field, std::string message) {
    if (problems_.size() >= most_problems) {
      ++unlisted_;
      return;
    }
    const std::string column = field ? fmt::format(", Spalte {} ({})", position(*field) + 1, column_names[*field]) : "";
    problems_.push_back({std::move(code), std::move(message), fmt::format("{}, Zeile {}{}", name_, line_, column)});
  }

  std::size_t position(Field field) const {
    return static_cast<std::size_t>(std::find(field_at_.begin(), field_at_.end(), field) - field_at_.begin());
  }

  void header(std::string_view line) {
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    separator_ = line.find(';') != std::string_view::npos ? ';' : ',';
    std::array<bool, column_names.size()> seen{};
    bool valid = true;
    for (const auto& raw : base::split(line, separator_)) {
      const auto field = unquoted(raw);
      const auto found = std::find(column_names.begin(), column_names.end(), field);
      const auto index = static_cast<std::size_t>(found - column_names.begin());
      if (found == column_names.end() || seen[index]) {
        report(found == column_names.end() ? "column_unknown" : "column_twice", {},
               fmt::format("Die Kopfzeile nennt die Spalte {}{}; erwartet sind {}.", base::quoted(field), found == column_names.end() ? "" : " zweimal",
                           base::join({column_names.begin(), column_names.end()}, ", ")));
        valid = false;
        if (problems_.size() >= 20) break;
        continue;
      }
      seen[index] = true;
      field_at_.push_back(static_cast<Field>(index));
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (seen[i]) continue;
      report("column_missing", {}, fmt::format("In der Kopfzeile fehlt die Spalte {}.", column_names[i]));
      valid = false;
    }
    header_valid_ = valid;
  }

  void row(std::string_view line) {
    std::array<std::string_view, column_names.size()> fields;
    std::size_t count = 0;
    for (std::size_t begin = 0;; ++count) {
      auto end = line.find(separator_, begin);
      if (end == std::string_view::npos) end = line.size();
      if (count < field_at_.size()) fields[field_at_[count]] = unquoted(line.substr(begin, end - begin));
      if (end == line.size()) break;
      begin = end + 1;
    }
    if (++count != field_at_.size()) {
      report("field_count", {}, fmt::format("Die Zeile hat {} Felder, erwartet sind {}.", count, field_at_.size()));
      return;
    }
    const auto jobcenter = provider(fields[Traeger]);
    const auto month = month_of(fields[Berichtsmonat], Berichtsmonat, "month_invalid");
    const auto state = month_of(fields[Ladestand], Ladestand, "state_invalid");
    const auto* series = series_of(fields);
    const auto value = value_of(fields[Wert]);
    if (month && state && *state < *month) {
      report("state_before_month", Ladestand, fmt::format("Der Ladestand {} liegt vor dem Berichtsmonat {}.", state->text(), month->text()));
      return;
    }
    if (!jobcenter || !month || !state || !series || !value) return;
    file_.table.rows.emplace_back(column(*jobcenter, *series), *month, domain::DataState{*state}, *value, domain::Place::line(line_));
  }

  std::optional<ProviderNumber> provider(std::string_view text) {
    if (last_provider_ && text == last_provider_text_) return last_provider_;
    const auto number = ProviderNumber::parse(text);
    if (!number || !known_.directory.find(*number)) {
      report("jobcenter_unknown", Traeger,
             fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern eines Jobcenters (führende Null mitschreiben).", base::quoted(text)));
      return std::nullopt;
    }
    last_provider_text_ = text;
    last_provider_ = number;
    return number;
  }

  std::optional<Month> month_of(std::string_view text, Field field, const char* code) {
    auto& last = field == Berichtsmonat ? last_month_ : last_state_;
    if (!text.empty() && text == last.first) return last.second;
    const auto month = Month::parse(text);
    if (!month) {
      report(code, field, fmt::format("{} ist kein Monat; erwartet ist JJJJ-MM mit Monat 01 bis 12.", base::quoted(text)));
      return std::nullopt;
    }
    last = {std::string(text), *month};
    return month;
  }

  const SeriesEntry* series_of(const std::array<std::string_view, column_names.size()>& fields) {
    key_.assign(fields[Messgroesse]);
    key_ += ';';
    key_ += fields[Geschlecht];
    key_ += ';';
    key_ += fields[Gruppe];
    const auto found = series_.find(key_);
    if (found != series_.end()) return &found->second;
    const auto* measure = known_.vocabulary.measure(fields[Messgroesse]);
    const auto sex = domain::parse_sex(fields[Geschlecht]);
    const bool group_known = fields[Gruppe].empty() || known_.vocabulary.group(fields[Gruppe]);
    if (!measure) {
      report("measure_unknown", Messgroesse,
             fmt::format("Die Messgröße {} ist nicht bekannt; erwartet ist ein Kürzel wie ELB, INT, LLU oder eine erklärte Messgröße.",
                         base::quoted(base::to_utf8(fields[Messgroesse]))));
    }
    if (!sex) report("sex_invalid", Geschlecht, fmt::format("{} ist kein Geschlecht; erwartet ist T, M oder F.", base::quoted(fields[Geschlecht])));
    if (!group_known) {
      report("group_unknown", Gruppe,
             fmt::format("Die Gruppe {} ist nicht bekannt; erwartet ist leer, LZB, AE, ASYL8, U25, LZB4 oder eine erklärte Gruppe.",
                         base::quoted(base::to_utf8(fields[Gruppe]))));
    }
    if (!measure || !sex || !group_known) return nullptr;
    const SeriesEntry entry{static_cast<std::uint32_t>(series_.size()), {measure->code, *sex, std::string(fields[Gruppe])}};
    return &series_.emplace(key_, entry).first->second;
  }

  std::optional<FactValue> value_of(std::string_view text) {
    if (const auto number = base::parse_decimal(text)) {
      // "21.263" may have been meant as 21263, but this format has no thousands separator.
      if (number->places == 3 && text[text.size() - 4] == '.' && text.size() <= 8 && point_remarks_++ == 0) {
        file_.remarks.push_back({"point_is_decimal", fmt::format("{} ist als Dezimalzahl gelesen: dieses Format kennt keinen Tausenderpunkt. Solche Werte werden nur einmal gemeldet.", base::quoted(text)),
                                 fmt::format("{}, Zeile {}", name_, line_)});
      }
      return FactValue{number->normalised()};
    }
    const auto mark = domain::parse_mark(text.size() == 1 && static_cast<unsigned char>(text[0]) >= 0x80 ? std::string_view(base::to_utf8(text)) : text);
    if (mark) return FactValue{{}, *mark};
    report("value_invalid", Wert,
           fmt::format("{} ist kein Wert; erwartet ist eine Zahl ohne Tausenderpunkt (höchstens 18 Stellen) oder ein Zeichen * - x .",
                       base::quoted(base::to_utf8(text))));
    return std::nullopt;
  }

  std::uint32_t column(ProviderNumber jobcenter, const SeriesEntry& series) {
    const std::uint64_t key = std::uint64_t{jobcenter.value()} << 32 | series.index;
    if (key == last_column_key_) return last_column_;
    const auto [at, is_new] = columns_.try_emplace(key, static_cast<std::uint32_t>(file_.table.columns.size()));
    if (is_new) file_.table.columns.push_back({jobcenter, series.key});
    last_column_key_ = key;
    last_column_ = at->second;
    return at->second;
  }

  std::string name_;
  const Known& known_;
  FactFile file_;
  Problems problems_;
  std::uint64_t unlisted_ = 0;
  std::uint64_t point_remarks_ = 0;
  std::uint64_t line_ = 0;
  char separator_ = ';';
  bool header_valid_ = false;
  std::vector<Field> field_at_;
  std::string key_;
  std::unordered_map<std::string, SeriesEntry> series_;
  std::unordered_map<std::uint64_t, std::uint32_t> columns_;
  std::string last_provider_text_;
  std::optional<ProviderNumber> last_provider_;
  std::pair<std::string, Month> last_month_;
  std::pair<std::string, Month> last_state_;
  std::uint64_t last_column_key_ = ~std::uint64_t{0};
  std::uint32_t last_column_ = 0;
};

// Reads the next piece while the last one is parsed.
class Pieces {
 public:
  explicit Pieces(documents::InputFile& file) : file_(file) { fetch(); }
  std::string next() {
    std::string piece = pending_.get();
    if (!piece.empty()) fetch();
    return piece;
  }

 private:
  void fetch() {
    pending_ = std::async(std::launch::async, [this] {
      std::string piece(chunk_bytes, '\0');
      piece.resize(file_.read(piece));
      return piece;
    });
  }
  documents::InputFile& file_;
  std::future<std::string> pending_;
};

void read_lines(documents::InputFile& file, Reader& reader, const Progress& progress) {
  Pieces pieces(file);
  std::string rest;  // of a line that the piece cut
  bool skipping = false;
  std::uint64_t done = 0;
  for (std::string piece = pieces.next(); !piece.empty(); piece = pieces.next()) {
    std::string_view text = piece;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      const auto line = text.substr(0, end);
      if (skipping || rest.size() + line.size() > longest_line) {
        reader.too_long();
      } else if (!rest.empty()) {
        reader.take(rest.append(line));
      } else {
        reader.take(line);
      }
      rest.clear();
      skipping = false;
      text.remove_prefix(end + 1);
      if (reader.lines() == 1 && !reader.header_valid()) return;  // without columns no line means anything
    }
    if (!skipping) rest += text;
    if (rest.size() > longest_line) {
      skipping = true;
      rest.clear();
    }
    done += piece.size();
    if (progress) progress(done, file.size());
  }
  if (skipping) reader.too_long();
  if (rest.empty()) return;
  reader.take(rest);
  reader.no_line_end();
}

}  // namespace

base::Checked<FactFile> read_facts_csv(const std::filesystem::path& path, const Known& known, const Progress& progress) {
  documents::InputFile file(path);
  const std::string name = path.filename().string();
  Reader reader(name, known);
  reader.file().delivery.source = name;
  reader.file().table.rows.reserve(file.size() / 40);
  read_lines(file, reader, progress);
  if (file.changed() && reader.header_valid()) {
    return base::problems({"file_changed", "Die Datei wurde während des Lesens verändert oder gelöscht; bitte noch einmal einlesen.", name});
  }
  if (reader.lines() == 0) return base::problems({"file_empty", "Die Datei ist leer; erwartet ist eine Kopfzeile mit den Spaltennamen.", name});
  reader.file().delivery.sha256 = file.sha256();
  if (reader.header_valid()) order_rows(reader.file(), reader.problems());
  if (reader.problems().empty() && reader.file().table.rows.empty()) {
    reader.problems().push_back({"file_without_facts", "Die Datei enthält keine Werte, nur eine Kopfzeile.", name});
  }
  reader.finish();
  if (!reader.problems().empty()) return tl::unexpected(std::move(reader.problems()));
  remark_sums(reader.file());
  return std::move(reader.file());
}

}  // namespace zielwerk::intake
