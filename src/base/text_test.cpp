#include "base/text.h"

#include <gtest/gtest.h>

namespace zielwerk::base {
namespace {

using Lines = std::vector<std::string>;

TEST(Text, BytesOfFiles) {
  const std::pair<std::string, std::string> cases[] = {
      {"Düren", "Düren"},
      {"\xEF\xBB\xBF" "Düren", "Düren"},  // BOM
      {"D\xFCren", "Düren"},              // CP1252
      {"\x80 \x96 \x84x\x93", "€ – „x“"},
      {"", ""},
      {"\xEF\xBB\xBF", ""},
      {"\xC3", "Ã"},                      // a cut sequence is not UTF-8
      {"\xC0\xAF", "À¯"},                 // overlong
      {"\xED\xA0\x80", "í\xC2\xA0€"},     // a surrogate half
  };
  for (const auto& [bytes, text] : cases) EXPECT_EQ(to_utf8(bytes), text) << base::quoted(bytes);
  EXPECT_TRUE(is_utf8("Größe"));
  EXPECT_FALSE(is_utf8("Gr\xF6\xDF" "e"));
}

TEST(Text, TrimSplitJoin) {
  EXPECT_EQ(trim(" \t\xC2\xA0 1.132 \xC2\xA0\r\n"), "1.132");
  EXPECT_EQ(trim("\xC2\xA0"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("à"), "à");  // ends with the second byte of no-break space's cousin
  EXPECT_EQ(split("a;;b;", ';'), (Lines{"a", "", "b", ""}));
  EXPECT_EQ(split("", ';'), Lines{""});
  EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Text, Width) {
  const std::pair<const char*, std::size_t> cases[] = {
      {"", 0}, {"Ziel", 4}, {"Größe", 5}, {"1.132 €", 7}, {"o\xCC\x88", 1} /* o and a combining mark */, {"漢字", 4}, {"\xFF", 1},
  };
  for (const auto& [text, width] : cases) EXPECT_EQ(display_width(text), width) << text;
}

TEST(Text, Wrap) {
  struct Case {
    const char* text;
    std::size_t width;
    Lines lines;
  };
  const Case cases[] = {
      {"", 10, {""}},
      {"kurz", 10, {"kurz"}},
      {"genau zehn", 10, {"genau zehn"}},
      {"mindestens um 9,9 Prozent", 10, {"mindestens", "um 9,9", "Prozent"}},
      {"Langzeitleistungsbeziehende", 10, {"Langzeitle", "istungsbez", "iehende"}},
      {"der Größenänderung", 8, {"der", "Größenän", "derung"}},
      {"漢字漢字", 5, {"漢字", "漢字"}},  // a wide character is never halved
      {"ab", 1, {"a", "b"}},
  };
  for (const auto& c : cases) EXPECT_EQ(wrap(c.text, c.width), c.lines) << c.text;
}

TEST(Text, Quoted) {
  EXPECT_EQ(base::quoted("2021-13"), "„2021-13“");
  EXPECT_EQ(base::quoted("a\tb\x1B[31m"), "„a\\x09b\\x1B[31m“");
  EXPECT_EQ(base::quoted("D\xFCr"), "„D\\xFCr“");
  EXPECT_EQ(base::quoted(std::string(60, 'x')), "„" + std::string(60, 'x') + "“");
  EXPECT_EQ(base::quoted(std::string(61, 'x')), "„" + std::string(60, 'x') + "…“");
}

}  // namespace
}  // namespace zielwerk::base
