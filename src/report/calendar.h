// Dialoge as iCalendar (RFC 5545, RFC 5546): the same dialogue always has the same UID, and a higher SEQUENCE after each move, so that calendars
// change their entry instead of adding one.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace zielwerk::report {

struct CalendarEntry {
  std::string uid;
  int sequence = 0;
  bool cancelled = false;
  std::string summary, place, description;
  std::string day;         // 2021-06-15
  std::string begin, end;  // 14:30, time of Germany; empty: the whole day, or no end is known
  std::string changed_at;  // UTC, 2021-05-01T10:00:00Z
  std::string organiser, organiser_name;  // mail address; may be empty
  std::vector<std::string> attendees;     // mail addresses
};

enum class CalendarMethod { Publish, Request, Cancel };

// The same entries give the same characters.
std::string calendar(const std::vector<CalendarEntry>& entries, CalendarMethod method);

// The mail addresses of a text like "A. Beispiel <a@example.org>, b@example.org".
std::vector<std::string> mail_addresses(const std::string& text);
bool is_mail_address(std::string_view text);  // one that may stand in a header: ASCII, one @, no blanks

}  // namespace zielwerk::report
