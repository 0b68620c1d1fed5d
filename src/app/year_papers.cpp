// What leaves the program of the steering year: calendar, feed, mails.
#include <algorithm>

#include <fmt/format.h>

#include "app/rights.h"
#include "app/year.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "report/calendar.h"
#include "report/feed.h"

namespace zielwerk::app {
namespace {

using steering::Dialogue;

std::string german_day(const std::string& day) { return day.size() == 10 ? fmt::format("{}.{}.{}", day.substr(8), day.substr(5, 2), day.substr(0, 4)) : day; }

report::CalendarEntry entry_of(const std::vector<domain::Account>& accounts, const YearView& year, const Dialogue& one) {
  const auto& id = year.file->id;
  const auto& plan = year.file->terms.dialogues;
  report::CalendarEntry entry;
  entry.uid = fmt::format("{}-{}@zielwerk", id, one.id);
  entry.sequence = one.moves;
  entry.cancelled = one.state == Dialogue::State::Cancelled;
  entry.summary = fmt::format("{} {} ({})", plan && !plan->name.empty() ? plan->name : "Dialog", year.name, id);
  entry.place = one.place;
  entry.day = one.day;
  entry.begin = one.begin;
  entry.end = one.end;
  entry.changed_at = one.changed_at;
  std::vector<std::string> lines = {fmt::format("{} zur Zielvereinbarung {}", steering::kind_in_words(one), id)};
  if (!one.occasion.empty()) lines.push_back("Anlass: " + one.occasion);
  if (!one.reason.empty()) lines.push_back((entry.cancelled ? "Abgesagt: " : "Verlegt: ") + one.reason);
  if (one.basis) lines.push_back(fmt::format("Datenbasis: {}, Ladestand {}", one.basis->month.german_text(), one.basis->state.loaded.german_text()));
  for (const auto& point : one.agenda) lines.push_back("- " + point.words);
  entry.description = base::join(lines, "\n");
  const auto* planned = year.file->record.newest("dialog.planen", one.id);
  if (const auto* account = app::find_account(accounts, planned->act.by)) {
    entry.organiser = account->mail;
    entry.organiser_name = account->person;
  }
  entry.attendees = report::mail_addresses(one.participants);
  return entry;
}

std::string line_of(const steering::Duty& duty, const std::string& today) {
  const auto until = duty.until.empty() ? std::string() : fmt::format(" bis {}{}", german_day(duty.until), duty.overdue(today) ? ", überfällig" : "");
  return fmt::format("- {} (seit {}{})", duty.words, german_day(duty.since), until);
}

}  // namespace

base::Result<std::string> ical(const Workspace& workspace, const YearView& year, const std::string& dialogue) {
  const auto accounts = workspace.store().accounts();
  std::vector<report::CalendarEntry> entries;
  std::vector<std::string> known;
  for (const auto& one : year.dialogues) {
    known.push_back(one.id);
    if (dialogue.empty() || one.id == dialogue) entries.push_back(entry_of(accounts, year, one));
  }
  if (dialogue.empty()) return report::calendar(entries, report::CalendarMethod::Publish);
  if (entries.empty()) return base::problem("dialogue_unknown", fmt::format("Einen Dialog {} gibt es hier nicht; vorhanden: {}.", base::quoted(dialogue), known.empty() ? "nichts" : base::join(known, ", ")));
  return report::calendar(entries, entries.front().cancelled ? report::CalendarMethod::Cancel : report::CalendarMethod::Request);
}

std::string atom(Workspace& workspace, const Person& person, const std::string& today, const std::string& origin) {
  report::Feed feed{"zielwerk " + person.account.name, "Zielwerk: was ansteht für " + person.account.person, "", {}};
  for (const auto& year : years_of(workspace, person, today)) {
    for (const auto& duty : own_duties(year, person)) {
      const auto& id = year.file->id;
      feed.entries.push_back({fmt::format("{} {} {} {} {}", person.account.name, id, steering::code(duty.task), duty.subject, duty.act), fmt::format("{}: {}", year.name, steering::in_words(duty.task)),
                              fmt::format("{}{}", duty.words, duty.until.empty() ? "" : " Bis " + german_day(duty.until) + "."), duty.since, origin.empty() ? "" : origin + "/"});
    }
  }
  return report::atom(feed, today);
}

std::vector<Letter> letters(Workspace& workspace, const std::string& today, const std::string& origin) {
  std::vector<Letter> all;
  for (const auto& account : workspace.store().accounts()) {
    const auto scope = domain::Scope::parse(account.scope, workspace.directory());
    if (account.locked || account.mail.empty() || !scope || !domain::side_of(account.role, *scope)) continue;
    const Person person{account, *scope};
    std::string list;
    int open = 0, late = 0;
    for (const auto& year : years_of(workspace, person, today)) {
      const auto duties = own_duties(year, person);
      if (duties.empty()) continue;
      list += fmt::format("\n{} ({})\n", year.name, year.file->id);
      for (const auto& duty : duties) {
        list += line_of(duty, today) + "\n";
        ++open;
        late += duty.overdue(today);
      }
    }
    const auto checksum = documents::sha256(list);
    if (open == 0 || checksum == account.digest) continue;
    all.push_back({account.name, account.mail, late == 0 ? fmt::format("Zielwerk: {} offen", open) : fmt::format("Zielwerk: {} offen, {} nach der Frist", open, late),
                   fmt::format("Guten Tag {},\n\ndas steht für Sie an:\n{}\n{}Diese Mail kommt nur, wenn sich die Liste geändert hat.\n", account.person, list, origin.empty() ? "" : origin + "\n\n"), checksum});
  }
  return all;
}

void letter_sent(Workspace& workspace, const Letter& letter) {
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    const auto accounts = store.accounts();
    const auto* found = app::find_account(accounts, letter.account);
    if (!found || found->mail != letter.to) return std::nullopt;
    auto account = *found;
    account.digest = letter.checksum;
    store.keep(account);
    return Workspace::Change{"mail.senden", letter.account, letter.checksum};
  });
}

}  // namespace zielwerk::app
