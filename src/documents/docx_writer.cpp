#include "documents/docx_writer.h"

#include <algorithm>

#include <fmt/format.h>
#include <zip.h>

#include "base/problem.h"
#include "base/text.h"
#include "documents/blocks.h"
#include "documents/xml_text.h"

namespace zielwerk::documents {
namespace {

using Kind = Block::Kind;

constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view word = R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr int text_width = 9070;  // twentieths of a point between the margins of A4
constexpr std::size_t first_picture = 5;  // relation after styles, numbering, header and footer

// One run; tabs and line breaks are elements of their own.
std::string run(std::string_view text, bool bold) {
  if (text.empty()) return {};
  std::string xml = bold ? "<w:r><w:rPr><w:b/></w:rPr>" : "<w:r>";
  std::string plain;
  const auto flush = [&] {
    if (!plain.empty()) xml += "<w:t xml:space=\"preserve\">" + xml_text(plain) + "</w:t>";
    plain.clear();
  };
  for (const char c : text) {
    if (c != '\n' && c != '\t') {
      plain += c;
      continue;
    }
    flush();
    xml += c == '\n' ? "<w:br/>" : "<w:tab/>";
  }
  flush();
  return xml + "</w:r>";
}

// "a **b** c" as runs; a ** without its partner is text.
std::string runs(std::string_view text) {
  std::string xml;
  while (!text.empty()) {
    const auto begin = text.find("**");
    const auto end = begin == std::string_view::npos ? begin : text.find("**", begin + 2);
    if (end == std::string_view::npos) return xml + run(text, false);
    xml += run(text.substr(0, begin), false) + run(text.substr(begin + 2, end - begin - 2), true);
    text.remove_prefix(end + 2);
  }
  return xml;
}

std::string paragraph(std::string_view properties, std::string_view text) {
  return fmt::format("<w:p>{}{}</w:p>", properties.empty() ? "" : fmt::format("<w:pPr>{}</w:pPr>", properties), runs(text));
}

// Digits with signs and a unit, or nothing; as figures in tables are.
bool is_number(std::string_view text) {
  if (text.empty() || text == "fehlt") return true;
  std::size_t letters = 0, digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') ++digits;
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) ++letters;
  }
  return digits > 0 && letters == 0;
}

bool of_numbers(const Rows& rows, std::size_t column) {
  return column > 0 && rows.size() > 1 && std::all_of(rows.begin() + 1, rows.end(), [&](const auto& row) { return column >= row.size() || is_number(row[column]); });
}

struct Grid {
  std::vector<int> widths;
  std::vector<bool> numbers;
  bool narrow = false;  // many columns: small letters
  bool together = false;  // few rows: they stay on one page
};

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0, length = 0;
  for (const char c : text) {
    length = c == ' ' || c == '\n' || c == '-' ? 0 : length + 1;
    longest = std::max(longest, length);
  }
  return longest;
}

// Wide columns for long texts; none narrower than its longest word.
Grid grid_of(const Rows& rows) {
  Grid grid;
  std::size_t columns = 1;
  for (const auto& row : rows) columns = std::max(columns, row.size());
  std::vector<int> weights(columns, 7);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) weights[c] = std::max(weights[c], static_cast<int>(std::max(std::min<std::size_t>(row[c].size(), 34), longest_word(row[c]) + 2)));
  }
  int all = 0;
  for (const int weight : weights) all += weight;
  for (std::size_t c = 0; c < columns; ++c) {
    grid.widths.push_back(text_width * weights[c] / all);
    grid.numbers.push_back(of_numbers(rows, c));
  }
  grid.narrow = columns > 8;
  grid.together = rows.size() <= 15;
  return grid;
}

std::string cell(std::string_view text, const Grid& grid, std::size_t column, bool last_row) {
  const int width = grid.widths[column];
  std::string xml = fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", width);
  for (const auto& line : base::split(text, '\n')) {
    const bool item = line.starts_with("- ");
    constexpr std::string_view room = R"(<w:spacing w:before="40" w:after="40"/>)";
    const auto style = fmt::format(R"(<w:pStyle w:val="{}"/>{}{})", item ? "ListBullet" : grid.narrow ? "SmallText" : "TableText", grid.together && !last_row ? "<w:keepNext/>" : "", room);
    xml += paragraph(style + (!item && grid.numbers[column] ? R"(<w:jc w:val="right"/>)" : ""), std::string_view(line).substr(item ? 2 : 0));
  }
  return xml + "</w:tc>";
}

std::string table(const Rows& rows) {
  const auto grid = grid_of(rows);
  std::string xml = R"(<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>)";
  for (const int width : grid.widths) xml += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
  xml += "</w:tblGrid>";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    xml += r == 0 ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
    for (std::size_t c = 0; c < grid.widths.size(); ++c) xml += cell(c < rows[r].size() ? std::string_view(rows[r][c]) : "", grid, c, r + 1 == rows.size());
    xml += "</w:tr>";
  }
  return xml + "</w:tbl>";
}

// A short line that ends no sentence ("Umsetzungsschritte:", the lines of a signature) stays with what follows it; so does what stands over a table.
bool leads(const std::vector<Block>& blocks, std::size_t i) {
  const auto& block = blocks[i];
  if (block.kind == Kind::Paragraph && i + 1 < blocks.size() && blocks[i + 1].kind == Kind::Table) return true;
  const bool follows = i + 1 < blocks.size() && (blocks[i + 1].kind == Kind::Paragraph || blocks[i + 1].kind == Kind::Item);
  return block.kind == Kind::Paragraph && follows && block.text.size() < 90 && !block.text.ends_with('.');
}

std::uint32_t png_number(const std::string& png, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + 4; ++i) number = number << 8 | static_cast<unsigned char>(png[i]);
  return number;
}

// In the line of text; its width and height stand at the head of every PNG.
std::string drawing(const DocxPicture& picture, std::size_t number) {
  constexpr std::uint64_t width = std::uint64_t{text_width} * 635;  // in EMU
  const auto height = width * png_number(picture.png, 20) / png_number(picture.png, 16);
  const auto extent = fmt::format(R"(cx="{}" cy="{}")", width, height);
  const auto named = fmt::format(R"(id="{0}" name="Bild {0}" descr="{1}")", number, xml_text(picture.alternative));
  return fmt::format(R"(<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">)"
                     R"(<wp:extent {0}/><wp:docPr {1}/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">)"
                     R"(<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr {1}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{2}"/><a:stretch><a:fillRect/></a:stretch>)"
                     R"(</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {0}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)",
                     extent, named, first_picture + number - 1);
}

std::string body(const std::vector<Block>& blocks, const std::map<std::size_t, DocxPicture>& pictures) {
  std::size_t drawn = 0;
  std::string xml;
  bool after_table = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto& block = blocks[i];
    const bool new_page = i > 0 && block.page > blocks[i - 1].page && blocks[i - 1].page > 0;
    const std::string_view before = new_page && block.kind != Kind::Table ? "<w:pageBreakBefore/>" : "";
    if (const auto picture = pictures.find(i); picture != pictures.end()) xml += drawing(picture->second, ++drawn);
    if (block.kind == Kind::Table) {
      if (new_page) xml += paragraph("<w:pageBreakBefore/>", "");
      else if (after_table) xml += "<w:p/>";  // two tables without anything between them would be one
      xml += table(block.rows);
    } else if (block.kind == Kind::Heading) {
      xml += paragraph(fmt::format("<w:pStyle w:val=\"Heading{}\"/>{}", std::clamp(block.level, 1, 6), before), block.text);
    } else if (block.kind == Kind::Item) {
      xml += paragraph(fmt::format(R"(<w:pStyle w:val="ListBullet"/><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>)", std::clamp(block.level, 0, 8)),
                       block.text);
    } else {
      xml += paragraph(fmt::format("{}{}{}", leads(blocks, i) ? "<w:keepNext/>" : "", before, after_table ? R"(<w:spacing w:before="120"/>)" : ""), block.text);
    }
    after_table = block.kind == Kind::Table;
  }
  if (after_table) xml += "<w:p/>";  // Word wants a paragraph at the end
  return xml;
}

std::string document_part(const std::vector<Block>& blocks, const DocxFrame& frame, bool framed) {
  constexpr std::string_view references = R"(<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>)";
  return fmt::format(R"({}<w:document {} xmlns:r="{}"><w:body>{}<w:sectPr>{}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" )"
                     R"(w:bottom="1134" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>)",
                     head, word, office, body(blocks, frame.pictures), framed ? references : "");
}

constexpr std::string_view small = R"(<w:rPr><w:sz w:val="15"/><w:color w:val="56616C"/></w:rPr>)";

std::string small_text(std::string_view text) {
  std::string xml;
  for (const auto& line : base::split(text, '\n')) xml += fmt::format(R"({}<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>)", xml.empty() ? "" : "<w:r><w:br/></w:r>", small, xml_text(line));
  return xml;
}

std::string header_part(std::string_view text) { return fmt::format("{}<w:hdr {}><w:p>{}</w:p></w:hdr>", head, word, small_text(text)); }

std::string footer_part(std::string_view text) {
  const auto field = [](const char* name) { return fmt::format(R"(<w:fldSimple w:instr=" {} "><w:r>{}<w:t>1</w:t></w:r></w:fldSimple>)", name, small); };
  return fmt::format("{}<w:ftr {}><w:p>{}<w:r><w:br/></w:r>{}{}{}{}</w:p></w:ftr>", head, word, small_text(text), small_text("Seite "), field("PAGE"), small_text(" von "), field("NUMPAGES"));
}

std::string styles_part() {
  std::string xml = fmt::format(
      R"({}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>)"
      R"(<w:lang w:val="de-DE"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr>)"
      R"(</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>)",
      head, word);
  for (int level = 1; level <= 6; ++level) {
    xml += fmt::format(R"(<w:style w:type="paragraph" w:styleId="Heading{0}"><w:name w:val="heading {0}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>)"
                       R"(<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="{1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{2}"/></w:rPr></w:style>)",
                       level, level - 1, std::max(34 - 4 * level, 22));
  }
  return xml +
         R"(<w:style w:type="paragraph" w:styleId="SmallText"><w:name w:val="Small Text"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="14"/></w:rPr></w:style>)"
         R"(<w:style w:type="paragraph" w:styleId="TableText"><w:name w:val="Table Text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="17"/></w:rPr></w:style>)"
         R"(<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr>)"
         R"(<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>)"
         R"(<w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/>)"
         R"(<w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr>)"
         R"(<w:b/></w:rPr></w:tblStylePr></w:style></w:styles>)";
}

std::string numbering_part() {
  std::string xml = fmt::format(R"({}<w:numbering {}><w:abstractNum w:abstractNumId="0">)", head, word);
  for (int level = 0; level < 9; ++level) {
    xml += fmt::format(R"(<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="{}" w:hanging="357"/></w:pPr></w:lvl>)",
                       level, 357 * (level + 1));
  }
  return xml + R"(</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>)";
}

std::string relations(const std::vector<std::pair<std::string, std::string>>& targets) {
  std::string xml = fmt::format(R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)", head);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    xml += fmt::format(R"(<Relationship Id="rId{}" Type="{}" Target="{}"/>)", i + 1, targets[i].first, targets[i].second);
  }
  return xml + "</Relationships>";
}

std::string types_part(bool framed) {
  const std::string kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  std::string xml = fmt::format(R"({}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" )"
                                R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>)"
                                R"(<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)",
                                head);
  for (const auto& [part, name] : {std::pair("document", "document.main"), {"styles", "styles"}, {"numbering", "numbering"}, {"header", "header"}, {"footer", "footer"}}) {
    if (!framed && (part == std::string_view("header") || part == std::string_view("footer"))) continue;
    xml += fmt::format(R"(<Override PartName="/word/{}.xml" ContentType="{}{}+xml"/>)", part, kind, name);
  }
  return xml + "</Types>";
}

std::string properties_part(std::string_view title, std::string_view identifier) {
  return fmt::format(R"({}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" )"
                     R"(xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title>{}<dc:language>de-DE</dc:language></cp:coreProperties>)",
                     head, xml_text(title), identifier.empty() ? "" : fmt::format("<dc:identifier>{}</dc:identifier>", xml_text(identifier)));
}

std::string zipped(const std::vector<std::pair<std::string, std::string>>& parts) {
  auto* buffer = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  base::ensure(buffer != nullptr, "a ZIP file in memory");
  zip_source_keep(buffer);
  auto* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, nullptr);
  base::ensure(archive != nullptr, "a ZIP file in memory");
  for (const auto& [name, content] : parts) {
    const auto index = zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
    base::ensure(index >= 0, "a part of a ZIP file");
    // The same Markdown gives the same bytes: 1980-01-01, the first day that ZIP knows.
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, (1 << 5) | 1, 0);
  }
  base::ensure(zip_close(archive) == 0, "writing a ZIP file to memory");
  std::string bytes;
  zip_stat_t status;
  zip_source_stat(buffer, &status);
  bytes.resize(status.size);
  zip_source_open(buffer);
  const auto got = zip_source_read(buffer, bytes.data(), bytes.size());
  zip_source_close(buffer);
  zip_source_free(buffer);
  base::ensure(got == static_cast<zip_int64_t>(bytes.size()), "reading a ZIP file from memory");
  return bytes;
}

}  // namespace

std::string write_docx(std::string_view markdown, std::string_view title) {
  const auto blocks = parse_markdown(markdown);
  const auto first = std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.kind == Kind::Heading; });
  return write_docx(blocks, {!title.empty() ? std::string(title) : first != blocks.end() ? first->text : "Zielvereinbarung", {}, {}, {}});
}

std::string write_docx(const std::vector<Block>& blocks, const DocxFrame& frame) {
  const std::string base(office);
  const bool framed = !frame.header.empty() || !frame.footer.empty();
  base::ensure(framed || frame.pictures.empty(), "pictures come with a frame");
  std::vector<std::pair<std::string, std::string>> links = {{base + "/styles", "styles.xml"}, {base + "/numbering", "numbering.xml"}};
  if (framed) links.insert(links.end(), {{base + "/header", "header.xml"}, {base + "/footer", "footer.xml"}});
  for (std::size_t i = 1; i <= frame.pictures.size(); ++i) links.emplace_back(base + "/image", fmt::format("media/{}.png", i));
  std::vector<std::pair<std::string, std::string>> parts = {
      {"[Content_Types].xml", types_part(framed)},
      {"_rels/.rels", relations({{base + "/officeDocument", "word/document.xml"}, {"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"}})},
      {"docProps/core.xml", properties_part(frame.title, frame.identifier)},
      {"word/_rels/document.xml.rels", relations(links)},
      {"word/document.xml", document_part(blocks, frame, framed)},
      {"word/styles.xml", styles_part()},
      {"word/numbering.xml", numbering_part()}};
  if (framed) parts.insert(parts.end(), {{"word/header.xml", header_part(frame.header)}, {"word/footer.xml", footer_part(frame.footer)}});
  for (std::size_t i = 0; const auto& [before, picture] : frame.pictures) parts.emplace_back(fmt::format("word/media/{}.png", ++i), picture.png);
  return zipped(parts);
}

}  // namespace zielwerk::documents
