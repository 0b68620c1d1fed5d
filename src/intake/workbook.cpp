#include "intake/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "intake/cell_value.h"
#include "documents/input_file.h"
#include "intake/labels.h"
#include "intake/profile.h"
#include "intake/xlsx.h"

namespace zielwerk::intake {
namespace {

using base::Month;
using domain::ProviderNumber;
using Piece = TextPattern::Piece;

constexpr std::uint64_t largest_file = 200'000'000;

// "t33148" in "t33148_kennzahlen_201503.xlsx"; nullopt if it is not there, or twice.
std::optional<std::string> provider_in(const std::string& file_name) {
  std::optional<std::string> found;
  const auto digit = [&](std::size_t at) { return at < file_name.size() && file_name[at] >= '0' && file_name[at] <= '9'; };
  const auto letter = [&](std::size_t at) { return (file_name[at] | 0x20) >= 'a' && (file_name[at] | 0x20) <= 'z'; };
  for (std::size_t at = 0; at < file_name.size(); ++at) {
    if ((file_name[at] != 't' && file_name[at] != 'T') || (at > 0 && (letter(at - 1) || digit(at - 1)))) continue;
    std::size_t digits = 0;
    while (digit(at + 1 + digits)) ++digits;
    if (digits != 5) continue;
    if (found) return std::nullopt;
    found = file_name.substr(at + 1, 5);
  }
  return found;
}

// What the whole sheet states. Absent: could not be read, and that was reported.
struct Statements {
  std::optional<ProviderNumber> provider;
  std::optional<Month> month;
  std::optional<Month> state;
  std::optional<int> waiting;  // in months, if stated at all
};

class Workbook {
 public:
  Workbook(std::string name, XlsxFile xlsx, const Profile& profile, const Known& known) : xlsx_(std::move(xlsx)), profile_(profile), known_(known) {
    file.delivery.source = std::move(name);
    file.delivery.sheets = xlsx_.sheets();
  }

  void read() {
    for (const auto& layout : profile_.sheets) {
      bool found = false;
      for (std::size_t i = 0; i < xlsx_.sheets().size(); ++i) {
        if (!layout.name.match(collapse_blanks(xlsx_.sheets()[i]))) continue;
        found = true;
        read_sheet(i, layout);
      }
      if (!found && !layout.may_be_missing) missing_sheet(layout.name);
    }
    for (auto& remark : unread_.remarks()) file.remarks.push_back(std::move(remark));
    if (problems.empty()) order_rows(file, problems);
    if (problems.empty() && file.table.rows.empty()) {
      problems.push_back({"file_without_facts", "Die Arbeitsmappe enthält zu diesem Profil keinen einzigen Wert.", file.delivery.source});
    }
    if (problems.empty()) remark_sums(file);
    if (problems.size() >= most_problems)
      problems.push_back({"more_problems", "… und vielleicht weitere Fehler; mehr werden nicht gezeigt.", file.delivery.source});
  }

  FactFile file;
  base::Problems problems;

 private:
  void missing_sheet(const TextPattern& name) {
    auto names = xlsx_.sheets();
    if (names.size() > 5) names.resize(5), names.push_back("…");
    problems.push_back(
        {"sheet_missing",
         fmt::format("Das Blatt {} fehlt; gefunden sind die Blätter {}.", base::quoted(name.text()), base::quoted(base::join(names, ", "))),
         file.delivery.source});
  }

  std::string place(std::size_t sheet) const { return fmt::format("{}, Blatt {}", file.delivery.source, xlsx_.sheets()[sheet]); }

  SheetReport report(std::size_t sheet) { return {sheet, place(sheet), problems, file.remarks, unread_}; }

  // Every sheet is read once; its damage is reported once.
  const Sheet* sheet_at(std::size_t index) {
    const auto [at, is_new] = sheets_.try_emplace(index);
    if (is_new) {
      auto read = xlsx_.read(index);
      if (read) {
        at->second = std::move(*read);
      } else {
        problems.push_back({read.error().code, read.error().message, place(index)});
      }
    }
    return at->second ? &*at->second : nullptr;
  }

  struct Stated {
    Captured captured;
    std::size_t sheet = 0;
  };

  // The cell of a statement and what its pattern finds there; the code is that of the problem if it finds nothing.
  std::optional<Stated> stated(const CellSource& source, std::size_t sheet, const char* code, const char* what, Piece piece) {
    if (source.sheet) {
      const auto& names = xlsx_.sheets();
      const auto found =
          std::find_if(names.begin(), names.end(), [&](const auto& name) { return source.sheet->match(collapse_blanks(name)).has_value(); });
      if (found == names.end()) return missing_sheet(*source.sheet), std::nullopt;
      sheet = static_cast<std::size_t>(found - names.begin());
    }
    const auto* read = sheet_at(sheet);
    if (!read) return std::nullopt;
    const auto cell = read->at(source.address.row, source.address.column);
    const auto text = collapse_blanks(shown_text(cell));
    if (text.empty()) {
      report(sheet).problem("cell_missing", fmt::format("Die Zelle ist leer; erwartet ist {}.", what), "Zelle " + source.cell);
      return std::nullopt;
    }
    Stated result{{}, sheet};
    if (cell.kind == CellKind::Number || cell.kind == CellKind::Date) {
      const auto month = month_of_cell(cell, xlsx_.days_count_from_1904());
      if (piece == Piece::Month && month) return result.captured.month = month, result;
      if (piece == Piece::State && month) return result.captured.state = month, result;
      // A number cell loses the leading zero of 04704.
      if (piece == Piece::Provider && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos)
        return result.captured.provider = std::string(5 - text.size(), '0') + text, result;
    }
    if (const auto captured = source.pattern.match(text)) {
      result.captured = *captured;
      if ((piece != Piece::Month || captured->stated_month()) && (piece != Piece::State || captured->state)) return result;
    }
    report(sheet).problem(
        code, fmt::format("{} ist nicht lesbar; erwartet ist {} nach dem Muster {}.", base::quoted(text), what, base::quoted(source.pattern.text())),
        "Zelle " + source.cell);
    return std::nullopt;
  }

  std::optional<ProviderNumber> provider(std::size_t sheet) {
    std::string text;
    std::string where;
    if (profile_.provider) {
      text = profile_.provider->text();
    } else if (profile_.provider_in_file_name) {
      text = provider_in(file.delivery.source).value_or("");
    } else {
      const auto found = stated(*profile_.provider_cell, sheet, "jobcenter_unknown", "die Trägernummer (fünf Ziffern)", Piece::Provider);
      if (!found) return std::nullopt;
      sheet = found->sheet;
      where = "Zelle " + profile_.provider_cell->cell;
      text = found->captured.provider;
    }
    const auto number = ProviderNumber::parse(text);
    if (number && known_.directory.find(*number)) return number;
    report(sheet).problem("jobcenter_unknown",
                          text.empty()
                              ? "Der Dateiname nennt keine Trägernummer; erwartet ist genau einmal „t“ mit fünf Ziffern, etwa t33148_kennzahlen.xlsx."
                              : fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern eines Jobcenters.", base::quoted(text)),
                          where);
    return std::nullopt;
  }

  // Read once per sheet, though several [[blatt]] may describe it.
  const Statements& statements(std::size_t sheet) {
    const auto [at, is_new] = statements_.try_emplace(sheet);
    auto& read = at->second;
    if (!is_new) return read;
    read.provider = provider(sheet);
    if (profile_.month) {
      if (const auto found = stated(*profile_.month, sheet, "month_invalid", "der Berichtsmonat wie „März 2015“ oder ein Datum", Piece::Month))
        read.month = found->captured.stated_month();
    }
    if (profile_.state) {
      if (const auto found = stated(*profile_.state, sheet, "state_invalid", "der Datenstand wie „Juni 2015“ oder ein Datum", Piece::State))
        read.state = found->captured.state;
    }
    read.waiting = profile_.waiting;
    if (profile_.waiting_cell) {
      if (const auto found = stated(*profile_.waiting_cell, sheet, "state_invalid", "die Wartezeit in Monaten", Piece::Number))
        read.waiting = found->captured.number;
    }
    return read;
  }

  // Month and Datenstand of one column: its own, else the sheet's. False if one is missing or they contradict; what the whole sheet
  // states wrongly is reported once.
  bool complete(MatchedColumn& column, const Statements& sheet, const SheetReport& to) {
    const bool own = column.month || column.state;
    if (!column.month) column.month = sheet.month;
    if (!column.state) column.state = sheet.state;
    if (!column.month || !column.state) return false;
    const int waiting = *column.state - *column.month;
    if (waiting >= 0 && waiting == sheet.waiting.value_or(waiting)) return true;
    if (!own && !contradicting_.insert(to.sheet).second) return false;
    const auto where = own ? column.header_cell : "Zelle " + profile_.state->cell;
    if (waiting < 0) {
      to.problem("state_before_month",
                 fmt::format("Der Datenstand {} liegt vor dem Berichtsmonat {}.", column.state->german_text(), column.month->german_text()), where);
    } else {
      to.problem("state_invalid",
                 fmt::format("Berichtsmonat {} und Datenstand {} ergeben {} Monate Wartezeit, angegeben sind {}.", column.month->german_text(),
                             column.state->german_text(), waiting, *sheet.waiting),
                 where);
    }
    return false;
  }

  void read_sheet(std::size_t index, const SheetLayout& layout) {
    const auto* sheet = sheet_at(index);
    if (!sheet) return;
    const auto to = report(index);
    const auto& stated_here = statements(index);
    auto columns = match_columns(*sheet, layout, xlsx_.days_count_from_1904(), to);
    const auto rows = match_rows(*sheet, layout, columns, to);
    for (auto& column : columns) {
      const bool complete_column = complete(column, stated_here, to);
      for (const auto& row : rows) read_value(index, *sheet, layout, row, column, complete_column ? stated_here.provider : std::nullopt, to);
    }
  }

  // Without a provider or month the value is still checked: all errors of the file at once.
  void read_value(std::size_t index, const Sheet& sheet, const SheetLayout& layout, const MatchedRow& row, const MatchedColumn& column,
                  std::optional<ProviderNumber> provider, const SheetReport& to) {
    const auto where = "Zelle " + domain::cell_name(row.row, column.column);
    const auto series = series_of(layout.meaning, row.layout->meaning, column.layout->meaning);
    const auto value = cell_value(sheet.at(row.row, column.column));
    if (!value) return to.problem(value.error().code, value.error().message, where);
    if (!*value) return to.remark("value_missing", fmt::format("Die Zelle ist leer: {} fehlt (das ist nicht 0).", series.text()), where);
    if (!provider) return;
    const auto place = domain::Place::cell(static_cast<unsigned>(index), row.row, column.column);
    file.table.rows.emplace_back(column_of(*provider, series), *column.month, domain::DataState{*column.state}, **value, place);
  }

  static domain::SeriesKey series_of(const Meaning& sheet, const Meaning& row, const Meaning& column) {
    const auto& measure = !row.measure.empty() ? row.measure : !column.measure.empty() ? column.measure : sheet.measure;
    const auto sex = row.sex ? row.sex : column.sex ? column.sex : sheet.sex;
    const auto group = row.group ? row.group : column.group ? column.group : sheet.group;
    return {measure, sex.value_or(domain::Sex::T), group.value_or("")};
  }

  std::uint32_t column_of(ProviderNumber provider, const domain::SeriesKey& series) {
    const auto [at, is_new] = columns_.try_emplace({provider, series}, static_cast<std::uint32_t>(file.table.columns.size()));
    if (is_new) file.table.columns.push_back({provider, series});
    return at->second;
  }

  XlsxFile xlsx_;
  const Profile& profile_;
  const Known& known_;
  std::map<std::size_t, std::optional<Sheet>> sheets_;
  std::map<domain::Column, std::uint32_t> columns_;
  std::map<std::size_t, Statements> statements_;
  std::set<std::size_t> contradicting_;  // sheets whose month and Datenstand do not fit, reported
  Unread unread_;
};

}  // namespace

base::Checked<FactFile> read_workbook(const std::filesystem::path& path, const Profile& profile, const Known& known) {
  const std::string name = path.filename().string();
  auto bytes = documents::read_small_file(path, largest_file);
  if (!bytes) return base::problems(bytes.error());
  const auto checksum = documents::sha256(*bytes);
  auto xlsx = XlsxFile::open(std::move(*bytes));
  if (!xlsx) return base::problems({xlsx.error().code, xlsx.error().message, name});
  Workbook workbook(name, std::move(*xlsx), profile, known);
  workbook.file.delivery.sha256 = checksum;
  workbook.read();
  if (!workbook.problems.empty()) return tl::unexpected(std::move(workbook.problems));
  return std::move(workbook.file);
}

}  // namespace zielwerk::intake
