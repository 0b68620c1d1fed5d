#include "documents/pdf.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "documents/confined.h"

namespace zielwerk::documents {
namespace {

using End = Outcome::End;

constexpr std::size_t most_pages = 1500;
constexpr std::size_t most_scanned_pages = 60;
constexpr auto longest_recognition = std::chrono::minutes(4);
constexpr const char* install_ocr = "Dafür wird Tesseract mit deutschen Sprachdaten gebraucht: apt-get install tesseract-ocr tesseract-ocr-deu";

std::string program(std::string_view name) {
  auto found = find_program(name);
  if (found.empty()) throw base::EnvironmentError(fmt::format("Zum Lesen von PDF fehlt das Programm {}: apt-get install poppler-utils", name));
  return found;
}

base::Problem problem_of(const Outcome& outcome) {
  if (outcome.errors.find("Incorrect password") != std::string::npos) {
    return {"document_encrypted", "Das PDF ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern und noch einmal einlesen.", {}};
  }
  switch (outcome.end) {
    case End::Timeout: return {"document_timeout", "Das PDF ließ sich nicht in der erlaubten Zeit lesen; so aufwendig ist keine Vereinbarung.", {}};
    case End::TooMuchOutput:
    case End::OutOfMemory: return {"document_too_large", "Das PDF enthält mehr Text, als eine Vereinbarung haben kann.", {}};
    default: return {"document_damaged", "Das PDF ist beschädigt oder unvollständig: es lässt sich keine Seite lesen.", {}};
  }
}

bool has_images(std::string_view bytes) {
  const auto outcome = run_program({program("pdfimages"), "-list", "-"}, bytes, {});
  return std::count(outcome.output.begin(), outcome.output.end(), '\n') > 2;  // two lines of headings
}

// Boxes in the measures of the page they were painted from.
void scale(Page& recognised, long width) {
  if (recognised.width <= 0 || width <= 0) return;
  const auto scaled = [&](long length) { return length * width / recognised.width; };
  for (auto& word : recognised.words) word = {scaled(word.left), scaled(word.top), scaled(word.right), scaled(word.bottom), std::move(word.text), word.confidence};
  recognised.width = width;
}

Page recognised(std::string_view image, const std::string& tesseract, const char* mode, bool by_line) {
  const Limits limits{std::uint64_t{1} << 30, 30'000, std::uint64_t{8} << 20};
  const auto table = run_program({tesseract, "stdin", "stdout", "-l", "deu", "--psm", mode, "tsv"}, image, limits);
  auto pages = parse_words(table.output, by_line);
  return table.end != End::Done || pages.empty() ? Page() : std::move(pages[0]);
}

bool overlap(const Word& a, const Word& b) { return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom; }

// The words of a painted page; nothing if they cannot be recognised. Tesseract's analysis of the page passes over single numbers in
// tables; read as one block of text they are found, but less well. So what only the second reading has, and is sure of, is added.
std::vector<Word> recognise(std::string_view bytes, std::size_t number, const Page& page, const std::string& tesseract) {
  const auto which = std::to_string(number);
  const Limits painting{std::uint64_t{512} << 20, 10'000, std::uint64_t{48} << 20};
  // 3508 pixels are the longer side of A4 at 300 dpi, however large the page says it is.
  const auto image = run_program({program("pdftoppm"), "-gray", "-scale-to", "3508", "-f", which, "-l", which, "-"}, bytes, painting);
  if (image.end != End::Done) return {};
  auto words = recognised(image.output, tesseract, "3", true);
  const auto first = words.words.size();
  for (auto& word : recognised(image.output, tesseract, "6", false).words) {
    const auto seen = words.words.begin() + static_cast<std::ptrdiff_t>(first);
    const bool known = std::any_of(words.words.begin(), seen, [&](const Word& other) { return overlap(word, other); });
    if (!known && word.confidence >= 70'000 && word.text.size() > 1) words.words.push_back(std::move(word));
  }
  scale(words, page.width);
  return std::move(words.words);
}

std::string pages_as_text(const std::vector<std::size_t>& pages) {
  std::string text = pages.size() == 1 ? "Seite " : "Seiten ";
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t last = i;
    while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1) ++last;
    text += (i > 0 ? ", " : "") + std::to_string(pages[i]) + (last > i ? "–" + std::to_string(pages[last]) : "");
    i = last + 1;
  }
  return text;
}

void remark(PdfWords& words, const std::vector<std::size_t>& pages, std::string_view one, std::string_view many) {
  if (!pages.empty()) words.remarks.push_back(fmt::format("{} {}", pages_as_text(pages), pages.size() == 1 ? one : many));
}

bool can_recognise_german(const std::string& tesseract) {
  if (tesseract.empty()) return false;
  const auto languages = run_program({tesseract, "--list-langs"}, {}, {std::uint64_t{1} << 30, 5000, 1 << 16});
  return ("\n" + languages.output + languages.errors).find("\ndeu\n") != std::string::npos;
}

std::optional<base::Problem> read_scanned(PdfWords& words, std::string_view bytes, const std::vector<std::size_t>& empty_pages) {
  const auto tesseract = find_program("tesseract");
  const bool all_empty = empty_pages.size() == words.pages.size();
  if (!can_recognise_german(tesseract)) {
    if (all_empty) return base::Problem{"ocr_missing", fmt::format("Das PDF ist ein Scan ohne Textebene. {}", install_ocr), {}};
    remark(words, empty_pages, "hat keinen Text. ", "haben keinen Text. ");
    words.remarks.back() += install_ocr;
    return std::nullopt;
  }
  const auto begun = std::chrono::steady_clock::now();
  std::vector<std::size_t> recognised;
  std::vector<std::size_t> without;
  std::vector<std::size_t> not_tried;
  for (const auto number : empty_pages) {
    if (recognised.size() + without.size() >= most_scanned_pages || std::chrono::steady_clock::now() - begun > longest_recognition) {
      not_tried.push_back(number);
      continue;
    }
    auto& page = words.pages[number - 1];
    page.words = recognise(bytes, number, page, tesseract);
    (page.words.empty() ? without : recognised).push_back(number);
  }
  words.recognised = !recognised.empty();
  remark(words, recognised, "wurde mit Tesseract gelesen; Lesefehler sind möglich.", "wurden mit Tesseract gelesen; Lesefehler sind möglich.");
  remark(words, without, "hat keinen Text.", "haben keinen Text.");
  remark(words, not_tried, "wurde nicht gelesen: der Scan ist zu lang.", "wurden nicht gelesen: der Scan ist zu lang.");
  return std::nullopt;
}

}  // namespace

base::Result<PdfWords> read_pdf(std::string_view bytes, bool ocr) {
  const auto outcome = run_program({program("pdftotext"), "-tsv", "-enc", "UTF-8", "-l", std::to_string(most_pages), "-", "-"}, bytes,
                                   {std::uint64_t{256} << 20, 8000, std::uint64_t{64} << 20});
  if (outcome.end != End::Done) return tl::unexpected(problem_of(outcome));
  PdfWords words;
  words.pages = parse_words(outcome.output, false);
  if (words.pages.empty()) return tl::unexpected(base::Problem{"document_without_text", "Das PDF hat keine Seiten.", {}});
  std::vector<std::size_t> empty_pages;
  for (std::size_t i = 0; i < words.pages.size(); ++i) {
    if (words.pages[i].words.empty()) empty_pages.push_back(i + 1);
  }
  const bool all_empty = empty_pages.size() == words.pages.size();
  if (!empty_pages.empty() && has_images(bytes)) {
    if (!ocr) {
      if (all_empty) return base::problem("document_without_text", "Das PDF hat keine Textebene, und Texterkennung ist ausgeschaltet.");
      remark(words, empty_pages, "hat keinen Text.", "haben keinen Text.");
    } else if (const auto failed = read_scanned(words, bytes, empty_pages)) {
      return tl::unexpected(*failed);
    }
  }
  const bool any = std::any_of(words.pages.begin(), words.pages.end(), [](const Page& page) { return !page.words.empty(); });
  if (!any) return base::problem("document_without_text", "Das PDF enthält keinen Text: alle Seiten sind leer.");
  return words;
}

}  // namespace zielwerk::documents
