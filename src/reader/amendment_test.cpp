// Invented people and places throughout.
#include <gtest/gtest.h>

#include "documents/document.h"
#include "reader/reader.h"

namespace zielwerk::reader {
namespace {

boost::json::object agreement(const std::string& body) {
  documents::Document document;
  document.name = "x.txt";
  document.text = "Änderungsvereinbarung\n\nzur Zielvereinbarung 2020 vom 9. Januar 2020\n\nzwischen dem Ministerium für Arbeit des Landes Hessen und dem Landkreis Auental\n\n§ 48b Abs. 1 S. 1 Nr. 4 SGB II\n\n" + body;
  const auto reading = read(document);
  return reading ? reading->draft.at("agreement").as_object() : boost::json::object();
}

TEST(Amendment, WhatIsReplacedAndWhatIsStruckOut) {
  const auto made = agreement("1. In Ziffer 2 wird die Angabe „um 2,0 Prozent steigt“ durch die Angabe „um höchstens 3,0 Prozent sinkt“ ersetzt.\n\n2. Ziffer 3 (Bestand, minus 1 Prozent) wird gestrichen.\n\nDiese Vereinbarung tritt mit Wirkung vom 1. April 2020 in Kraft.\n\nWiesbaden, den 3.6.2020\n\nUte Falk\n");
  const auto& amends = made.at("amends").as_object();
  EXPECT_EQ(amends.at("agreement_date"), "2020-01-09");
  EXPECT_EQ(amends.at("effective_from"), "2020-04-01");
  EXPECT_EQ(amends.at("retroactive"), true);
  const auto& changes = amends.at("changes").as_array();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].at("op"), "REPLACE");
  EXPECT_EQ(changes[0].at("old"), "um 2,0 Prozent steigt");
  EXPECT_EQ(changes[1].at("op"), "DELETE");
}

TEST(Triggers, WhoIsNamedFirstActs) {
  const auto made = agreement("Liegt ein Wert um mehr als 5 Prozent zurück, legt der Landkreis dem Ministerium einen Maßnahmenplan vor.\n");
  const auto& triggers = made.at("triggers").as_array();
  ASSERT_EQ(triggers.size(), 1U);
  EXPECT_EQ(triggers[0].at("action"), "ACTION_PLAN");
  EXPECT_EQ(triggers[0].at("who"), "P2");
}

}  // namespace
}  // namespace zielwerk::reader
