#include <fmt/format.h>

#include "base/text.h"
#include "steering/dialogue.h"

namespace zielwerk::steering {
namespace {

std::string field(const Intent& intent, const char* name) {
  const auto found = intent.fields.find(name);
  return found == intent.fields.end() ? std::string() : std::string(base::trim(found->second));
}

// A dialogue belongs to the term, or to the year after it, in which it is settled.
void check_day(const Intent& intent, const domain::TargetAgreement& terms, base::Problems& problems) {
  const auto day = field(intent, "datum");
  const auto last = fmt::format("{}-12-31", terms.year + 1);
  const auto first = terms.from.size() == 10 ? terms.from : fmt::format("{}-01-01", terms.year);
  if (day.size() == 10 && (day < first || day > last)) problems.push_back({"date_outside_term", fmt::format("{} liegt außerhalb der Laufzeit und des Jahres danach ({} bis {}).", base::quoted(day), first, last), "datum"});
  const auto begin = field(intent, "beginn"), end = field(intent, "ende");
  if (!begin.empty() && !end.empty() && end <= begin) problems.push_back({"end_before_begin", fmt::format("Das Ende ({}) liegt nicht nach dem Beginn ({}).", base::quoted(end), base::quoted(begin)), "ende"});
  if (begin.empty() && !end.empty()) problems.push_back({"end_before_begin", "Zum Ende fehlt der Beginn.", "beginn"});
}

void check_dialogue(const Record& record, const Intent& intent, const Dialogue& dialogue, const std::string& today, base::Problems& problems) {
  const auto& kind = intent.kind;
  const bool note = kind == "dialog.notiz";
  if (dialogue.state == Dialogue::State::Cancelled && !note) return problems.push_back({"dialogue_cancelled", fmt::format("Der Dialog {} vom {} ist abgesagt ({}).", dialogue.id, dialogue.day, base::quoted(dialogue.reason)), "zu"});
  const bool moves = kind == "dialog.verlegen" || kind == "dialog.absagen" || kind == "dialog.stichtag" || kind == "dialog.protokoll";
  if (moves && record.in_force("dialog.protokoll", dialogue.id)) return problems.push_back({"dialogue_held", fmt::format("Das Protokoll des Dialogs {} ist abgestimmt; daran ändert sich nichts mehr.", dialogue.id), "zu"});
  if (kind != "dialog.protokoll" && kind != "dialog.beschluss") return;
  if (today < dialogue.day) problems.push_back({"dialogue_not_yet", fmt::format("Der Dialog {} ist erst am {}; heute ist der {}.", dialogue.id, dialogue.day, today), "zu"});
  if (kind == "dialog.protokoll" && !dialogue.basis && dialogue.kind != "anlass") {
    problems.push_back({"dialogue_without_basis", fmt::format("Zum Dialog {} ist keine Datenbasis festgehalten; „dialog.stichtag“ hält Berichtsmonat und Ladestand fest.", dialogue.id), "zu"});
  }
}

}  // namespace

base::Problems dialogue_problems(const Record& record, const domain::TargetAgreement& terms, const Intent& intent, const std::string& today) {
  base::Problems problems;
  const bool step = intent.kind.starts_with("massnahme.");
  if (!step && !intent.kind.starts_with("dialog.")) return problems;
  if (intent.kind == "dialog.planen" || intent.kind == "dialog.verlegen") check_day(intent, terms, problems);
  if (intent.kind == "massnahme.vereinbaren") {
    const auto begin = field(intent, "beginn"), due = field(intent, "faellig");
    if (!begin.empty() && !due.empty() && due < begin) problems.push_back({"due_before_start", fmt::format("Die Maßnahme wäre am {} fällig, begänne aber erst am {}.", base::quoted(due), base::quoted(begin)), "faellig"});
  }
  const auto all = dialogues(record, terms, {}, today);
  if (const auto* dialogue = find_dialogue(all, field(intent, step ? "dialog" : "zu"))) check_dialogue(record, intent, *dialogue, today, problems);
  return problems;
}

}  // namespace zielwerk::steering
