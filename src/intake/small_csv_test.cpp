#include "intake/small_csv.h"

#include <gtest/gtest.h>

#include "intake/workbook_test_support.h"

namespace zielwerk::intake {
namespace {

using test::Lines;

// "33148=Ib @ gruppen.csv, Zeile 2", or "code | where"
Lines outcome(std::string_view bytes) {
  const auto read = read_small_csv(test::written("gruppen.csv", bytes), {"traeger", "vergleichstyp"});
  Lines list;
  if (!read) {
    for (const auto& one : read.error()) list.push_back(one.code + " | " + one.where);
    return list;
  }
  for (const auto& row : *read) list.push_back(row.fields.at("traeger") + "=" + row.fields.at("vergleichstyp") + " @ " + row.where);
  return list;
}

TEST(SmallCsv, Table) {
  const Lines good = {"33148=IIb @ gruppen.csv, Zeile 2", "04704=größer @ gruppen.csv, Zeile 3"};
  struct Case {
    const char* name;
    std::string bytes;
    Lines expected;
  };
  const Case cases[] = {
      {"UTF-8", "traeger;vergleichstyp\n33148;IIb\n04704;größer\n", good},
      {"BOM and CRLF", "\xEF\xBB\xBFtraeger;vergleichstyp\r\n33148;IIb\r\n04704;größer\r\n", good},
      {"CP1252", "traeger;vergleichstyp\n33148;IIb\n04704;gr\xF6\xDF" "er\n", good},
      {"another order, blanks, no last break", "vergleichstyp ; traeger\n IIb;33148\ngrößer;04704", good},
      {"empty lines count", "traeger;vergleichstyp\n\n33148;IIb\n", {"33148=IIb @ gruppen.csv, Zeile 3"}},
      {"only a header", "traeger;vergleichstyp\n", {}},
      {"empty", "", {"file_empty | gruppen.csv"}},
      {"only blanks", " \n\n", {"file_empty | gruppen.csv"}},
      {"unknown and missing", "traeger;typ\n33148;IIb\n", {"column_unknown | gruppen.csv, Zeile 1", "column_missing | gruppen.csv, Zeile 1"}},
      {"all field counts at once", "traeger;vergleichstyp\n33148\n33148;IIb\n33148;IIb;x\n", {"field_count | gruppen.csv, Zeile 2", "field_count | gruppen.csv, Zeile 4"}},
  };
  for (const auto& c : cases) EXPECT_EQ(outcome(c.bytes), c.expected) << c.name;
  EXPECT_THROW(read_small_csv(test::folder() / "fehlt.csv", {"a"}), base::EnvironmentError);
}

}  // namespace
}  // namespace zielwerk::intake
