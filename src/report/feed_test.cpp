#include "report/feed.h"

#include <gtest/gtest.h>

#include "report/calendar.h"

namespace zielwerk::report {
namespace {

TEST(Atom, KeepsIdsAndEscapes) {
  const Feed feed{"f", "A & B", "", {{"eins", "<Ziel>", "„x“ & y", "2021-06-01", ""}, {"zwei", "t", "t", "2021-06-03", "https://z.example/"}}};
  const auto text = atom(feed, "2021-07-01");
  EXPECT_EQ(text, atom(feed, "2021-07-09")) << "the same duties give the same feed on another day";
  EXPECT_NE(text.find("<title>&lt;Ziel&gt;</title>"), std::string::npos);
  EXPECT_NE(text.find("„x“ &amp; y"), std::string::npos);
  EXPECT_NE(text.find("<updated>2021-06-03T00:00:00Z</updated>"), std::string::npos);
  auto fewer = feed;
  fewer.entries.erase(fewer.entries.begin());
  const auto id = text.substr(text.rfind("<id>"), 54);
  EXPECT_NE(atom(fewer, "2021-07-01").find(id), std::string::npos) << "an id does not depend on the other entries";
}

TEST(Mail, AddressesThatMayStandInAHeader) {
  EXPECT_EQ(mail_addresses("A. Beispiel <a@example.org>; b.beispiel@example.org, Landrat (c@example.org)"), (std::vector<std::string>{"a@example.org", "b.beispiel@example.org", "c@example.org"}));
  EXPECT_TRUE(mail_addresses("niemand, @, a@, @b, a@b@c").empty());
  for (const char* bad : {"a@b\r\nBcc: c@d", "a b@c", "ä@example.org", "<a@b>", "a@b,c@d", ""}) EXPECT_FALSE(is_mail_address(bad)) << bad;
}

TEST(Calendar, SaysWithdrawnOnesSo) {
  const CalendarEntry entry{"33148-2021-D1@zielwerk", 2, true, "Dialog; Lippe", "Detmold, Kreishaus", "Abgesagt: Krankheit", "2021-06-15", "10:00", "", "2021-05-01T10:00:00Z", "", "", {}};
  const auto text = calendar({entry}, CalendarMethod::Cancel);
  for (const char* part : {"METHOD:CANCEL\r\n", "STATUS:CANCELLED\r\n", "SEQUENCE:2\r\n", "DTSTART;TZID=Europe/Berlin:20210615T100000\r\n", "SUMMARY:Dialog\\; Lippe\r\n", "LOCATION:Detmold\\, Kreishaus\r\n", "DTSTAMP:20210501T100000Z\r\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << text;
  }
  EXPECT_EQ(text, calendar({entry}, CalendarMethod::Cancel));
}

}  // namespace
}  // namespace zielwerk::report
