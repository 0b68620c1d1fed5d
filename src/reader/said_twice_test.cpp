#include <algorithm>

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "reader/reader.h"

namespace zielwerk::reader {
namespace {

namespace json = boost::json;

json::value read_sentence(const std::string& sentence) {
  documents::Document document;
  document.name = "satz.txt";
  document.text = "Zielvereinbarung 2019\n\nzwischen dem Land Musterland und dem Jobcenter Musterkreis\n\n1. Ziele\n\n" + sentence + "\n";
  const auto reading = read(document);
  return reading ? json::value(reading->draft) : json::value();
}

bool open(const json::value& draft, std::string_view code) {
  const auto& points = draft.at("document").at("reading").at("open_points").as_array();
  return std::any_of(points.begin(), points.end(), [&](const json::value& point) { return point.at("code").as_string() == code; });
}

TEST(SaidTwice, WordAndFigureAgree) { EXPECT_FALSE(open(read_sentence("Mindestens fünfzig (50) Personen nach § 16i SGB II werden gefördert."), "number_word_differs")); }

TEST(SaidTwice, WordAndFigureDiffer) {
  const auto draft = read_sentence("Mindestens fünfzig (60) Personen nach § 16i SGB II werden gefördert.");
  ASSERT_EQ(draft.at("agreement").at("targets").as_array().size(), 1U);
  EXPECT_TRUE(open(draft, "number_word_differs"));
}

TEST(SaidTwice, OtherBracketsAreNone) {
  EXPECT_FALSE(open(read_sentence("Mindestens fünfzig Personen nach § 16i SGB II (2018: 60) werden gefördert."), "number_word_differs"));
}

}  // namespace
}  // namespace zielwerk::reader
