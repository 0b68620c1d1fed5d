#include "documents/document.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <optional>

#include <fmt/format.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "documents/blocks.h"
#include "documents/confined.h"
#include "documents/docx.h"
#include "documents/html.h"
#include "documents/input_file.h"
#include "documents/page_layout.h"
#include "documents/pdf.h"

namespace zielwerk::documents {
namespace {

using base::Problem;
using base::Result;

constexpr std::uint64_t largest_file = std::uint64_t{32} << 20;
constexpr std::uint64_t largest_text = std::uint64_t{8} << 20;
constexpr const char* expected = "Erwartet wird TXT, Markdown, HTML, DOCX oder PDF.";

enum class Format { Text, Markdown, Html, Docx, Pdf };

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

const char* media_of(Format format) {
  switch (format) {
    case Format::Text: return "text/plain";
    case Format::Markdown: return "text/markdown";
    case Format::Html: return "text/html";
    case Format::Docx: return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case Format::Pdf: break;
  }
  return "application/pdf";
}

// Other formats that people have, by their first bytes.
std::optional<Problem> known_but_not_read(std::string_view bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return Problem{"format_unknown", "Die Datei ist im alten Word-Format (.doc) oder mit einem Kennwort geschützt; bitte ohne Kennwort als .docx oder PDF speichern.", {}};
  }
  if (bytes.starts_with("{\\rtf")) return Problem{"format_unknown", "Die Datei ist im Format RTF; bitte als .docx oder PDF speichern.", {}};
  const bool picture = bytes.starts_with("\x89PNG") || bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("II*") || bytes.starts_with("MM");
  if (picture && bytes.find('\0') != std::string_view::npos) {
    return Problem{"format_unknown", fmt::format("Die Datei ist ein Bild; bitte als PDF speichern. {}", expected), {}};
  }
  return std::nullopt;
}

// The bytes decide; the extension only tells Markdown from text, which bytes cannot.
Format format_of(std::string_view bytes, const std::filesystem::path& file) {
  const auto begin = bytes.substr(0, 1024);
  if (begin.find("%PDF-") != std::string_view::npos) return Format::Pdf;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return Format::Docx;
  const auto extension = lower(file.extension().string());
  const auto head = lower(begin);
  const auto first = base::trim(std::string_view(head).substr(head.starts_with("\xEF\xBB\xBF") ? 3 : 0));
  if (first.starts_with("<!doctype html") || first.starts_with("<html") || head.find("<html") != std::string::npos) return Format::Html;
  if (first.starts_with("<") && (extension == ".html" || extension == ".htm" || extension == ".xhtml")) return Format::Html;
  return extension == ".md" || extension == ".markdown" ? Format::Markdown : Format::Text;
}

// How many characters of more than one byte there are, and where the first byte stands that belongs to none.
std::pair<std::size_t, std::size_t> count_utf8(std::string_view bytes) {
  std::size_t sequences = 0;
  std::size_t broken = bytes.size();
  for (std::size_t at = 0; at < bytes.size();) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const bool whole = at + size <= bytes.size() && base::is_utf8(bytes.substr(at, size));
    if (!whole) broken = std::min(broken, at);
    sequences += whole && size > 1 ? 1U : 0U;
    at += whole ? size : 1;
  }
  return {sequences, broken};
}

// UTF-8 as it is; UTF-16 by its mark; everything else CP1252, if it can be.
Result<std::string> decode(std::string bytes) {
  const bool little = bytes.starts_with("\xFF\xFE");
  if (little || bytes.starts_with("\xFE\xFF")) {
    std::string text;
    icu::UnicodeString(bytes.data() + 2, static_cast<int32_t>(bytes.size() - 2), little ? "UTF-16LE" : "UTF-16BE").toUTF8String(text);
    bytes = std::move(text);
  }
  const auto is_rubbish = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v'; };
  const auto rubbish = std::find_if(bytes.begin(), bytes.end(), is_rubbish);
  if (rubbish != bytes.end()) {
    return base::problem("format_unknown", fmt::format("Die Datei ist kein Text: Byte {} ist ein Steuerzeichen (0x{:02x}). {}", rubbish - bytes.begin() + 1,
                                                       static_cast<unsigned char>(*rubbish), expected));
  }
  if (base::is_utf8(bytes)) return bytes;
  // Read as Windows-1252, damaged UTF-8 would become letters that nobody wrote.
  if (const auto [sequences, broken] = count_utf8(bytes); sequences > 0) {
    return base::problem("encoding_invalid", fmt::format("Der Text ist UTF-8, aber beschädigt: Byte {} gehört zu keinem Zeichen. Bitte noch einmal als UTF-8 "
                                                         "speichern.", broken + 1));
  }
  // Windows-1252 leaves five bytes undefined.
  const auto undefined = bytes.find_first_of("\x81\x8D\x8F\x90\x9D");
  if (undefined != std::string::npos) {
    return base::problem("encoding_invalid", fmt::format("Der Text ist weder UTF-8 noch Windows-1252: Byte {} ist 0x{:02x}. Bitte als UTF-8 speichern.",
                                                         undefined + 1, static_cast<unsigned char>(bytes[undefined])));
  }
  return base::to_utf8(bytes);
}

void tag_text(Document& document) {
  const auto has = [&](std::string_view what) { return document.text.find(what) != std::string::npos; };
  if (document.text.starts_with("\xEF\xBB\xBF")) document.layout.emplace_back("bom");
  if (has("\r\n")) document.layout.emplace_back("crlf");
  if (has("\n|") && (has("|--") || has("|:-") || has("| -"))) document.layout.emplace_back("markdown_tables");
  if (has("\n# ") || has("\n## ") || document.text.starts_with("# ")) document.layout.emplace_back("markdown_headings");
  if (has("**")) document.layout.emplace_back("markdown_bold");
}

// What a confined child hands over: lines "key value" until "text", then the text.
std::string pack(Result<Reading> reading) {
  if (!reading) return fmt::format("problem {}\nmessage {}\ntext\n", reading.error().code, reading.error().message);
  const auto blocks = without_layout_tables(std::move(reading->blocks), reading->layout);
  std::vector<std::size_t> pages;
  const std::string text = to_markdown(blocks, reading->pages, pages);
  std::string packed;
  for (const auto& tag : reading->layout) packed += "layout " + tag + "\n";
  for (const auto page : pages) packed += fmt::format("page {}\n", page);
  return packed + "text\n" + text;
}

std::optional<Problem> unpack(std::string_view packed, Document& document) {
  Problem problem;
  for (bool text = false; !text && !packed.empty();) {
    const auto line = packed.substr(0, packed.find('\n'));
    packed.remove_prefix(std::min(line.size() + 1, packed.size()));
    const auto blank = std::min(line.find(' '), line.size());
    const auto key = line.substr(0, blank);
    const auto value = line.substr(std::min(blank + 1, line.size()));
    text = key == "text";
    if (key == "problem") problem.code = value;
    if (key == "message") problem.message = value;
    if (key == "layout") document.layout.emplace_back(value);
    std::size_t offset = 0;
    if (key == "page" && std::from_chars(value.data(), value.data() + value.size(), offset).ec == std::errc()) document.pages.push_back(offset);
  }
  if (!problem.code.empty()) return problem;
  if (packed.empty()) return Problem{"document_without_text", "Die Datei enthält keinen Text.", {}};
  if (!base::is_utf8(packed) || (!document.pages.empty() && document.pages.back() > packed.size())) {
    return Problem{"document_damaged", "Die Datei lässt sich nicht als Text lesen.", {}};
  }
  document.text = packed;
  return std::nullopt;
}

std::optional<Problem> read_in_child(Document& document, const std::function<Result<Reading>()>& read) {
  const auto outcome = run_confined([&] { return pack(read()); }, {std::uint64_t{160} << 20, 8000, 2 * largest_text});
  switch (outcome.end) {
    case Outcome::End::Done: break;
    case Outcome::End::Timeout:
      return Problem{"document_timeout", "Die Datei ließ sich nicht in der erlaubten Zeit lesen; so aufwendig ist keine Vereinbarung.", {}};
    case Outcome::End::TooMuchOutput:
    case Outcome::End::OutOfMemory: return Problem{"document_too_large", "Die Datei enthält mehr, als eine Vereinbarung haben kann.", {}};
    case Outcome::End::Failed:
    case Outcome::End::Crashed: return Problem{"document_damaged", "Die Datei ist beschädigt und lässt sich nicht lesen.", {}};
  }
  if (const auto problem = unpack(outcome.output, document)) return problem;
  if (document.text.size() > largest_text) return Problem{"document_too_large", "Die Datei enthält mehr Text, als eine Vereinbarung haben kann.", {}};
  return std::nullopt;
}

std::optional<Problem> read_foreign(Document& document, std::string bytes, Format format, const OpenOptions& options) {
  document.text_is_file = false;
  if (format == Format::Docx) return read_in_child(document, [&] { return read_docx(std::move(bytes)); });
  if (format == Format::Html) return read_in_child(document, [&]() -> Result<Reading> { return read_html(base::to_utf8(bytes)); });
  auto words = read_pdf(bytes, options.ocr);
  if (!words) return words.error();
  std::string().swap(bytes);
  document.remarks = std::move(words->remarks);
  const auto failed = read_in_child(document, [&]() -> Result<Reading> { return lay_out(words->pages, !words->recognised); });
  if (words->recognised) document.layout.emplace_back("ocr");
  return failed;
}

std::optional<Problem> read_text(Document& document, std::string bytes) {
  if (bytes.size() > largest_text) {
    return Problem{"document_too_large", fmt::format("Die Datei hat {} MiB Text; mehr als {} MiB hat keine Vereinbarung.", bytes.size() >> 20, largest_text >> 20), {}};
  }
  auto text = decode(std::move(bytes));
  if (!text) return text.error();
  document.text = std::move(*text);
  if (base::trim(document.text).empty()) return Problem{"document_without_text", "Die Datei enthält keinen Text, nur Leerraum.", {}};
  tag_text(document);
  return std::nullopt;
}

}  // namespace

base::Result<Document> open_document(const std::filesystem::path& file, const OpenOptions& options) {
  Document document;
  document.name = file.filename().string();
  auto bytes = read_small_file(file, largest_file);
  if (!bytes) return tl::unexpected(bytes.error());
  document.bytes = bytes->size();
  document.sha256 = sha256(*bytes);
  auto failed = known_but_not_read(*bytes);
  if (!failed) {
    const auto format = format_of(*bytes, file);
    document.media = media_of(format);
    const bool plain = format == Format::Text || format == Format::Markdown;
    failed = plain ? read_text(document, std::move(*bytes)) : read_foreign(document, std::move(*bytes), format, options);
  }
  if (!failed) return document;
  failed->where = document.name;
  return tl::unexpected(std::move(*failed));
}

}  // namespace zielwerk::documents
