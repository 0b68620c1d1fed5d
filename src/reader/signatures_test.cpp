// Invented people and places throughout.
#include <gtest/gtest.h>

#include "documents/document.h"
#include "reader/reader.h"

namespace zielwerk::reader {
namespace {

namespace json = boost::json;

const std::string head = "Zielvereinbarung 2021\n\nzwischen dem Ministerium für Arbeit des Landes Hessen, vertreten durch Staatssekretärin Ute Falk,\n\nund dem Landkreis Auental als zugelassenem kommunalen Träger, vertreten durch Landrat Jan Grote\n\n§ 48b Abs. 1 S. 1 Nr. 4 SGB II\n\nAlles Weitere regelt das Gesetz.\n\n";

json::array signatures(const std::string& tail) {
  documents::Document document;
  document.name = "x.txt";
  document.text = head + tail;
  const auto reading = read(document);
  return reading ? reading->draft.at("agreement").at("signatures").as_array() : json::array();
}

std::string text(const json::value& value) { return value.is_string() ? std::string(value.as_string()) : "null"; }

TEST(Signatures, DatesFirstThenNames) {
  const auto all = signatures("Wiesbaden, den 3.2.2021\n\nAuental, den 1. März 2021\n\nUte Falk\n\nJan Grote\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(text(all[0].at("date_iso")), "2021-02-03");
  EXPECT_EQ(text(all[1].at("date_iso")), "2021-03-01");
  EXPECT_EQ(text(all[1].at("signer")), "Jan Grote");
  EXPECT_EQ(text(all[1].at("function")), "Landrat");
}

TEST(Signatures, TwoColumnsAreReadDownwards) {
  const auto all = signatures("Wiesbaden, 3.2.2021                Auental, 05/12/2020\n\ni. V. Eva Rahn                     gez. Grote\nMinisterialdirigentin              Landrat\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(text(all[0].at("signer")), "Eva Rahn");
  EXPECT_TRUE(all[0].at("on_behalf").as_bool());
  EXPECT_EQ(text(all[0].at("function")), "Ministerialdirigentin");
  EXPECT_EQ(text(all[1].at("signer")), "Jan Grote");
  EXPECT_EQ(text(all[1].at("date_iso")), "2020-12-05");
  EXPECT_EQ(text(all[1].at("date_quality")), "COMPLETE_SLASH_FORMAT");
}

TEST(Signatures, WhatIsIllegibleStaysOpen) {
  const auto all = signatures("Wiesbaden, den 27. 2021\n\nAuental, den __.__.2021\n\nUte Falk\n\nJan Grote\n");
  ASSERT_EQ(all.size(), 2U);
  for (const auto& one : all) EXPECT_TRUE(one.at("date_iso").is_null());
  EXPECT_EQ(text(all[0].at("date_quality")), "PARTIAL_MONTH_MISSING");
  EXPECT_EQ(text(all[1].at("date_quality")), "BLANK_DAY_MONTH");
}

TEST(Signatures, ScannedDigitsArePutRightAndSaidSo) {
  const auto all = signatures("Wiesbaden, den l4.O2.2021\n\nAuental, den 3. Dez. 2o2O\n\nUte Falk\n\nJan Grote\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(text(all[0].at("date_iso")), "2021-02-14");
  EXPECT_EQ(text(all[0].at("date_quality")), "COMPLETE_OCR_CORRECTED");
  EXPECT_EQ(text(all[1].at("date_iso")), "2020-12-03");
}

TEST(Signatures, NoDayOfTheCalendarIsNoDate) {
  const auto all = signatures("Wiesbaden, den 31.02.2021\n\nUte Falk\n");
  for (const auto& one : all) EXPECT_TRUE(one.at("date_iso").is_null());
}

}  // namespace
}  // namespace zielwerk::reader
