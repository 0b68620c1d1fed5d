// What sentences agree on: wording -> target, through the whole reader. All sentences are invented.
#include <gtest/gtest.h>

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "reader/reader.h"

namespace zielwerk::reader {
namespace {

namespace bj = boost::json;

Reading reading_of(const std::string& sentences) {
  documents::Document document;
  document.name = "erfunden.txt";
  document.sha256 = std::string(64, 'a');
  document.media = "text/plain";
  document.text = "Zielvereinbarung\n\nfür das Jahr 2019\n\n1. Ziele 2019\n\n" + sentences + "\n";
  document.bytes = document.text.size();
  auto reading = read(document);
  EXPECT_TRUE(reading.has_value());
  return std::move(*reading);
}

std::string text(const bj::value& value) { return value.is_null() ? "" : value.is_string() ? std::string(value.as_string()) : bj::serialize(value); }

std::string number(const bj::value& value) {
  auto shown = fmt::format("{:.6f}", value.to_number<double>());  // a test's print, no verdict
  shown.erase(shown.find_last_not_of('0') + 1);
  if (shown.back() == '.') shown.pop_back();
  return shown == "-0" ? "0" : shown;
}

// "INTEGRATION_RATE/WOMEN RELATIVE_CHANGE INCREASE >= >= 2.5 PERCENT", several with "; ".
std::string agreed(const Reading& reading) {
  std::string all;
  for (const auto& one : reading.draft.at("agreement").at("targets").as_array()) {
    const auto& target = one.as_object();
    const auto group = text(target.at("indicator").at("subgroup"));
    all += fmt::format("{}{}{} {} {} {} {} {} {}", all.empty() ? "" : "; ", text(target.at("indicator").at("code")), group.empty() ? "" : "/" + group, text(target.at("measure")), text(target.at("direction")),
                       text(target.at("comparator_literal")), text(target.at("comparator_effective")), number(target.at("signed_value")), text(target.at("unit")));
  }
  return all;
}
std::string agreed(const std::string& sentences) { return agreed(reading_of(sentences)); }

struct Case {
  std::string words, expected;
};

void expect_all(const std::vector<Case>& cases, const std::string& frame) {
  for (const auto& [words, expected] : cases) {
    auto sentence = frame;
    sentence.replace(sentence.find("@"), 1, words);
    EXPECT_EQ(agreed(sentence), expected) << sentence;
  }
}

std::string rate(const std::string& rest) { return "INTEGRATION_RATE RELATIVE_CHANGE " + rest + " PERCENT"; }
std::string stock(const std::string& rest) { return "LZB_STOCK RELATIVE_CHANGE " + rest + " PERCENT"; }

// --- polarity: bound x direction x good side --------------------------------------------------------------------------------------------

TEST(TargetChange, OfWhatShouldBeHigh) {
  expect_all({{"um 3 Prozent steigt", rate("INCREASE = >= 3")},
              {"um mindestens 3 Prozent steigt", rate("INCREASE >= >= 3")},
              {"um nicht weniger als 3 Prozent steigt", rate("INCREASE >= >= 3")},
              {"um wenigstens 3 Prozent zunimmt", rate("INCREASE >= >= 3")},
              {"um mehr als 3 Prozent steigt", rate("INCREASE > > 3")},
              {"sich um 3 Prozent verbessert", rate("INCREASE = >= 3")},
              {"um 3 Prozent über dem Vorjahr liegt", rate("INCREASE = >= 3")},
              {"um höchstens 3 Prozent sinkt", rate("LIMIT_DECREASE <= >= -3")},
              {"um nicht mehr als 3 Prozent sinkt", rate("LIMIT_DECREASE <= >= -3")},
              {"um maximal 3 Prozent zurückgeht", rate("LIMIT_DECREASE <= >= -3")},
              {"um höchstens 3 Prozent hinter 2018 zurückbleibt", rate("LIMIT_DECREASE <= >= -3")},
              {"um nicht mehr als 3 Prozent unter dem Vorjahr liegt", rate("LIMIT_DECREASE <= >= -3")},
              {"um bis zu 3 Prozent abnimmt", rate("LIMIT_DECREASE <= >= -3")},
              {"um weniger als 3 Prozent sinkt", rate("LIMIT_DECREASE < > -3")},
              {"dem Ergebnis des Vorjahres entspricht", rate("HOLD = >= 0")},
              {"nicht unter dem Vorjahresergebnis liegt", rate("HOLD >= >= 0")},
              {"gegenüber dem Vorjahr nicht sinkt", rate("HOLD >= >= 0")}},
             "Das Ziel ist erreicht, wenn die Integrationsquote @.");
}

TEST(TargetChange, OfWhatShouldBeLow) {
  expect_all({{"um 3 Prozent sinkt", stock("DECREASE = <= -3")},
              {"um mindestens 3 Prozent sinkt", stock("DECREASE >= <= -3")},
              {"sich um wenigstens 3 Prozent verringert", stock("DECREASE >= <= -3")},
              {"um mehr als 3 Prozent zurückgeht", stock("DECREASE > < -3")},
              {"um 3 Prozent unter dem Vorjahr liegt", stock("DECREASE = <= -3")},
              {"um höchstens 3 Prozent steigt", stock("LIMIT_INCREASE <= <= 3")},
              {"um nicht mehr als 3 Prozent zunimmt", stock("LIMIT_INCREASE <= <= 3")},
              {"um maximal 3 Prozent über dem Vorjahr liegt", stock("LIMIT_INCREASE <= <= 3")},
              {"den Vorjahreswert um nicht mehr als 3 Prozent überschreitet", stock("LIMIT_INCREASE <= <= 3")},
              {"um weniger als 3 Prozent steigt", stock("LIMIT_INCREASE < < 3")},
              {"dem Ergebnis des Vorjahres entspricht", stock("HOLD = <= 0")},
              {"gegenüber dem Vorjahr gleich bleibt", stock("HOLD = <= 0")},
              {"gegenüber dem Vorjahr nicht steigt", stock("HOLD <= <= 0")}},
             "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehenden @.");
}

TEST(TargetLevel, OfWhatShouldBeHigh) {
  const auto level = [](const std::string& rest) { return "INTEGRATION_RATE LEVEL LEVEL_MIN " + rest + " PERCENT"; };
  expect_all({{"bei 20,5 Prozent liegt", level("= >= 20.5")},
              {"20,5 Prozent beträgt", level("= >= 20.5")},
              {"auf 20,5 Prozent steigt", level("= >= 20.5")},
              {"mindestens 20,5 Prozent beträgt", level(">= >= 20.5")},
              {"nicht unter 20,5 Prozent liegt", level(">= >= 20.5")},
              {"nicht weniger als 20,5 Prozent erreicht", level(">= >= 20.5")},
              {"20,5 Prozent oder mehr erreicht", level(">= >= 20.5")},
              {"über 20,5 Prozent liegt", level("> > 20.5")},
              {"mehr als 20,5 Prozent beträgt", level("> > 20.5")}},
             "Das Ziel ist erreicht, wenn die Integrationsquote @.");
}

TEST(TargetLevel, OfWhatShouldBeLow) {
  const auto level = [](const std::string& rest) { return "LZB_STOCK LEVEL LEVEL_MAX " + rest + " COUNT"; };
  expect_all({{"bei 3.400 liegt", level("= <= 3400")},
              {"auf 3.400 zurückgeht", level("= <= 3400")},
              {"höchstens 3.400 beträgt", level("<= <= 3400")},
              {"nicht mehr als 3.400 beträgt", level("<= <= 3400")},
              {"maximal bei 3.400 liegt", level("<= <= 3400")},
              {"nicht über 3.400 liegt", level("<= <= 3400")},
              {"3.400 nicht überschreitet", level("<= <= 3400")},
              {"unter 3.400 liegt", level("< < 3400")},
              {"weniger als 3.400 beträgt", level("< < 3400")},
              {"auf unter 3.400 gesenkt wird", level("< < 3400")}},
             "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehenden im Jahresdurchschnitt @.");
}

TEST(TargetChange, WithTheParticleAtTheEnd) {
  EXPECT_EQ(agreed("Das Ziel ist erreicht: Die Integrationsquote nimmt gegenüber dem Vorjahr um mindestens 3 Prozent zu."), rate("INCREASE >= >= 3"));
  EXPECT_EQ(agreed("Das Ziel ist erreicht: Die Integrationsquote nimmt gegenüber dem Vorjahr um nicht mehr als ein halbes Prozent ab."), rate("LIMIT_DECREASE <= >= -0.5"));
  EXPECT_EQ(agreed("Der Bestand an Langzeitleistungsbeziehenden soll um mindestens 3 Prozent zurückgehen."), stock("DECREASE >= <= -3"));
  EXPECT_EQ(agreed("Der Bestand an Langzeitleistungsbeziehenden darf den Vorjahreswert um nicht mehr als 3 Prozent überschreiten."), stock("LIMIT_INCREASE <= <= 3"));
}

// --- numbers ------------------------------------------------------------------------------------------------------------------------------

TEST(TargetNumber, EveryWayOfWritingAPercentage) {
  expect_all({{"9,9 Prozent", rate("INCREASE = >= 9.9")},
              {"13,8 %", rate("INCREASE = >= 13.8")},
              {"0,5%", rate("INCREASE = >= 0.5")},
              {"2\u00A0%", rate("INCREASE = >= 2")},
              {"2,5 v. H.", rate("INCREASE = >= 2.5")},
              {"2,5 v.H.", rate("INCREASE = >= 2.5")},
              {"ein Prozent", rate("INCREASE = >= 1")},
              {"ein halbes Prozent", rate("INCREASE = >= 0.5")},
              {"anderthalb Prozent", rate("INCREASE = >= 1.5")},
              {"fünfeinhalb Prozent", rate("INCREASE = >= 5.5")},
              {"zwölf Prozent", rate("INCREASE = >= 12")},
              {"1½ Prozent", rate("INCREASE = >= 1.5")},
              {"ein Viertel", rate("INCREASE = >= 25")},
              {"2,\n3 Prozent", rate("INCREASE = >= 2.3")},
              {"l,2 %", rate("INCREASE = >= 1.2")},
              {"o,5 %", rate("INCREASE = >= 0.5")},
              {"1\u00AD,5 Pro\u00ADzent", rate("INCREASE = >= 1.5")},
              {"0,8 Prozentpunkte", "INTEGRATION_RATE POINT_CHANGE INCREASE = >= 0.8 PERCENTAGE_POINT"},
              {"0,8 Prozent-Punkte", "INTEGRATION_RATE POINT_CHANGE INCREASE = >= 0.8 PERCENTAGE_POINT"},
              {"0,8 %-Punkte", "INTEGRATION_RATE POINT_CHANGE INCREASE = >= 0.8 PERCENTAGE_POINT"},
              {"0,8 PP", "INTEGRATION_RATE POINT_CHANGE INCREASE = >= 0.8 PERCENTAGE_POINT"},
              {"einen halben Prozentpunkt", "INTEGRATION_RATE POINT_CHANGE INCREASE = >= 0.5 PERCENTAGE_POINT"}},
             "Das Ziel ist erreicht, wenn die Integrationsquote um @ gegenüber dem Vorjahr steigt.");
}

TEST(TargetNumber, EveryWayOfWritingACount) {
  const auto level = [](const std::string& value) { return "INTEGRATIONS_COUNT LEVEL LEVEL_MIN >= >= " + value + " COUNT"; };
  expect_all({{"900", level("900")}, {"7.331", level("7331")}, {"34 500", level("34500")}, {"4\u2009812", level("4812")}, {"4\u00A0812", level("4812")}, {"5.4OO", level("5400")}, {"rund 900", level("900")}},
             "Das Ziel ist erreicht, wenn mindestens @ Integrationen gelingen.");
}

TEST(TargetNumber, SignsOfShortForms) {
  expect_all({{"K3 = - 0,4 Prozent", stock("DECREASE = <= -0.4")},
              {"K3 = – 1,8 Prozent", stock("DECREASE = <= -1.8")},
              {"K3 = −2,0 %", stock("DECREASE = <= -2")},
              {"K 3 = -2,0 v. H.", stock("DECREASE = <= -2")}},
             "Vermeidung von langfristigem Leistungsbezug\n\n@");
  EXPECT_EQ(agreed("Das Ziel ist erreicht, wenn die Integrationsquote um 9,9 Prozent gegenüber dem Vorjahr steigt (K2 = 9,9 Prozent)."), rate("INCREASE = >= 9.9"));
  EXPECT_EQ(agreed("Zielwert für den Bestand an Langzeitleistungsbeziehenden: K3 = - 0,4 Prozent"), stock("DECREASE = <= -0.4"));
}

// --- roles: what only looks like a target ---------------------------------------------------------------------------------------------------

TEST(TargetRole, OtherNumbersAreNone) {
  for (const char* sentence : {
           "Nach der Prognose steigt die Integrationsquote um 3 Prozent gegenüber dem Vorjahr.",
           "Das Jobcenter rechnet mit einer Integrationsquote von 21,3 Prozent.",
           "Erwartet wird ein Bestand von 3.400 Langzeitleistungsbeziehenden.",
           "Nachrichtlich: Die Integrationsquote lag zuletzt bei 21,3 Prozent.",
           "Im Jahr 2018 stieg die Integrationsquote um 3,1 Prozent; vereinbart waren 2,5 Prozent.",
           "Der Landkreis hatte zunächst eine Steigerung der Integrationsquote um 4,0 Prozent angeboten; der Vorschlag wurde abgelehnt.",
           "Die Entwicklung der Summe der Leistungen zum Lebensunterhalt wird beobachtet; ein Zielwert wird nicht vereinbart.",
           "Für die Eingliederung stehen 8,2 Mio. Euro zur Verfügung.",
           "Das Projekt „Ankerplatz“ bietet 24 Plätze.",
           "Weicht der Bestand an Langzeitleistungsbeziehenden um mehr als 5 Prozent vom Soll ab, legt das Jobcenter einen Plan vor.",
           "Die Integrationsquote soll besondere Aufmerksamkeit erhalten.",
           "Der Bestand an Langzeitleistungsbeziehenden soll so gering wie möglich sein.",
       }) {
    EXPECT_EQ(agreed(sentence), "") << sentence;
  }
}

TEST(TargetRole, MonitoringInTheSameParagraphDoesNotHideTheTarget) {
  EXPECT_EQ(agreed("Die Summe der Leistungen zum Lebensunterhalt wird beobachtet. Das Ziel ist erreicht, wenn die Integrationsquote um 3 Prozent steigt."), rate("INCREASE = >= 3"));
  EXPECT_EQ(agreed("Das Ziel ist erreicht, wenn die Integrationsquote, die 2018 bei 21,3 Prozent lag, um 3 Prozent steigt."), rate("INCREASE = >= 3"));
  EXPECT_EQ(agreed("Die Integrationsquote, für die 22 Prozent erwartet werden, soll um 3 Prozent gesteigert werden."), rate("INCREASE = >= 3"));
}

TEST(TargetRole, TwoStatementsOneTarget) {
  EXPECT_EQ(agreed("Das Ziel ist erreicht, wenn sich die Zahl der Integrationen um mindestens 2,5 % (das sind 60 Integrationen) gegenüber dem Vorjahr erhöht."),
            "INTEGRATIONS_COUNT RELATIVE_CHANGE INCREASE >= >= 2.5 PERCENT");
}

// --- kinds ----------------------------------------------------------------------------------------------------------------------------------

TEST(TargetKind, OfTheCatalogue) {
  const std::vector<Case> cases{
      {"Der Abstand zwischen den Integrationsquoten von Männern und Frauen soll um 0,2 Prozentpunkte schrumpfen.", "GENDER_GAP_INTEGRATION_RATE POINT_CHANGE DECREASE = <= -0.2 PERCENTAGE_POINT"},
      {"Das Ziel ist erreicht, wenn sich der Abstand der Integrationsquoten von Frauen und Männern nicht vergrößert.", "GENDER_GAP_INTEGRATION_RATE POINT_CHANGE HOLD <= <= 0 PERCENTAGE_POINT"},
      {"Zielwert Integrationsquote: 22,6 %.", "INTEGRATION_RATE LEVEL LEVEL_MIN = >= 22.6 PERCENT"},
      {"Mindestens 98 % der Eingliederungsmittel sollen eingesetzt werden.", "EGT_UTILISATION LEVEL LEVEL_MIN >= >= 98 PERCENT"},
      {"Über Neuanträge soll in höchstens 15 Arbeitstagen entschieden werden.", "PROCESSING_DAYS/NEW_APPLICATIONS LEVEL LEVEL_MAX <= <= 15 WORKING_DAYS"},
      {"Zielwert Kundenzufriedenheit: Note 2,3 oder besser.", "CUSTOMER_SATISFACTION LEVEL LEVEL_MAX <= <= 2.3 GRADE"},
      {"Einpersonenhaushalte sollen weniger als die Hälfte aller Bedarfsgemeinschaften stellen.", "SINGLE_PERSON_BG_SHARE LEVEL LEVEL_MAX < < 50 PERCENT"},
      {"Die Integrationsquote der Langzeitleistungsbeziehenden (K3E1) soll um 3,5 % klettern.", "INTEGRATION_RATE/LZB RELATIVE_CHANGE INCREASE = >= 3.5 PERCENT"},
      {"Es sollen mehr als 200 Integrationen von Frauen gelingen.", "INTEGRATIONS_COUNT/WOMEN LEVEL LEVEL_MIN > > 200 COUNT"},
      {"Die Integrationsquote soll höchstens einen Prozentpunkt unter dem Landeswert liegen.", "GAP_TO_STATE_AVERAGE_INTEGRATION_RATE GAP_TO_REFERENCE LEVEL_MAX <= <= 1 PERCENTAGE_POINT"},
      {"Die Integrationsquote soll um einen Wert zwischen 0,5 und 1 Prozent wachsen.", "INTEGRATION_RATE RELATIVE_CHANGE CORRIDOR RANGE >= 0.5 PERCENT"},
  };
  for (const auto& [sentence, expected] : cases) EXPECT_EQ(agreed(sentence), expected) << sentence;
}

// --- numbers that are no value: none is a target, none is unread

TEST(TargetNumber, LawLabelsPagesAndDatesAreExplained) {
  for (const char* words : {"Gemäß § 48b Abs. 3 Satz 2 Nr. 4 SGB II (BGBl. I S. 1234) wird vereinbart.", "Leistungen nach §§ 16a, 24 und 28 SGB II", "Menschen über 58+ und U25", "Seite 4 von 9",
                            "Berichtet wird am 30.04., 31.07. und 31.10.2021.", "Es gilt eine Wartezeit von drei Monaten (t-3).", "Vergleichstyp Ia"}) {
    const auto reading = reading_of(words);
    EXPECT_EQ(agreed(reading), "") << words;
    for (const auto& one : reading.numbers) EXPECT_NE(one.as, NumberUse::As::Unread) << words << ": " << one.text;
  }
}

TEST(TargetNumber, WhatIsNotReadIsNotExplainedAway) {
  for (const char* words : {"40 Förderungen nach § 16i", "Einpersonenhaushalte sollen weniger als die Hälfte aller Bedarfsgemeinschaften stellen.", "Zugänge in Langzeitarbeitslosigkeit, nicht größer als | 980"}) {
    const auto reading = reading_of(words);
    const bool asked = std::any_of(reading.open_points.begin(), reading.open_points.end(), [](const OpenPoint& point) { return point.code == "number_unread" || point.code == "target_like_sentence"; });
    EXPECT_TRUE(asked || !agreed(reading).empty()) << words;
  }
}

// --- what is not understood is said ------------------------------------------------------------------------------------------------------------

TEST(TargetDamage, IsFlaggedNotGuessed) {
  const auto damaged = reading_of("Das Ziel ist erreicht, wenn die Integrationsquote um l,2 % steigt.");
  const auto traps = bj::serialize(damaged.draft.at("agreement").at("targets").at(0).at("ambiguities"));
  EXPECT_NE(traps.find("OCR_L_FOR_1"), std::string::npos) << traps;
}

TEST(TargetReference, IsKept) {
  const auto reading = reading_of("Das Ziel ist erreicht, wenn die Integrationsquote um 3 % im Vergleich zu 2017 steigt.");
  const auto& reference = reading.draft.at("agreement").at("targets").at(0).at("reference").as_object();
  EXPECT_EQ(reference.at("year").to_number<int>(), 2017);
}

}  // namespace
}  // namespace zielwerk::reader
