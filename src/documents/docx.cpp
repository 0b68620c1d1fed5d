#include "documents/docx.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "documents/docx_styles.h"
#include "documents/xml_part.h"

namespace zielwerk::documents {
namespace {

using Kind = Block::Kind;
using Token = XmlPart::Token;
using Notes = std::map<std::string, std::string>;  // w:id -> text

constexpr ZipLimits limits{std::uint64_t{96} << 20, 6'000'000, "Vereinbarung"};

std::string raised(std::size_t number) {
  static constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char digit : std::to_string(number)) text += digits[digit - '0'];
  return text;
}

void drop_bold(std::string& text) {
  if (text.size() > 4 && text.starts_with("**") && text.find("**", 2) == text.size() - 2) text = text.substr(2, text.size() - 4);
}

struct Paragraph {
  Inline text;
  std::string style;
  std::string list;
  int list_level = -1;
  int outline = 0;
  bool mark_deleted = false;  // the next paragraph goes on where this one ends
};

// Walks one part. Every function but the first begins behind the Begin of its element and ends behind its End.
class PartReader {
 public:
  PartReader(XmlPart& part, const Styles& styles, Numbering& numbering, const Notes& footnotes, const Notes& endnotes)
      : part_(part), styles_(styles), numbering_(numbering), footnotes_(footnotes), endnotes_(endnotes) {}

  // What stands in a body, cell, text box or note; of a part, all of it.
  std::vector<Block> story() {
    std::vector<Block> blocks;
    walk([&](std::string_view name) {
      if (name == "p") return paragraph(blocks), true;
      if (name == "tbl") return table(blocks), true;
      return false;
    });
    return blocks;
  }

  // Of a part with notes: each by its id. The first two kinds are lines that Word draws.
  Notes notes() {
    Notes notes;
    walk([&](std::string_view name) {
      if (name != "footnote" && name != "endnote") return false;
      const auto id = part_.attribute("id").value_or("");
      const bool drawn = part_.attribute("type").value_or("normal") != "normal";
      const std::string text = as_lines(story(), " ");
      if (!drawn) notes[id] = text;
      return true;
    });
    return notes;
  }

 private:
  // Deleted, replaced or twice there.
  static bool is_left_out(std::string_view name) {
    return name == "del" || name == "moveFrom" || name == "Fallback" || name == "sectPr" || name.ends_with("PrChange");
  }

  void skip() {
    for (int depth = 0; part_.next();) {
      if (part_.token() == Token::End && depth-- == 0) return;
      if (part_.token() == Token::Begin) ++depth;
    }
  }

  // Calls `visit` with every element that begins below the open one; it returns true if it has read the element to its end.
  template <class Visit>
  void walk(const Visit& visit) {
    for (int depth = 0; part_.next();) {
      if (part_.token() == Token::End && depth-- == 0) return;
      if (part_.token() != Token::Begin) continue;
      const std::string name(part_.name());
      if (is_left_out(name)) {
        skip();
      } else if (!visit(name)) {
        ++depth;
      }
    }
  }

  static std::string as_lines(const std::vector<Block>& blocks, std::string_view between) {
    std::vector<std::string> lines;
    for (const auto& block : blocks) {
      if (!block.text.empty()) lines.push_back((block.kind == Kind::Item ? "- " : "") + block.text);
      for (const auto& row : block.rows) {  // a table in a cell
        std::vector<std::string> filled;
        std::copy_if(row.begin(), row.end(), std::back_inserter(filled), [](const auto& cell) { return !cell.empty(); });
        if (!filled.empty()) lines.push_back(base::join(filled, " "));
      }
    }
    return base::join(lines, between);
  }

  void paragraph(std::vector<Block>& blocks) {
    Paragraph now = std::exchange(carried_, {});
    now.mark_deleted = false;
    std::vector<Block> boxes;
    bool bold = false;
    bool hidden = false;
    walk([&](std::string_view name) {
      if (name == "pPr") return paragraph_properties(now), true;
      if (name == "r") bold = hidden = false;
      if (name == "rPr") return run_properties(bold, hidden), true;
      if (name == "t") return text(now, bold, hidden), true;
      if (name == "txbxContent") {
        auto inner = story();
        std::move(inner.begin(), inner.end(), std::back_inserter(boxes));
        return true;
      }
      if (hidden) return false;
      if (name == "tab" || name == "ptab") now.text.add("\t", bold);
      if (name == "br" || name == "cr") now.text.line_break();
      if (name == "noBreakHyphen") now.text.add("-", bold);
      if (name == "footnoteReference") refer(now, footnotes_, "Fußnote", footnotes_met_);
      if (name == "endnoteReference") refer(now, endnotes_, "Endnote", endnotes_met_);
      return false;
    });
    if (now.mark_deleted) {
      carried_ = std::move(now);
    } else {
      print(now, blocks);
    }
    std::move(boxes.begin(), boxes.end(), std::back_inserter(blocks));
    if (cells_open_ > 0) return;
    for (auto& note : std::exchange(notes_to_print_, {})) blocks.push_back({Kind::Paragraph, 0, std::move(note)});
  }

  // The deleted mark of a paragraph is a <w:del/> among the properties of its end, which walk() leaves out: looked for by hand.
  void paragraph_properties(Paragraph& now) {
    for (int depth = 0; part_.next();) {
      if (part_.token() == Token::End && depth-- == 0) return;
      if (part_.token() != Token::Begin) continue;
      const std::string name(part_.name());
      ++depth;
      if (name == "pStyle") now.style = part_.attribute("val").value_or("");
      if (name == "numId") now.list = part_.attribute("val").value_or("");
      if (name == "ilvl") now.list_level = std::clamp(number_or(part_.attribute("val"), 0), 0, 8);
      if (name == "outlineLvl") now.outline = std::clamp(number_or(part_.attribute("val"), 9), 0, 9) + 1;
      if (name == "del" && depth == 2) now.mark_deleted = true;
      if (name == "pPrChange") skip(), --depth;
    }
  }

  void run_properties(bool& bold, bool& hidden) {
    walk([&](std::string_view name) {
      if (name == "rStyle") bold = bold || styles_.bold_characters(part_.attribute("val").value_or(""));
      if (name == "b") bold = is_on(part_);
      if (name == "vanish") hidden = is_on(part_);
      return false;
    });
  }

  void text(Paragraph& now, bool bold, bool hidden) {
    while (part_.next() && part_.token() == Token::Text) {
      std::string line(part_.text());
      std::replace(line.begin(), line.end(), '\n', ' ');
      if (!hidden) now.text.add(line, bold);
    }
  }

  void refer(Paragraph& now, const Notes& notes, std::string_view kind, std::size_t& met) {
    const auto note = notes.find(part_.attribute("id").value_or(""));
    if (note == notes.end()) return;
    now.text.add(raised(++met), false);
    notes_to_print_.push_back(fmt::format("[{} {}] {}", kind, met, note->second));
  }

  void print(Paragraph& now, std::vector<Block>& blocks) {
    const auto style = styles_.paragraph(now.style);
    Block block{Kind::Paragraph, 0, now.text.take()};
    if (block.text.empty()) return;
    const int heading = now.outline == 0 ? style.heading : now.outline > 9 ? 0 : std::min(now.outline, 6);
    const std::string& list = now.list.empty() ? style.list : now.list;
    const int level = now.list_level >= 0 ? now.list_level : style.list_level;
    const auto number = list.empty() ? std::nullopt : numbering_.next(list, level);
    if (heading > 0) {
      block.kind = Kind::Heading;
      block.level = heading;
      drop_bold(block.text);  // a heading is not bold besides
    } else if (style.bold && block.text.find("**") == std::string::npos) {
      block.text = "**" + block.text + "**";
    }
    if (number && number->empty() && heading == 0) {
      block.kind = Kind::Item;
      block.level = level;
    } else if (number && !number->empty()) {
      block.text = *number + " " + block.text;
    }
    blocks.push_back(std::move(block));
  }

  void table(std::vector<Block>& blocks) {
    Rows rows;
    ++cells_open_;
    walk([&](std::string_view name) {
      if (name != "tr") return false;
      if (auto cells = row(); !cells.empty()) rows.push_back(std::move(cells));
      return true;
    });
    --cells_open_;
    if (!rows.empty()) std::for_each(rows[0].begin(), rows[0].end(), drop_bold);  // a head is not bold besides
    blocks.push_back({Kind::Table, 0, {}, std::move(rows)});
    if (cells_open_ > 0) return;
    for (auto& note : std::exchange(notes_to_print_, {})) blocks.push_back({Kind::Paragraph, 0, std::move(note)});
  }

  // Empty if the row was deleted.
  std::vector<std::string> row() {
    std::vector<std::string> cells;
    bool deleted = false;
    for (int depth = 0; part_.next();) {
      if (part_.token() == Token::End && depth-- == 0) break;
      if (part_.token() != Token::Begin) continue;
      const std::string name(part_.name());
      if (name == "tc") {
        cell(cells);
      } else {
        ++depth;
        deleted = deleted || name == "del";
        if (name == "gridBefore") cells.resize(static_cast<std::size_t>(std::clamp(number_or(part_.attribute("val"), 0), 0, 63)));
      }
    }
    return deleted ? std::vector<std::string>() : cells;
  }

  void cell(std::vector<std::string>& cells) {
    std::vector<Block> blocks;
    int columns = 1;
    bool covered = false;
    walk([&](std::string_view name) {
      if (name == "p") return paragraph(blocks), true;
      if (name == "tbl") return table(blocks), true;
      if (name == "gridSpan") columns = std::clamp(number_or(part_.attribute("val"), 1), 1, 64);
      if (name == "vMerge") covered = part_.attribute("val").value_or("continue") != "restart";
      return false;
    });
    cells.push_back(covered ? std::string() : as_lines(blocks, "\n"));
    for (int i = 1; i < columns && cells.size() < 64; ++i) cells.emplace_back();
  }

  XmlPart& part_;
  const Styles& styles_;
  Numbering& numbering_;
  const Notes& footnotes_;
  const Notes& endnotes_;
  std::vector<std::string> notes_to_print_;
  Paragraph carried_;
  std::size_t footnotes_met_ = 0;
  std::size_t endnotes_met_ = 0;
  int cells_open_ = 0;
};

std::string without_file_name(const std::string& part) { return part.substr(0, part.rfind('/') + 1); }

// Relations of a part by the last word of their type ("styles"), as full names of parts.
std::map<std::string, std::string> relations(ZipFile& zip, const std::string& part) {
  std::map<std::string, std::string> found;
  const auto folder = without_file_name(part);
  const auto list = zip.xml(folder + "_rels/" + part.substr(folder.size()) + ".rels");
  while (list && list->next()) {
    if (list->token() != Token::Begin || list->name() != "Relationship" || list->attribute("TargetMode") == "External" || found.size() > 1000) continue;
    const auto type = list->attribute("Type").value_or("");
    const auto target = list->attribute("Target").value_or("");
    found.try_emplace(type.substr(type.rfind('/') + 1), target.starts_with('/') ? target.substr(1) : folder + target);
  }
  return found;
}

}  // namespace

base::Result<Reading> read_docx(std::string bytes) {
  auto zip = ZipFile::open(std::move(bytes), limits);
  if (!zip) return base::problem("document_damaged", "Die Datei beginnt wie eine DOCX-Datei, ist aber kein vollständiges ZIP-Archiv; vermutlich fehlt ihr Ende.");
  const auto package = relations(*zip, "");
  const auto main = package.find("officeDocument");
  const std::string name = main == package.end() ? "word/document.xml" : main->second;
  const auto document = zip->xml(name);
  if (!document) {
    return base::problem("format_unknown", "Die Datei ist ein ZIP-Archiv, aber kein Word-Dokument (der Teil word/document.xml fehlt). Erwartet wird TXT, "
                                           "Markdown, HTML, DOCX oder PDF.");
  }
  const auto related = relations(*zip, name);
  std::optional<base::Problem> failed;
  const auto check = [&](XmlPart* part) {
    if (part && !part->failure().empty() && !failed) {
      failed = base::Problem{part->too_large() ? "document_too_large" : "document_damaged", part->failure(), {}};
    }
  };
  const auto with_part = [&](const char* type, const auto& use) {
    const auto found = related.find(type);
    const auto part = found == related.end() ? nullptr : zip->xml(found->second);
    use(part.get());
    check(part.get());
  };
  std::optional<Styles> styles;
  std::optional<Numbering> numbering;
  Notes footnotes;
  Notes endnotes;
  with_part("styles", [&](XmlPart* part) { styles.emplace(part); });
  with_part("numbering", [&](XmlPart* part) { numbering.emplace(part); });
  with_part("footnotes", [&](XmlPart* part) { if (part) footnotes = PartReader(*part, *styles, *numbering, {}, {}).notes(); });
  with_part("endnotes", [&](XmlPart* part) { if (part) endnotes = PartReader(*part, *styles, *numbering, {}, {}).notes(); });
  Reading reading;
  reading.blocks = PartReader(*document, *styles, *numbering, footnotes, endnotes).story();
  check(document.get());
  if (failed) return tl::unexpected(*failed);
  return reading;
}

}  // namespace zielwerk::documents
