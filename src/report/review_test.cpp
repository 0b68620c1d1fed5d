#include "report/review.h"

#include <gtest/gtest.h>

#include "report/marked_text.h"
#include "report/review_tables.h"
#include "report/review_words.h"

namespace zielwerk::report {
namespace {

documents::Document paper(const std::string& text) {
  documents::Document document;
  document.name = "papier\x1b[31m.txt";
  document.media = "text/plain";
  document.bytes = text.size();
  document.text = text;
  return document;
}

// C1 control characters are valid UTF-8 and would steer a terminal.
const std::string hostile = "Zielvereinbarung 2024\n\nDas Ziel ist im Jahr 2024 erreicht, wenn die Integrationsquote gegenüber dem Vorjahr um 3,1 % steigt.\n\nSonst \xC2\x9B" "31m <b>rot & fett</b> \"42 Äpfel\".\n";

struct Reviewed {
  explicit Reviewed(const std::string& text) : document(paper(text)), reading(*reader::read(document)) {}
  Review review() const { return {document, reading, findings, obstacles, "zielwerk …"}; }
  documents::Document document;
  reader::Reading reading;
  std::vector<evaluation::Finding> findings;
  base::Problems obstacles;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Review, ThePaperSteersNoTerminal) {
  const Reviewed reviewed(hostile);
  const auto plain = review_text(reviewed.review(), {100, false}, false);
  EXPECT_FALSE(has(plain, "\x1b"));
  EXPECT_FALSE(has(plain, "\xC2\x9B"));
  EXPECT_TRUE(has(plain, "\\xC2\\x9B31m"));
  const auto coloured = review_text(reviewed.review(), {100, true}, false);
  EXPECT_FALSE(has(coloured, "\xC2\x9B"));
  EXPECT_FALSE(has(coloured, "\x1b[31m.txt"));
}

TEST(Review, ColoursEndWithTheLine) {
  const Reviewed reviewed(hostile);
  for (const std::size_t width : {40U, 60U, 100U}) {
    const auto text = review_text(reviewed.review(), {width, true}, false);
    bool open = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\n') {
        EXPECT_FALSE(open) << "in column width " << width;
      }
      if (text[at] != '\x1b') continue;
      const auto end = text.find('m', at);
      open = text.substr(at + 2, end - at - 2) != "0";
    }
  }
}

TEST(Review, ThePageHoldsNoMarkupOfThePaper) {
  const Reviewed reviewed(hostile);
  const auto page = review_page(reviewed.review());
  EXPECT_TRUE(has(page, "&lt;b&gt;rot &amp; fett&lt;/b&gt;"));
  EXPECT_FALSE(has(page, "<b>"));
  EXPECT_FALSE(has(page, "<script"));
  EXPECT_FALSE(has(page, "\x1b"));
  EXPECT_TRUE(has(page, "id=\"z3\""));
}

TEST(Review, BracketsCloseWhatTheyOpen) {
  const Reviewed reviewed(hostile);
  const auto text = review_text(reviewed.review(), {100, false}, false);
  const auto begin = text.find("\n\n", text.find("‹gelesene"));
  const auto body = text.substr(begin, text.find("Gelesene Felder") - begin);
  const auto count = [&](std::string_view sign) {
    std::size_t found = 0;
    for (auto at = body.find(sign); at != std::string::npos; at = body.find(sign, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("‹"), count("›"));
  EXPECT_EQ(count("["), count("]"));
  EXPECT_TRUE(has(body, "um [3,1] %"));
}

TEST(Review, NumbersAddUp) {
  const Reviewed reviewed(hostile);
  const auto balance = number_balance(reviewed.reading);
  EXPECT_TRUE(balance.starts_with(std::to_string(reviewed.reading.numbers.size()) + " Zahlen: ")) << balance;
}

TEST(Review, LinesKeepTheirNumbers) {
  const Reviewed reviewed("Zielvereinbarung 2024\r\n\r\n\tText mit Tabulator\f\r\n");
  const auto lines = marked_lines(reviewed.document.text, reviewed.reading.marks, reviewed.reading.open_points);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].number, 1);
  EXPECT_EQ(lines[1].number, 3);
  EXPECT_EQ(lines[1].pieces.front().text, " Text mit Tabulator ");
}

TEST(Review, UnknownCodesStayReadable) {
  EXPECT_EQ(in_words("INTEGRATION_RATE"), "Integrationsquote");
  EXPECT_EQ(in_words("NEUER_CODE"), "NEUER_CODE");
  EXPECT_EQ(short_name("targets[T1].value"), "Ziel T1 Wert");
  EXPECT_EQ(short_name("year"), "Jahr");
}

}  // namespace
}  // namespace zielwerk::report
