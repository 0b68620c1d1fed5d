// The clauses beside the goals: money, duties, dialogues, weighing, final evaluation.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "drafting/clauses.h"
#include "drafting/german.h"
#include "drafting/phrases.h"

namespace zielwerk::drafting {
namespace {

// Codes have words, everything else stands as it is.
std::string code_or_text(const Part& one, std::string_view kind, std::string_view field) {
  const auto words = one.text(field);
  const bool code = !words.empty() && words.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos && words.find('_') != std::string::npos;
  return code || phrase(kind, words) ? one.words(kind, field) : words;
}

std::string names(const Manuscript& paper, const std::vector<std::string>& ids) {
  std::vector<std::string> all;
  for (const auto& id : ids) all.push_back(paper.party(id));
  return enumeration(all);
}

// "zwei Steuerungsdialoge", "in der Regel zwei …", "mindestens zwei …", "regelmäßig …".
std::string how_many(const Part& dialogues, const std::string& name) {
  const auto regularity = dialogues.text("regularity");
  const auto exact = dialogues.whole("count_exact");
  const auto least = dialogues.whole("count_min");
  const auto usual = dialogues.whole("count_regular");
  const bool neuter = name.ends_with("gespräch") || name.ends_with("Gespräch");
  const auto counted = [&](int count) { return fmt::format("{} {}{}", number_word(count, neuter ? "ein" : "einen"), name, count == 1 ? "" : "e"); };
  if (regularity == "FIXED" && exact) return counted(*exact);
  if (regularity == "AT_LEAST" && least) return "mindestens " + counted(*least);
  if (regularity == "AS_A_RULE" && usual) return "in der Regel " + counted(*usual);
  if (regularity == "QUARTERLY") return "vierteljährlich " + counted(1);
  if (regularity == "MONTHLY") return "monatlich " + counted(1);
  if (regularity == "REGULAR_UNSPECIFIED") return fmt::format("regelmäßig {}e", name);
  dialogues.problem("field_missing", "Zahl oder Turnus der Dialoge fehlt.", "regularity");
  return "";
}

// "pro Jahr", "im Jahr 2023".
std::string per_year(const Part& dialogues) {
  const auto period = dialogues.part("period");
  const auto type = period.text("type");
  const auto year = period.whole("year");
  return type == "PER_YEAR" ? " pro Jahr" : year ? fmt::format(" im Jahr {}", *year) : "";
}

std::string waiting_words(const Manuscript& paper, const std::string& waiting) {
  if (waiting.empty()) return "";
  return waiting == "t-0" && paper.form() == Template::Niedersachsen ? " ohne Wartezeit" : fmt::format(" mit der Wartezeit {}", waiting);
}

std::string basis(const Manuscript& paper, const Part& dialogues) {
  auto words = dialogues.all_words("basis", "data_basis");
  const auto waiting = waiting_words(paper, dialogues.text("wartezeit"));
  if (words.empty()) return waiting.empty() ? "" : fmt::format("Für die Dialoge gelten Werte{}. ", waiting);
  words.front() += waiting;
  return fmt::format("Grundlage der Dialoge: {}. ", enumeration(words));
}

std::string months(const Part& dialogues) {
  std::vector<std::string> all;
  for (const auto& month : dialogues.texts("months")) {
    const auto number = base::parse_decimal(month);
    const bool fits = number && number->places == 0 && number->digits >= 1 && number->digits <= 12;
    if (!fits) dialogues.problem("field_not_expressible", fmt::format("{} ist kein Monat; erwartet ist 1 bis 12.", base::quoted(month)), "months");
    all.push_back(fits ? month_name(static_cast<int>(number->digits)) : month);
  }
  return all.empty() ? "" : fmt::format("Vorgesehen sind die Monate {}. ", enumeration(all));
}

std::string preparer(const Manuscript& paper, const Part& dialogues) {
  const auto one = dialogues.part("preparer");
  if (!one) return "";
  return fmt::format("Vorbereitung: {} stellt bereit: {}. ", with_capital(paper.party(one.text("party"))), one.text("what"));
}

std::string amount(const Manuscript& paper, const Part& budget) {
  const auto precision = budget.words("precision", "precision");
  const auto code = budget.text("precision");
  auto words = money(budget.number("amount").value_or(base::Decimal{}), code != "EXACT");
  if (paper.form() == Template::Ge) words.replace(words.size() - 4, 4, "€");
  return (precision.empty() ? "" : precision + " ") + words;
}

std::string moment(const Part& when) {
  const auto year = when.whole("year");
  const auto season = when.words("season", "season");
  const auto month = when.whole("month");
  const auto quarter = when.whole("quarter");
  const auto day = date(when.text("date"));
  if (day) return "am " + *day;
  if (!year) return "";
  if (!season.empty()) return fmt::format("im {} {}", season, *year);
  if (month && *month >= 1 && *month <= 12) return fmt::format("im {} {}", month_name(*month), *year);
  return quarter ? fmt::format("im {}. Quartal {}", *quarter, *year) : fmt::format("im Jahr {}", *year);
}

}  // namespace

void budgets(Manuscript& paper) {
  std::vector<std::string> rows;
  for (const auto& one : paper.agreement().parts("budgets")) {
    const auto kind = one.words("budget", "code");
    const auto title = one.text("title");
    const auto source = one.text("source");
    const auto year = one.whole("year");
    auto row = title + (title.starts_with(kind) ? "" : fmt::format(" [{}]", kind)) + ": " + amount(paper, one);
    if (year && *year != paper.year()) row += fmt::format(" im Jahr {}", *year);
    if (!source.empty()) row += fmt::format(" (Quelle: {})", paper.title_of_document(source));
    rows.push_back(row);
  }
  if (rows.empty()) return;
  paper.paragraph(fmt::format("Für das Jahr {} ist von folgenden Haushaltsmitteln auszugehen:", paper.year()));
  paper.items(rows);
}

void obligations(Manuscript& paper) {
  std::vector<std::string> all;
  for (const auto& one : paper.agreement().parts("obligations")) {
    const auto who = one.texts("who");
    all.push_back(fmt::format("{} {} sich, {}.", with_capital(names(paper, who)), who.size() == 1 ? "verpflichtet" : "verpflichten", one.words("obligation", "code")));
  }
  paper.paragraph(base::join(all, " "));
}

void dialogues(Manuscript& paper) {
  const auto one = paper.agreement().part("dialogues");
  if (!one) return;
  const auto name = one.text("name");
  const auto who = one.texts("participants");
  const auto plural = who.size() == 1 ? "führt" : "führen";
  const auto partners = who.empty() ? std::string("Die Vereinbarungspartner") : with_capital(names(paper, who));
  auto words = fmt::format("{} {}{} {}. ", partners, plural, per_year(one), how_many(one, name));
  words += basis(paper, one) + one.words("ladestand", "ladestand_rule");
  if (words.back() != ' ') words += " ";
  words += preparer(paper, one) + months(one);
  const auto extra = one.all_words("extra", "extra_on");
  if (!extra.empty()) words += fmt::format("Weitere Gespräche finden {} statt. ", enumeration(extra));
  const auto first = one.text("first");
  if (!first.empty()) words += fmt::format("Der erste Dialog findet am {} statt. ", date(first).value_or(first));
  const auto notice = one.text("notice");
  if (!notice.empty()) words += fmt::format("Eingeladen wird mit einer Frist von {}. ", notice);
  paper.paragraph(std::string(base::trim(words)));
  const auto topics = one.all_words("dialogue", "topics");
  if (!topics.empty()) paper.paragraph("Gegenstand der Dialoge:");
  paper.items(topics);
}

void considerations(Manuscript& paper) {
  const auto all = paper.agreement().parts("considerations");
  std::vector<std::string> openers;
  for (const auto& one : all) {
    auto opener = one.words("applies", "applies_to");
    if (std::find(openers.begin(), openers.end(), opener) == openers.end()) openers.push_back(std::move(opener));
  }
  for (const auto& opener : openers) {
    std::vector<std::string> weighed;
    for (const auto& one : all) {
      if (phrase("applies", one.text("applies_to")).value_or(one.text("applies_to")) != opener) continue;
      const auto condition = one.text("condition");
      weighed.push_back(one.words("consideration", "code") + (condition.empty() ? "" : ", " + condition));
    }
    paper.paragraph(opener);
    paper.items(weighed);
  }
}

void final_evaluation(Manuscript& paper) {
  const auto one = paper.agreement().part("final_evaluation");
  if (!one) return;
  const auto year = one.whole("values_year");
  const auto raw = one.text("when_raw");
  auto when = moment(one.part("when"));
  if (when.empty()) when = raw;
  const auto where = one.words("where", "where");
  auto words = fmt::format("Die abschließende Bewertung erfolgt auf der Grundlage {}{}{}{}{}.", one.words("values", "values"), year ? fmt::format(" {}", *year) : "",
                           waiting_words(paper, one.text("wartezeit")), where.empty() ? "" : " " + where, when.empty() ? "" : " " + when);
  const auto deadline = one.text("deadline");
  if (!deadline.empty()) words += fmt::format(" Sie ist bis zum {} abzuschließen.", date(deadline).value_or(deadline));
  paper.paragraph(words);
}

void committees(Manuscript& paper) {
  for (const auto& one : paper.agreement().parts("committees")) {
    const auto basis_of = one.text("legal_basis");
    const auto tasks = one.all_words("task", "tasks");
    paper.paragraph(fmt::format("Als Gremium wirkt mit: {}{}.{}", one.text("name"), basis_of.empty() ? "" : fmt::format(" ({})", basis_of),
                                tasks.empty() ? "" : fmt::format(" Aufgaben: {}.", enumeration(tasks))));
  }
}

void reports_and_triggers(Manuscript& paper) {
  for (const auto& one : paper.agreement().parts("reporting")) {
    std::vector<std::string> due;
    for (const auto& day : one.texts("due")) due.push_back(date(day).value_or(day));
    const auto to = one.text("to");
    const auto frequency = code_or_text(one, "frequency", "frequency");
    paper.paragraph(fmt::format("{} berichtet{}{} über: {}.{}", with_capital(paper.party(one.text("who"))), to.empty() ? "" : " an " + paper.party(to, true),
                                frequency.empty() ? "" : " " + frequency, code_or_text(one, "report", "what"), due.empty() ? "" : fmt::format(" Fällig: {}.", base::join(due, "; "))));
  }
  for (const auto& one : paper.agreement().parts("triggers")) {
    const auto who = one.text("who");
    paper.paragraph(fmt::format("Anlass: {}. Folge: {}.{}", code_or_text(one, "trigger", "condition"), code_or_text(one, "action", "action"),
                                who.empty() ? "" : fmt::format(" Zuständig ist {}.", paper.party(who))));
  }
}

}  // namespace zielwerk::drafting
