#include "steering/negotiation.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/exact.h"
#include "base/text.h"

namespace zielwerk::steering {
namespace {

std::vector<std::pair<std::string, std::string>> reasons_of(const Entry& offer) {
  std::vector<std::pair<std::string, std::string>> reasons;
  const auto text = offer.text("gruende");
  if (text.empty()) return reasons;
  const auto given = boost::json::parse(text);
  for (const auto& [target, words] : given.as_object()) {
    if (words.is_string()) reasons.emplace_back(target, words.get_string());
  }
  return reasons;
}

Signed of_paper(const domain::Party& party, const domain::TargetAgreement& terms) {
  Signed line;
  line.party = party.id;
  line.name = party.name;
  const auto found = std::find_if(terms.signatures.begin(), terms.signatures.end(), [&](const auto& one) { return one.party == party.id; });
  if (found == terms.signatures.end() || (found->signer.empty() && found->date_raw.empty())) return line;
  line.signer = found->signer;
  line.place = found->place;
  line.date = found->date_raw;
  line.on_paper = line.counts = true;
  return line;
}

void take(Signed& line, const Record& record, const Entry& entry) {
  line.signer = entry.text("person");
  line.function = entry.text("funktion");
  line.place = entry.text("ort");
  line.date = entry.text("datum");
  line.on_behalf = entry.text("in_vertretung") == "ja";
  line.file = entry.text("datei");
  line.on_paper = false;
  auto standing = record.standing(entry);
  line.missing = std::move(standing.missing);
  line.counts = standing.counts;
}

const Entry* last_archiving(const Record& record) {
  const auto all = record.of_kind("archivieren");
  return all.empty() || !record.counts(*all.back()) ? nullptr : all.back();
}

}  // namespace

std::vector<Round> rounds(const Record& record) {
  std::vector<Round> all;
  for (const auto* offer : record.of_kind("angebot")) {
    Round round;
    round.offer = offer;
    round.subject = offer->act.subject;
    round.shared = offer->act.room == domain::shared_room;
    round.reasons = reasons_of(*offer);
    if (round.shared) {
      round.consent = record.newest("einigung", round.subject);
      if (const auto* holds = record.in_force("einigung", round.subject)) round.consent = holds;
      if (round.consent) {
        const auto standing = record.standing(*round.consent);
        round.missing = standing.missing;
        round.agreed = standing.counts;
      } else {
        round.missing.assign(record.sides().begin(), record.sides().end());
      }
    }
    all.push_back(std::move(round));
  }
  return all;
}

const Round* agreed_round(const std::vector<Round>& rounds) {
  const Round* newest = nullptr;
  for (const auto& one : rounds) {
    if (one.agreed && (!newest || one.consent->act.number > newest->consent->act.number)) newest = &one;
  }
  return newest;
}

const Round* governing_round(const std::vector<Round>& rounds) {
  if (const auto* agreed = agreed_round(rounds)) return agreed;
  const Round* found = nullptr;
  for (const auto& one : rounds) {
    if (!found || one.shared || !found->shared) found = &one;
  }
  return found;
}

std::vector<Signed> signatures(const Record& record, const domain::TargetAgreement& terms) {
  const auto all = rounds(record);
  const auto* agreed = agreed_round(all);
  std::vector<Signed> lines;
  for (const auto& party : terms.parties) {
    auto line = agreed ? Signed{} : of_paper(party, terms);
    line.party = party.id;
    line.name = party.name;
    const auto* newest = record.newest("unterschrift", party.id);
    if (newest && (!agreed || newest->act.number > agreed->consent->act.number)) take(line, record, *newest);
    lines.push_back(std::move(line));
  }
  return lines;
}

bool all_signed(const std::vector<Signed>& signatures) {
  return !signatures.empty() && std::all_of(signatures.begin(), signatures.end(), [](const auto& one) { return one.counts; });
}

std::string code(Stage stage) {
  switch (stage) {
    case Stage::Nothing: return "leer";
    case Stage::Offered: return "angebot";
    case Stage::Agreed: return "einigung";
    case Stage::InForce: return "in_kraft";
    case Stage::Amended: return "geaendert";
    case Stage::Settled: return "abgerechnet";
    case Stage::Archived: break;
  }
  return "archiviert";
}

std::string in_words(Stage stage) {
  switch (stage) {
    case Stage::Nothing: return "noch kein Angebot";
    case Stage::Offered: return "in Verhandlung";
    case Stage::Agreed: return "geeinigt, noch nicht von allen unterschrieben";
    case Stage::InForce: return "in Kraft";
    case Stage::Amended: return "in Kraft, geändert";
    case Stage::Settled: return "abgerechnet";
    case Stage::Archived: break;
  }
  return "archiviert";
}

Stage stage(const Record& record, const domain::TargetAgreement& terms, int versions) {
  if (last_archiving(record)) return Stage::Archived;
  if (record.in_force("abrechnung", "abrechnung")) return Stage::Settled;
  if (versions > 0 && all_signed(signatures(record, terms))) return versions > 1 ? Stage::Amended : Stage::InForce;
  const auto all = rounds(record);
  if (agreed_round(all) || versions > 0) return Stage::Agreed;
  return all.empty() ? Stage::Nothing : Stage::Offered;
}

std::vector<Annex> annexes(const Record& record) {
  std::vector<Annex> all;
  for (const auto& entry : record.entries()) {
    const bool opens = entry.act.kind == "anlage";
    if (!opens && entry.act.kind != "anlage.fassung") continue;
    if (opens) {
      Annex annex;
      annex.subject = entry.act.subject;
      annex.title = entry.text("titel");
      annex.type = entry.text("art");
      annex.shared = entry.act.room == domain::shared_room;
      all.push_back(std::move(annex));
    }
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.subject == entry.act.subject; });
    if (found != all.end()) found->versions.push_back({entry.text("fassung"), entry.text("datei"), entry.act.by, entry.act.at});
  }
  return all;
}

std::vector<domain::NamedDocument> missing_parts(const Record& record, const domain::TargetAgreement& terms) {
  const auto kept = annexes(record);
  std::vector<domain::NamedDocument> missing;
  for (const auto& document : terms.documents) {
    if (document.binding != "INTEGRAL_PART") continue;
    const bool there = std::any_of(kept.begin(), kept.end(), [&](const auto& one) {
      return one.shared && (one.title == document.title || (document.type == "LOCAL_PLAN" && one.type == "planungsdokument"));
    });
    if (!there) missing.push_back(document);
  }
  return missing;
}

namespace {

std::string given(const Intent& intent, const char* field) {
  const auto found = intent.fields.find(field);
  return found == intent.fields.end() ? std::string() : std::string(base::trim(found->second));
}

void round_rules(const Record& record, bool in_store, const Intent& intent, base::Problems& problems) {
  const auto all = rounds(record);
  const auto* agreed = agreed_round(all);
  if (intent.kind == "unterschrift" && !agreed && !in_store) {
    problems.push_back({"nothing_to_sign", "Unterschrieben wird erst, wenn alle Seiten sich auf eine Runde geeinigt haben; bis dahin bindet kein Entwurf.", "vorgang"});
  }
  if (intent.kind != "einigung") return;
  const auto subject = given(intent, "zu");
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.subject == subject; });
  if (found == all.end()) return;
  if (!found->shared) {
    problems.push_back({"round_own", fmt::format("{} liegt nur im eigenen Raum; vor der Einigung muss das Angebot in den gemeinsamen Raum.", subject), "zu"});
  } else if (agreed == &*found) {
    problems.push_back({"round_signed", fmt::format("Auf {} haben sich schon alle Seiten geeinigt.", subject), "zu"});
  } else if (found->consent) {
    problems.push_back({"round_signed", fmt::format("Zu {} gibt es schon eine Einigung (Vorgang {}); bitte ihr zustimmen.", subject, found->consent->act.number), "zu"});
  }
}

// Schritt 1 … n.
void counted(const char* code, const char* field, const char* what, std::size_t there, const Intent& intent, base::Problems& problems) {
  const auto text = given(intent, field);
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos) return;
  const auto number = std::stoul(text);
  if (number >= 1 && number <= there) return;
  problems.push_back({code, there == 0 ? fmt::format("Dieses Ziel hat in der Vereinbarung keinen {}.", what) : fmt::format("{} {} gibt es nicht; die Vereinbarung hat {}.", what, number, there), field});
}

template <class All>
const typename All::value_type* by_id(const All& all, const std::string& id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

void quality_rules(const domain::TargetAgreement& terms, const Intent& intent, base::Problems& problems) {
  const auto* goal = by_id(terms.qualitative, given(intent, "ziel"));
  if (goal && intent.kind == "ziel.schritt") counted("step_unknown", "schritt", "Schritt", goal->steps.size(), intent, problems);
  if (goal && intent.kind == "ziel.kriterium") counted("criterion_unknown", "kriterium", "Kriterium", goal->criteria.size(), intent, problems);
}

void money_rules(const domain::TargetAgreement& terms, const Intent& intent, base::Problems& problems) {
  if (intent.kind == "budget.umschichtung" && !given(intent, "von").empty() && given(intent, "von") == given(intent, "nach")) {
    problems.push_back({"shift_to_itself", "Umgeschichtet wird von einem Titel in einen anderen; „von“ und „nach“ sind gleich.", "nach"});
  }
  for (const char* field : {"betrag", "ausgegeben", "gebunden"}) {
    const auto amount = base::parse_decimal(given(intent, field));
    const bool positive_only = intent.kind == "budget.umschichtung";
    if (!amount || amount->digits > 0 || (amount->digits == 0 && !positive_only)) continue;
    problems.push_back({"amount_invalid", fmt::format("{} € passt nicht; erwartet ist ein Betrag {} 0 €.", amount->german(), positive_only ? "über" : "ab"), field});
  }
  for (const char* field : {"monat"}) {
    if (intent.kind != "budget.stand" && intent.kind != "programm.belegung") continue;
    const auto month = base::Month::parse(given(intent, field));
    const auto first = base::Month::parse(terms.from.substr(0, 7)).value_or(base::Month(terms.year, 1));
    const auto last = base::Month::parse(terms.to.substr(0, 7)).value_or(base::Month(terms.year, 12));
    if (!month || (*month >= first && *month <= last)) continue;
    problems.push_back({"month_outside_year", fmt::format("{} liegt außerhalb der Laufzeit der Vereinbarung ({} bis {}).", month->text(), first.text(), last.text()), field});
  }
}

}  // namespace

base::Problems beyond_fields(const Record& record, const domain::TargetAgreement& terms, bool in_store, const Intent& intent) {
  base::Problems problems;
  round_rules(record, in_store, intent, problems);
  if (intent.kind.starts_with("ziel.")) quality_rules(terms, intent, problems);
  if (intent.kind.starts_with("budget.") || intent.kind.starts_with("programm.")) money_rules(terms, intent, problems);
  return problems;
}

}  // namespace zielwerk::steering
