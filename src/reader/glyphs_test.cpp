// Letters that scanners take for digits, and digits for letters; and what a damaged paper says of itself.
#include "reader/glyphs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <boost/json.hpp>

#include "reader/reader.h"

namespace zielwerk::reader {
namespace {

std::string mended(std::string text) {
  mend_glyphs(text, 0);
  return text;
}

TEST(Glyphs, WhatCanBeNothingElseIsMended) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"um l,2 %", "um 1,2 %"},
      {"um O,5 Prozent", "um 0,5 Prozent"},
      {"lO %", "10 %"},
      {"1O0 Punkte", "100 Punkte"},
      {"5.4OO", "5.400"},
      {"1 940 O00", "1 940 000"},
      {"1 OOO Personen", "1 000 Personen"},
      {"1 : l50", "1 : 150"},
      {"zum 31.l2.2016", "zum 31.12.2016"},
      {"Dezember 2O19", "Dezember 2019"},
      {"21O", "210"},
      {"Hausha1te a11er A1leinerziehenden", "Haushalte aller Alleinerziehenden"},
      {"0ktober", "Oktober"},
      {"3,S Stellen", "3,5 Stellen"},
      {"§§ l6e und 1Oc", "§§ 16e und 10c"},
      {"für1ich", "fürlich"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(mended(text), expected);
}

TEST(Glyphs, WhatMayBeMeantStays) {
  for (const char* text : {"K2", "K3E1", "U25", "§ 16i", "§ 16l SGB II", "Nr. 2l", "SGB II", "SGB Il", "t-0", "II.1", "I2", "1. Ziel", "lokal", "Ole", "Ort", "48b", "2fach", "1mal", "o. g.", "Covid-19", "I.", "„O“", "3–l"}) {
    EXPECT_EQ(mended(text), text);
  }
}

struct Read {
  std::string confidence, traps;
  int asked = 0;
};

Read read_sentence(const std::string& sentence) {
  documents::Document document;
  document.name = "erfunden.txt";
  document.text = "Zielvereinbarung 2019\n\nzwischen dem Land Musterland und dem Jobcenter Musterkreis\n\n1. Ziele\n\n" + sentence + "\n";
  document.bytes = document.text.size();
  const auto reading = read(document);
  Read result;
  for (const auto& mark : reading->marks) {
    if (mark.field == "targets[T1].value" && (result.confidence.empty() || mark.confidence != "exact")) result.confidence = mark.confidence;
  }
  for (const auto& point : reading->open_points) result.asked += point.code == "text_damaged" ? 1 : 0;
  const auto& targets = reading->draft.at("agreement").at("targets").as_array();
  if (!targets.empty()) result.traps = boost::json::serialize(targets.front().at("ambiguities"));
  return result;
}

TEST(Damage, ValuesOfDamagedSentencesAreNeverExact) {
  for (const char* sentence : {"Das Ziel ist erreicht, wenn die Integrationsquote um l,2 % steigt.", "Das Ziel ist erreicht, wenn die Integrationsquote um 1O,2 % steigt.",
                               "Das Zie1 ist erreicht, wenn die Integrationsquote um 2 % steigt.", "Das Ziel ist erreicht, wenn die Integrationsquote gegenüber dern Vorjahr um 2 % steigt."}) {
    const auto read = read_sentence(sentence);
    EXPECT_EQ(read.confidence, "inferred") << sentence;
    EXPECT_NE(read.traps.find("OCR_"), std::string::npos) << sentence;
    EXPECT_EQ(read.asked, 1) << sentence;
  }
}

TEST(Damage, AWholePaperSaysNothing) {
  const auto read = read_sentence("Das Ziel ist erreicht, wenn die Integrationsquote gegenüber dem Vorjahr mit Hilfe der Eltern um 1,2 % steigt.");
  EXPECT_EQ(read.confidence, "exact");
  EXPECT_EQ(read.traps.find("OCR_"), std::string::npos);
  EXPECT_EQ(read.asked, 0);
}

TEST(Damage, MoreThanTheWholeIsAsked) {
  documents::Document document;
  document.name = "erfunden.txt";
  document.text = "Zielvereinbarung 2019\n\n1. Ziele\n\nDas Ziel ist erreicht, wenn die Integrationsquote mindestens 243 % beträgt.\n";
  const auto reading = read(document);
  const bool asked = std::any_of(reading->open_points.begin(), reading->open_points.end(), [](const OpenPoint& point) { return point.code == "value_implausible"; });
  EXPECT_TRUE(asked);
}

TEST(Damage, TornNumbersAreAsked) {
  EXPECT_EQ(read_sentence("Der Bestand sinkt um 2,\n3 Personen im Jahr 2019.").asked, 1);
  EXPECT_EQ(read_sentence("Die Integrationsquote steigt auf 5S,4 %.").asked, 1);
}

}  // namespace
}  // namespace zielwerk::reader
