// Dialogues, measures, comments and what is due, as read off a file.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/year.h"
#include "server/rows.h"
#include "server/steering_view.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

const char* code(steering::Dialogue::State state) {
  using enum steering::Dialogue::State;
  switch (state) {
    case Planned: return "geplant";
    case MinutesMissing: return "protokoll_fehlt";
    case MinutesOpen: return "protokoll_offen";
    case Held: return "gefuehrt";
    case Cancelled: return "abgesagt";
  }
  return "";
}

json::object dialogue_view(const steering::Dialogue& one) {
  json::array agenda;
  for (const auto& point : one.agenda) {
    json::object view{{"worte", point.words}, {"zu", point.about}, {"vorgang", nullptr}};
    if (point.entry) view["vorgang"] = point.entry->act.number;
    agenda.emplace_back(std::move(view));
  }
  json::value basis = nullptr;
  if (one.basis) basis = {{"monat", one.basis->month.text()}, {"ladestand", one.basis->state.loaded.text()}, {"fassung", one.basis->version}, {"regel", one.basis->rule}};
  return {{"id", one.id}, {"stand", code(one.state)}, {"stand_wort", steering::in_words(one.state)}, {"art", steering::kind_in_words(one)}, {"tag", one.day}, {"beginn", one.begin}, {"ende", one.end},
          {"ort", one.place}, {"anlass", one.occasion}, {"teilnehmer", one.participants}, {"grund", one.reason}, {"datenbasis", std::move(basis)}, {"tagesordnung", std::move(agenda)}};
}

json::object step_view(const steering::AgreedStep& one, const std::string& today) {
  return {{"id", one.id}, {"titel", one.title}, {"verantwortlich", one.responsible}, {"beginn", one.begin}, {"faellig", one.due}, {"ziel", one.target}, {"wirkung", one.effect}, {"dialog", one.dialogue},
          {"stand", one.status}, {"stand_wort", steering::label_of("massnahme.stand", "stand", one.status)}, {"bericht", one.report}, {"besprochen", texts(one.followed_up)}, {"ueberfaellig", one.open() && one.due < today}};
}

json::object duty_view(const steering::Duty& one, const steering::Record& record, const std::string& today) {
  const auto* agreed = one.act > 0 ? record.shared(one.act) : nullptr;
  return {{"vorgang_art", agreed ? json::value(agreed->act.kind) : json::value(nullptr)}, {"aufgabe", steering::code(one.task)}, {"aufgabe_wort", steering::in_words(one.task)}, {"zu", one.subject}, {"worte", one.words}, {"seit", or_null(one.since)}, {"bis", or_null(one.until)}, {"ueberfaellig", one.overdue(today)}};
}

}  // namespace

json::array duties_view(const Call& call, const app::YearView& year) {
  json::array all;
  for (const auto& one : app::own_duties(year, call.person())) all.emplace_back(duty_view(one, year.file->record, year.today));
  return all;
}

void put_year(const Call& call, const app::YearView& year, json::object& view) {
  json::array dialogues, steps, owed;
  for (const auto& one : year.dialogues) dialogues.emplace_back(dialogue_view(one));
  for (const auto& one : year.steps) steps.emplace_back(step_view(one, year.today));
  for (const auto& one : year.comments) {
    const auto& finding = one.finding;
    const auto facts = year.facts.find(one.subject);
    owed.push_back({{"zu", one.subject}, {"ziel", finding.target}, {"monat", finding.month.text()}, {"seit", finding.since}, {"gekippt", finding.flipped()}, {"fakten", facts == year.facts.end() ? "" : facts->second},
                    {"gegeben", one.given != nullptr}});
  }
  view["dialoge"] = std::move(dialogues);
  view["dialogplan"] = {{"worte", year.plan.words}, {"fehlt", year.plan.missing}, {"geplant", year.plan.planned}, {"vorbei", year.plan.past}, {"anlaesse", texts(year.plan.extra_on)}};
  view["massnahmen"] = std::move(steps);
  view["kommentare"] = std::move(owed);
  view["faellig"] = duties_view(call, year);
}

}  // namespace zielwerk::server
