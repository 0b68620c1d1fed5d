#include "server/kept.h"

#include <gtest/gtest.h>

#include "intake/xlsx.h"
#include "report/table.h"
#include "server/compression.h"

namespace zielwerk::server {
namespace {

Request asking(const std::string& coding) {
  Request request;
  request.method = "GET";
  request.headers["accept-encoding"] = coding;
  return request;
}

Response text(std::string body, int status = 200) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

TEST(Kept, AnswersTheSameQuestionOnceUntilTheStoreChanges) {
  std::uint64_t state = 1;
  int asked = 0;
  Kept kept([&] { return state; });
  const auto ask = [&](const std::string& key, const std::string& coding = "") { return kept.answer(asking(coding), key, [&] { return ++asked, text(std::string(2000, 'a') + std::to_string(asked)); }); };
  const auto first = ask("alle /x");
  EXPECT_EQ(ask("alle /x").body, first.body);
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(first.tag, fingerprint(first.body));
  ask("33148 /x");
  EXPECT_EQ(asked, 2) << "another Zuständigkeit is another question";
  ask("alle /x", "gzip");
  EXPECT_EQ(asked, 3) << "packed is kept beside plain";
  EXPECT_EQ(ask("alle /x", "gzip").headers.size(), 2U) << "Vary and Content-Encoding, once each";
  state = 2;
  EXPECT_NE(ask("alle /x").body, first.body);
}

TEST(Kept, ForgetsTheOldestAndNeverKeepsAFailure) {
  int asked = 0;
  Kept kept([] { return std::uint64_t{7}; }, 20'000);
  const auto ask = [&](int number, int status) { kept.answer(asking(""), "alle /" + std::to_string(number), [&] { return ++asked, text(std::string(5000, 'a'), status); }); };
  ask(0, 404);
  ask(0, 404);
  EXPECT_EQ(asked, 2);
  for (const int number : {1, 2, 3, 1, 4, 1}) ask(number, 200);
  EXPECT_EQ(asked, 6) << "1 was asked again and stays, 2 had to go";
  ask(2, 200);
  EXPECT_EQ(asked, 7);
}

TEST(Kept, AFailedViewIsMadeAgain) {
  std::uint64_t state = 1;
  int made = 0;
  Kept kept([&] { return state; });
  const auto view = [&](bool good) { return kept.overview("06", [&]() -> base::Result<app::Overview> { return ++made, good ? base::Result<app::Overview>(app::Overview{}) : base::problem("month_invalid", ""); }); };
  EXPECT_FALSE(view(false));
  const auto first = view(true);
  EXPECT_EQ(*view(true), *first);
  EXPECT_EQ(made, 2);
  state = 2;
  EXPECT_NE(*view(true), *first);
}

const report::Table table{"Vergleich", {{"name", "Jobcenter"}, {"wert", "K2 in %", report::Align::Decimal}, {"grund", "Grund"}},
                          {{{"=1+1; \"böse\"", {}, {}}, {"-1.234,5", "-1234.5", {}}, {"@x", {}, {}}}, {{"Größe", {}, {}}, {"", {}, {}}, {"-9", {}, {}}}},
                          {"erfunden"}};

TEST(Download, ASpreadsheetReadsTextsAndGermanNumbers) {
  EXPECT_EQ(report::as_spreadsheet_csv(table),
            "\xEF\xBB\xBFJobcenter;K2 in %;Grund\n"
            "\"'=1+1; \"\"böse\"\"\";-1234,5;'@x\n"
            "Größe;;'-9\n");
}

TEST(Download, AWorkbookKeepsNumbersAsNumbersAndTextsAsTexts) {
  auto book = intake::XlsxFile::open(report::as_workbook(table));
  ASSERT_TRUE(book.has_value()) << book.error().message;
  const auto sheet = book->read(0);
  ASSERT_TRUE(sheet.has_value()) << sheet.error().message;
  EXPECT_EQ(book->sheets(), std::vector<std::string>{"Tabelle"});
  EXPECT_EQ(sheet->at(2, 0).kind, intake::CellKind::Text);
  EXPECT_EQ(sheet->at(2, 0).text, "=1+1; \"böse\"");
  EXPECT_EQ(sheet->at(2, 1).kind, intake::CellKind::Number);
  EXPECT_EQ(sheet->at(2, 1).text, "-1234.5");
  EXPECT_EQ(sheet->at(3, 1).kind, intake::CellKind::Empty) << "missing is not zero";
}

}  // namespace
}  // namespace zielwerk::server
