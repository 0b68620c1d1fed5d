// What a person sees of a page.
#include "documents/html.h"

#include <gtest/gtest.h>

namespace zielwerk::documents {
namespace {

std::string seen(std::string_view html) { return to_markdown(read_html(html).blocks); }

TEST(Html, Blocks) {
  EXPECT_EQ(seen("<html><head><title>Titel</title><style>p{}</style></head><body><h1>Ziele <b>2024</b></h1>\n<p>Der  <strong>Zielwert </strong>\n ist &lt; 5&nbsp;%."
                 "<br>Neue Zeile</p><script>x=1</script><p style='display: none'>9,9</p>lose</body></html>"),
            "# Ziele **2024**\n\nDer **Zielwert** ist < 5\u00A0%.\nNeue Zeile\n\nlose\n");
}

TEST(Html, Lists) {
  EXPECT_EQ(seen("<ul><li>eins<ul><li>zwei</li></ul></li><li>drei</ul><ol start=3><li>vier<li>fünf</ol>"),
            "- eins\n  - zwei\n- drei\n\n3. vier\n\n4. fünf\n");
}

TEST(Html, Tables) {
  EXPECT_EQ(seen("<table><tr><th rowspan=2>Ziel<th colspan=2>Wert</tr><tr><td>2024<td>2025<tr><td>K2<td>18,9 %<td><p>a</p><ul><li>b</ul></table>"),
            "| Ziel | Wert |  |\n|--|--|--|\n|  | 2024 | 2025 |\n| K2 | 18,9 % | a<br>- b |\n");
  EXPECT_EQ(seen("<table><tr><td>a<table><tr><td>b<td>c</table>d<td>e</table>"), "| a<br>b c<br>d | e |\n|--|--|\n");
}

TEST(Html, WhateverComes) {
  EXPECT_EQ(seen(""), "");
  EXPECT_EQ(seen("<td>a</td></table><li>b"), "a\n\nb\n");
  EXPECT_EQ(seen("<p>Zielwert <b>18,9"), "Zielwert **18,9**\n");
}

}  // namespace
}  // namespace zielwerk::documents
