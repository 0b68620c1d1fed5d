#include "intake/xlsx.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "documents/xml_part.h"

namespace zielwerk::intake {
namespace {

using base::Result;
using documents::XmlPart;
using documents::ZipFile;
using Token = XmlPart::Token;
using Relations = std::map<std::string, std::string>;  // id or end of the type -> part

base::Problem unreadable(std::string message) { return {"file_unreadable", std::move(message), {}}; }

std::string_view after_last_slash(std::string_view text) { return text.substr(text.rfind('/') + 1); }

// "../x.xml" and "/xl/x.xml" as seen from "xl/worksheets/"
std::string resolve(std::string_view folder, std::string_view target) {
  std::vector<std::string> steps;
  if (!target.starts_with('/')) steps = base::split(folder, '/');
  for (auto& step : base::split(target, '/')) {
    if (step == ".." && !steps.empty()) steps.pop_back();
    if (step != ".." && step != ".") steps.push_back(std::move(step));
  }
  std::erase(steps, "");
  return base::join(steps, "/");
}

// Excel writes control characters as _x000D_; in labels and values they are blanks.
void append_unescaped(std::string& pool, std::string_view text) {
  for (std::size_t at = text.find("_x00"); at != std::string_view::npos; at = text.find("_x00")) {
    unsigned code = 0;
    const bool escape =
        at + 7 <= text.size() && text[at + 6] == '_' && std::from_chars(&text[at + 4], &text[at + 4] + 2, code, 16).ptr == &text[at + 4] + 2;
    pool += text.substr(0, at);
    pool += escape && code < 0x20 ? " " : text.substr(at, escape ? 7 : 4);
    text.remove_prefix(at + (escape ? 7 : 4));
  }
  pool += text;
}

bool only_footnote_mark(std::string_view text) { return text.find_first_not_of("0123456789*(), ") == std::string_view::npos; }

struct Piece {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

// The text of <si> or <is>: its runs joined, without reading aids for Japanese (rPh) and without runs that are a superscript mark.
// Leaves the part behind the element's end.
Piece read_rich_text(XmlPart& part, std::string_view element, std::string& pool) {
  const auto begin = pool.size();
  auto begin_of_run = begin;
  bool in_text = false;
  bool superscript = false;
  int aids = 0;
  while (part.next()) {
    const auto name = part.name();
    if (part.token() == Token::Text) {
      if (in_text && aids == 0) append_unescaped(pool, part.text());
    } else if (part.token() == Token::Begin) {
      if (name == "rPh") ++aids;
      if (name == "t") in_text = true;
      if (name == "r") begin_of_run = pool.size(), superscript = false;
      if (name == "vertAlign") superscript = part.attribute("val") == "superscript";
    } else {
      if (name == element) break;
      if (name == "rPh") --aids;
      if (name == "t") in_text = false;
      if (name == "r" && superscript && only_footnote_mark(std::string_view(pool).substr(begin_of_run))) pool.resize(begin_of_run);
    }
  }
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(pool.size() - begin)};
}

CellKind kind_of(std::string_view type) {
  if (type == "s" || type == "inlineStr" || type == "str") return CellKind::Text;
  if (type == "b") return CellKind::Boolean;
  if (type == "e") return CellKind::Error;
  if (type == "d") return CellKind::Date;
  return CellKind::Number;
}

}  // namespace

struct XlsxFile::State {
  explicit State(ZipFile file) : zip(std::move(file)) {}

  ZipFile zip;
  std::vector<std::string> names;
  std::vector<std::string> parts;  // of the sheets; empty for a chart
  std::string shared_part;
  bool from_1904 = false;
  bool shared_read = false;
  std::vector<Piece> shared;
  std::shared_ptr<std::string> pool = std::make_shared<std::string>();
  std::uint64_t cells_left = most_cells;

  Result<Relations> relations(std::string_view folder, const std::string& part_name) {
    Relations found;
    const auto part = zip.xml(part_name);
    if (!part) return found;
    while (part->next()) {
      if (part->token() != Token::Begin || part->name() != "Relationship") continue;
      const auto target = part->attribute("Target");
      if (!target || part->attribute("TargetMode") == "External" || found.size() > 4 * most_sheets) continue;
      const auto type = part->attribute("Type").value_or("");
      const auto id = part->attribute("Id").value_or("");
      const auto path = resolve(folder, *target);
      found.try_emplace("id:" + id, after_last_slash(type) == "chartsheet" ? "" : path);
      found.try_emplace(std::string(after_last_slash(type)), path);
    }
    if (!part->failure().empty()) return tl::unexpected(unreadable(part->failure()));
    return found;
  }

  std::optional<base::Problem> read_list_of_sheets() {
    const auto package = relations("", "_rels/.rels");
    if (!package) return package.error();
    const auto document = package->find("officeDocument");
    const std::string book = document == package->end() ? "xl/workbook.xml" : document->second;
    const std::string folder = book.substr(0, book.size() - after_last_slash(book).size());
    const auto related = relations(folder, folder + "_rels/" + std::string(after_last_slash(book)) + ".rels");
    if (!related) return related.error();
    const auto part = zip.xml(book);
    if (!part || book.ends_with(".bin")) {
      return unreadable("Die Datei ist ein ZIP-Archiv, aber keine XLSX-Arbeitsmappe: der Teil xl/workbook.xml fehlt. Bitte als .xlsx speichern.");
    }
    if (const auto shared_strings = related->find("sharedStrings"); shared_strings != related->end()) shared_part = shared_strings->second;
    while (part->next() && names.size() <= most_sheets) {
      if (part->token() != Token::Begin) continue;
      if (part->name() == "workbookPr")
        from_1904 = part->attribute("date1904").value_or("0").starts_with("1") || part->attribute("date1904") == "true";
      if (part->name() != "sheet") continue;
      const auto target = related->find("id:" + part->attribute("id").value_or(""));
      names.push_back(part->attribute("name").value_or(""));
      parts.push_back(target == related->end() ? "" : target->second);
    }
    if (!part->failure().empty()) return unreadable(part->failure());
    if (names.size() > most_sheets) return unreadable(fmt::format("Die Arbeitsmappe hat mehr als {} Blätter.", most_sheets));
    if (names.empty()) return unreadable("Die Arbeitsmappe hat kein Blatt.");
    return std::nullopt;
  }

  std::optional<base::Problem> read_shared_texts() {
    if (shared_read) return std::nullopt;
    shared_read = true;
    const auto part = shared_part.empty() ? nullptr : zip.xml(shared_part);
    if (!part) return std::nullopt;
    while (part->next()) {
      if (part->token() != Token::Begin || part->name() != "si") continue;
      if (shared.size() >= most_cells) return unreadable(fmt::format("Die Arbeitsmappe hat mehr als {} Texte.", most_cells));
      shared.push_back(read_rich_text(*part, "si", *pool));
    }
    if (!part->failure().empty()) return unreadable(part->failure());
    return std::nullopt;
  }
};

namespace {

// The cells of one sheet, in the order of its file.
class SheetReader {
 public:
  SheetReader(XmlPart& part, std::string& pool, const std::vector<Piece>& shared, std::uint64_t& cells_left)
      : part_(part), pool_(pool), shared_(shared), cells_left_(cells_left) {}

  std::optional<base::Problem> read() {
    while (!problem_ && part_.next()) {
      if (part_.token() != Token::Begin) continue;
      if (part_.name() == "row") begin_row();
      if (part_.name() == "c") read_cell();
      if (part_.name() == "mergeCell") read_merge();
    }
    if (!part_.failure().empty()) return unreadable(part_.failure());
    return problem_;
  }

  std::optional<base::Problem> order() {
    const auto before = [](const Sheet::Entry& a, const Sheet::Entry& b) { return a.order() < b.order(); };
    if (!std::is_sorted(entries.begin(), entries.end(), before)) std::stable_sort(entries.begin(), entries.end(), before);
    const auto twice = std::adjacent_find(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.order() == b.order(); });
    if (twice == entries.end()) return std::nullopt;
    return unreadable(fmt::format("Die Datei ist beschädigt: eine Zelle in Zeile {} steht zweimal im Blatt.", twice->row));
  }

  std::vector<Sheet::Entry> entries;
  std::vector<MergedRange> merges;

 private:
  void damaged(std::string message) {
    if (!problem_) problem_ = unreadable(std::move(message));
  }

  void begin_row() {
    const auto stated = part_.attribute("r");
    address_ = {address_.row + 1, 0};
    if (!stated) return;
    const auto row = parse_cell_address("A" + *stated);
    if (!row) return damaged(fmt::format("Die Datei ist beschädigt: {} ist keine Zeilennummer.", base::quoted(*stated)));
    address_.row = row->row;
  }

  void read_cell() {
    if (const auto stated = part_.attribute("r")) {
      const auto address = parse_cell_address(*stated);
      if (!address || address->row != address_.row) {
        return damaged(fmt::format("Die Datei ist beschädigt: {} ist keine Zelle der Zeile {}.", base::quoted(*stated), address_.row));
      }
      address_ = *address;
    }
    const auto type = part_.attribute("t").value_or("n");
    if (address_.row < 1 || address_.column > 16'383) return damaged("Die Datei ist beschädigt: eine Zelle steht außerhalb des Blattes.");
    Sheet::Entry entry{address_.row, static_cast<std::uint16_t>(address_.column), kind_of(type)};
    ++address_.column;
    if (!read_content(entry, type)) return;  // only formatted
    if (cells_left_ == 0) return damaged(fmt::format("Die gelesenen Blätter haben zusammen mehr als {} Zellen.", XlsxFile::most_cells));
    --cells_left_;
    entries.push_back(entry);
  }

  // Up to the cell's end; false if the cell is empty.
  bool read_content(Sheet::Entry& entry, const std::string& type) {
    bool value = false;
    bool formula = false;
    bool in_value = false;
    const auto begin = pool_.size();
    Piece inline_text{static_cast<std::uint32_t>(begin), 0};
    while (part_.next()) {
      if (part_.token() == Token::Text) {
        if (in_value) append_unescaped(pool_, part_.text());
      } else if (part_.token() == Token::Begin) {
        if (part_.name() == "f") formula = true;
        if (part_.name() == "v") value = in_value = true;
        if (part_.name() == "is") inline_text = read_rich_text(part_, "is", pool_), value = true;
      } else {
        if (part_.name() == "v") in_value = false;
        if (part_.name() == "c") break;
      }
    }
    Piece piece{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(pool_.size() - begin)};
    if (type == "inlineStr") piece = inline_text;
    if (type == "s" && value) {
      const auto text = std::string_view(pool_).substr(begin);
      std::size_t index = 0;
      const auto end = std::from_chars(text.data(), text.data() + text.size(), index);
      if (end.ec != std::errc() || end.ptr != text.data() + text.size() || index >= shared_.size()) {
        damaged(fmt::format("Die Datei ist beschädigt: der gemeinsame Text Nr. {} fehlt (Zeile {}).", base::quoted(text), entry.row));
        return false;
      }
      pool_.resize(begin);
      piece = shared_[index];
    }
    entry.begin = piece.begin;
    entry.size = piece.size;
    if (!value && formula) entry.kind = CellKind::FormulaOnly;
    return value || formula;
  }

  void read_merge() {
    const auto range = part_.attribute("ref").value_or("");
    const auto colon = range.find(':');
    const auto first = parse_cell_address(range.substr(0, colon));
    const auto last = colon == std::string::npos ? first : parse_cell_address(range.substr(colon + 1));
    if (!first || !last) return damaged(fmt::format("Die Datei ist beschädigt: {} ist kein Zellbereich.", base::quoted(range)));
    if (merges.size() >= XlsxFile::most_cells / 10) return damaged("Das Blatt hat zu viele verbundene Zellen.");
    merges.push_back({first->row, first->column, last->row, last->column});
  }

  XmlPart& part_;
  std::string& pool_;
  const std::vector<Piece>& shared_;
  std::uint64_t& cells_left_;
  CellAddress address_;
  std::optional<base::Problem> problem_;
};

}  // namespace

XlsxFile::XlsxFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
XlsxFile::XlsxFile(XlsxFile&&) noexcept = default;
XlsxFile::~XlsxFile() = default;

const std::vector<std::string>& XlsxFile::sheets() const { return state_->names; }
bool XlsxFile::days_count_from_1904() const { return state_->from_1904; }

base::Result<XlsxFile> XlsxFile::open(std::string bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return tl::unexpected(
        unreadable("Die Datei ist im alten Excel-Format (.xls) oder mit einem Kennwort geschützt; bitte ohne Kennwort als .xlsx speichern."));
  }
  auto zip = ZipFile::open(std::move(bytes));
  if (!zip) return tl::unexpected(zip.error());
  auto state = std::make_unique<State>(std::move(*zip));
  if (const auto failed = state->read_list_of_sheets()) return tl::unexpected(*failed);
  return XlsxFile(std::move(state));
}

base::Result<Sheet> XlsxFile::read(std::size_t sheet) {
  if (const auto failed = state_->read_shared_texts()) return tl::unexpected(*failed);
  const auto part = state_->parts.at(sheet).empty() ? nullptr : state_->zip.xml(state_->parts[sheet]);
  if (!part) return tl::unexpected(unreadable("Das Blatt hat keine Zellen (es ist ein Diagramm), oder sein Teil fehlt in der Datei."));
  SheetReader reader(*part, *state_->pool, state_->shared, state_->cells_left);
  if (const auto failed = reader.read()) return tl::unexpected(*failed);
  if (const auto failed = reader.order()) return tl::unexpected(*failed);
  return Sheet(state_->pool, std::move(reader.entries), std::move(reader.merges));
}

}  // namespace zielwerk::intake
