#include <fmt/format.h>

#include "base/text.h"
#include "drafting/german.h"
#include "drafting/target_words.h"

namespace zielwerk::drafting {
namespace {

std::string milestones(Manuscript& paper, const Part& target) {
  std::vector<std::string> all;
  const bool change = target.text("measure") != "LEVEL";
  for (const auto& one : paper.agreement().parts("milestones")) {
    if (one.text("target") != target.text("id")) continue;
    const auto sign = one.text("comparator");
    const auto value = one.number("value").value_or(base::Decimal{});
    const char* bound = sign == ">=" ? "mindestens " : sign == "<=" ? "höchstens " : sign == ">" ? "mehr als " : sign == "<" ? "weniger als " : "";
    const auto day = date(one.text("date"));
    if (!day) one.problem("field_missing", "Der Zwischenwert hat kein Datum.", "date");
    all.push_back(fmt::format("zum {} {}{}", day.value_or(""), bound, quantity(paper, value, one.text("unit"), "", change)));
  }
  return all.empty() ? "" : fmt::format(" Zwischenwerte: {}.", base::join(all, "; "));
}

std::string condition(const Part& target) {
  const auto words = target.text("condition");
  if (words.empty()) return "";
  for (const auto* opener : {"sofern ", "soweit ", "wenn ", "falls ", "solange "}) {
    if (words.starts_with(opener)) return fmt::format(" Das Ziel gilt nur, {}.", words);
  }
  return fmt::format(" Das Ziel gilt unter der Voraussetzung: {}.", words);
}

std::string tolerance(const Manuscript& paper, const Part& target) {
  const auto allowed = target.part("tolerance");
  if (!allowed) return "";
  const auto value = allowed.number("value");
  if (!value) allowed.problem("field_not_expressible", "Eine Toleranz braucht Wert und Einheit.", "value");
  return fmt::format(" Toleranz: {}.", quantity(paper, value.value_or(base::Decimal{}), allowed.text("unit"), ""));
}

}  // namespace

std::string target_terms(Manuscript& paper, const Part& target) {
  std::string all;
  all += condition(target) + tolerance(paper, target);
  if (const auto weight = target.number("weight")) all += fmt::format(" Das Ziel hat ein Gewicht von {} {}.", number(*weight, 0), paper.percent());
  const auto deadline = target.text("deadline");
  if (!deadline.empty()) all += fmt::format(" Das Ziel ist bis zum {} zu erreichen.", date(deadline).value_or(deadline));
  const auto responsible = target.text("responsible_party");
  if (!responsible.empty()) all += fmt::format(" Verantwortlich ist {}.", paper.party(responsible));
  const auto place = target.text("place");
  if (!place.empty()) all += fmt::format(" Das Ziel gilt für den Standort {}.", place);
  return all + milestones(paper, target);
}

}  // namespace zielwerk::drafting
