#include "report/calendar.h"

#include <algorithm>
#include <memory>

#include <libical/ical.h>

#include "base/problem.h"

namespace zielwerk::report {
namespace {

// The rules of Germany's clock since 1996.
constexpr const char* berlin = R"(BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
)";

// "2021-06-15", "14:30" -> 20210615T143000
std::string digits_of(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

struct Freed {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, Freed>;

void add_time(icalcomponent* event, icalproperty* property, const std::string& day, const std::string& time) {
  const auto text = time.empty() ? digits_of(day) : digits_of(day) + "T" + digits_of(time) + "00";
  icalproperty_set_value(property, icalvalue_new_from_string(time.empty() ? ICAL_DATE_VALUE : ICAL_DATETIME_VALUE, text.c_str()));
  icalproperty_add_parameter(property, time.empty() ? icalparameter_new_value(ICAL_VALUE_DATE) : icalparameter_new_tzid("Europe/Berlin"));
  icalcomponent_add_property(event, property);
}

void add_people(icalcomponent* event, const CalendarEntry& entry) {
  // Calendars take an invitation without a reachable organiser by this address.
  auto* organiser = icalproperty_new_organizer(entry.organiser.empty() ? "invalid:nomail" : ("mailto:" + entry.organiser).c_str());
  if (!entry.organiser_name.empty()) icalproperty_add_parameter(organiser, icalparameter_new_cn(entry.organiser_name.c_str()));
  icalcomponent_add_property(event, organiser);
  for (const auto& one : entry.attendees) {
    auto* attendee = icalproperty_new_attendee(("mailto:" + one).c_str());
    icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
    icalcomponent_add_property(event, attendee);
  }
}

icalcomponent* event_of(const CalendarEntry& entry) {
  auto* event = icalcomponent_new_vevent();
  icalcomponent_add_property(event, icalproperty_new_uid(entry.uid.c_str()));
  const auto changed = digits_of(entry.changed_at.substr(0, 10)) + "T" + digits_of(entry.changed_at.substr(11)) + "Z";
  icalcomponent_add_property(event, icalproperty_new_dtstamp(icaltime_from_string(changed.c_str())));
  icalcomponent_add_property(event, icalproperty_new_sequence(entry.sequence));
  icalcomponent_add_property(event, icalproperty_new_status(entry.cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  add_time(event, icalproperty_new(ICAL_DTSTART_PROPERTY), entry.day, entry.begin);
  if (!entry.begin.empty() && !entry.end.empty()) add_time(event, icalproperty_new(ICAL_DTEND_PROPERTY), entry.day, entry.end);
  icalcomponent_add_property(event, icalproperty_new_summary(entry.summary.c_str()));
  if (!entry.place.empty()) icalcomponent_add_property(event, icalproperty_new_location(entry.place.c_str()));
  if (!entry.description.empty()) icalcomponent_add_property(event, icalproperty_new_description(entry.description.c_str()));
  add_people(event, entry);
  return event;
}

}  // namespace

std::string calendar(const std::vector<CalendarEntry>& entries, CalendarMethod method) {
  const Component whole(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  icalcomponent_add_property(whole.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(whole.get(), icalproperty_new_prodid("-//Zielwerk//Steuerungsjahr//DE"));
  icalcomponent_set_method(whole.get(), method == CalendarMethod::Publish ? ICAL_METHOD_PUBLISH : method == CalendarMethod::Request ? ICAL_METHOD_REQUEST : ICAL_METHOD_CANCEL);
  if (std::any_of(entries.begin(), entries.end(), [](const auto& one) { return !one.begin.empty(); })) icalcomponent_add_component(whole.get(), icalcomponent_new_from_string(berlin));
  for (const auto& one : entries) icalcomponent_add_component(whole.get(), event_of(one));
  const std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(whole.get()), icalmemory_free_buffer);
  base::ensure(text != nullptr, "libical writes what it was given");
  return text.get();
}

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.find('@', at + 1) != std::string_view::npos || text.size() > 254) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f && std::string_view("<>()[]\\,;:\"").find(c) == std::string_view::npos; });
}

std::vector<std::string> mail_addresses(const std::string& text) {
  std::vector<std::string> all;
  std::string word;
  for (const char c : text + " ") {
    if (std::string_view(" \t\r\n,;<>()\"").find(c) == std::string_view::npos) {
      word += c;
      continue;
    }
    if (is_mail_address(word)) all.push_back(word);
    word.clear();
  }
  return all;
}

}  // namespace zielwerk::report
