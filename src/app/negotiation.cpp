#include "app/negotiation.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/rights.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "drafting/offer.h"
#include "intake/json_schema.h"
#include "reader/signature_lines.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;
using base::Checked;
using steering::Round;

json::object parsed(const std::string& document) { return json::parse(document).as_object(); }

FileId named(const std::string& id) {
  const auto found = parse_file_id(id);
  base::ensure(found.has_value(), "a steering file is named by whose it is and its year");
  return *found;
}

base::Problem round_unknown(const std::vector<Round>& rounds, const std::string& wanted) {
  std::vector<std::string> known;
  for (const auto& one : rounds) known.push_back(one.subject);
  return {"round_unknown", fmt::format("Eine Runde {} gibt es hier nicht; vorhanden: {}.", base::quoted(wanted), known.empty() ? "keine" : base::join(known, ", ")), ""};
}

Checked<json::object> of_round(const SteeringFile& file, const std::string& wanted, bool own = true) {
  auto rounds = steering::rounds(file.record);
  // What was only tried in the own room does not get into the shared one unasked.
  if (!own) std::erase_if(rounds, [](const Round& one) { return !one.shared; });
  for (const auto& one : rounds) {
    if (one.subject == wanted || (wanted == "round" && &one == &rounds.back())) return parsed(one.offer->text("dokument"));
  }
  return base::problems(round_unknown(rounds, wanted));
}

Checked<json::object> of_last_year(const Workspace& workspace, const SteeringFile& file) {
  const auto before = find_agreement(workspace, named(file.id).year_before());
  if (!before) {
    return base::problems({"last_year_missing", fmt::format("Die Vereinbarung des Vorjahres ({}) ist nicht im Speicher; mit einer Austauschdatei beginnen (--from=DATEI).", named(file.id).year_before()), "from"});
  }
  return drafting::for_next_year(parsed(before->stored.document));
}

Checked<json::object> basis(const Workspace& workspace, const SteeringFile& file, const OfferWanted& wanted) {
  if (wanted.document) {
    const auto read = intake::parse_agreement("Angebot", *wanted.document);
    if (!read) return tl::unexpected(read.error());
    return parsed(read->document);
  }
  const auto& from = wanted.from;
  if (from == "last") return of_last_year(workspace, file);
  const auto offers = file.record.of_kind("angebot");
  const bool begun = std::any_of(offers.begin(), offers.end(), [&](const auto* one) { return wanted.own || one->act.room == domain::shared_room; });
  if (from.empty() && !begun) {
    if (file.agreement) return parsed(file.agreement->stored.document);
    return of_last_year(workspace, file);
  }
  return of_round(file, from.empty() ? "round" : from, wanted.own || (!from.empty() && from != "round"));
}

// --- the agreement of the store ---------------------------------------------------------------------------------------------------

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::value partial(const std::optional<reader::SignedDate>& date) {
  if (!date || !date->iso().empty()) return nullptr;
  const auto number = [](const std::optional<int>& part) { return part ? json::value(*part) : json::value(nullptr); };
  return json::object{{"day", number(date->day)}, {"month", number(date->month)}, {"year", number(date->year)}};
}

json::object signature_of(const steering::Signed& line, std::size_t number) {
  const auto date = reader::signed_date(line.date);
  const auto iso = date ? date->iso() : std::string();
  const auto words = line.place.empty() && line.date.empty() ? line.signer : line.place.empty() ? line.date : line.date.empty() ? line.place : fmt::format("{}, den {}", line.place, line.date);
  const auto length = static_cast<std::int64_t>(words.size());
  return {{"id", fmt::format("S{}", number)}, {"party", line.party}, {"place_raw", or_null(line.place)}, {"place", or_null(line.place)}, {"date_raw", or_null(line.date)}, {"date_iso", or_null(iso)},
          {"date_quality", date && !date->quality.empty() ? date->quality : "MISSING"}, {"date_partial", partial(date)}, {"signer", or_null(line.signer)}, {"function", or_null(line.function)},
          {"on_behalf", line.on_behalf}, {"evidence", json::array{json::object{{"quote", words}, {"start", 0}, {"end", length}, {"byte_start", 0}, {"byte_end", length}, {"line", 1}}}}};
}

std::string signed_document(const Round& round, const std::vector<steering::Signed>& signatures) {
  auto document = parsed(round.offer->text("dokument"));
  json::array lines;
  for (const auto& one : signatures) lines.push_back(signature_of(one, lines.size() + 1));
  document.at("agreement").as_object()["signatures"] = std::move(lines);
  return json::serialize(document);
}

std::set<std::string> party_names(const domain::TargetAgreement& terms) {
  std::set<std::string> names;
  for (const auto& party : terms.parties) names.insert(party.name);
  return names;
}

// Rounds that are about this agreement. One that became the agreement is known by the name its paper has.
std::string paper_name(const std::string& id, const std::string& subject) { return fmt::format("Verhandlung {} {}", id, subject); }

}  // namespace

Checked<std::string> offer_document(const Workspace& workspace, const SteeringFile& file, const OfferWanted& wanted) {
  auto from = basis(workspace, file, wanted);
  if (!from) return tl::unexpected(from.error());
  auto document = drafting::with_values(*std::move(from), wanted.values, fmt::format("Verhandlung {}", file.id));
  if (!document) return tl::unexpected(document.error());
  // One negotiation is one paper, whatever its rounds say.
  document->at("document").as_object()["sha256"] = documents::sha256(fmt::format("Verhandlung {}", file.id));
  return json::serialize(*document);
}

domain::TargetAgreement next_offer(const Workspace& workspace, const SteeringFile& file) {
  const auto document = offer_document(workspace, file, {});
  const auto terms = document ? intake::parse_agreement("Angebot", *document) : tl::unexpected(document.error());
  return terms ? terms->agreement : domain::TargetAgreement{};
}

Checked<domain::Act> make_offer(Workspace& workspace, const Person& person, const std::string& id, const OfferWanted& wanted) {
  const auto file = open_file(workspace, person, id);
  if (!file) return base::problems(file.error());
  auto document = offer_document(workspace, *file, wanted);
  if (!document) return tl::unexpected(document.error());
  steering::Intent intent{"angebot", wanted.own ? "eigen" : domain::shared_room, {{"dokument", *std::move(document)}, {"hinweis", wanted.note}}, 0};
  json::object reasons;
  for (const auto& [target, words] : wanted.reasons) reasons[target] = words;
  if (!reasons.empty()) intent.fields["gruende"] = json::serialize(reasons);
  return act(workspace, person, id, std::move(intent));
}

Checked<std::vector<drafting::Difference>> compare_rounds(const Workspace& workspace, const Person& person, const SteeringFile& file, const std::string& before, const std::string& after) {
  const auto find = [&](const std::string& name) -> Checked<json::object> {
    if (name == "vereinbarung" && file.agreement) return parsed(file.agreement->stored.document);
    const auto id = name == "vorjahr" ? named(file.id).year_before() : name;
    const auto other = find_agreement(workspace, id);
    if (other && covers(person.scope, workspace, other->stored, other->terms)) return parsed(other->stored.document);
    return of_round(file, name);
  };
  const auto left = find(before);
  const auto right = find(after);
  base::Problems problems;
  for (const auto* side : {&left, &right}) {
    if (!*side) problems.insert(problems.end(), side->error().begin(), side->error().end());
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return drafting::diff(*left, *right);
}

base::Problems offer_problems(const Workspace& workspace, const SteeringFile& file, const std::string& document, const std::string& side) {
  const auto parsed = intake::parse_agreement("Angebot", document);
  if (!parsed) return parsed.error();
  base::Problems problems;
  const auto& terms = parsed->agreement;
  const auto [whose_file, year] = named(file.id);
  if (terms.year != year) problems.push_back({"year_unfit", fmt::format("Das Angebot ist für {}, verhandelt wird {}.", terms.year, year), "dokument"});
  const auto whose = whose_agreement(workspace, *parsed, {});
  if (whose && *whose != whose_file) problems.push_back({"jobcenter_unfit", fmt::format("Nach dem Namen der Partei gehört das Angebot zu {}, die Akte zu {}.", *whose, whose_file), "dokument"});
  else if (steering::ministries_apart(terms) != steering::ministries_apart(file.terms)) problems.push_back({"kind_unfit", fmt::format("Die Akte {} ist {}e Vereinbarung von Bund und Land; das Angebot ist es {}.", file.id, steering::ministries_apart(file.terms) ? "ein" : "kein", steering::ministries_apart(terms) ? "doch" : "nicht"), "dokument"});
  const auto sides = steering::sides_of(terms);
  if (sides.size() < 2 || !sides.contains(side)) {
    problems.push_back({"sides_missing", "Eine Vereinbarung hat mindestens zwei Seiten, und die anbietende ist eine davon.", "dokument"});
  } else if (file.agreement && party_names(terms) != party_names(file.agreement->terms)) {
    std::vector<std::string> gone;
    for (const auto& name : party_names(file.agreement->terms)) {
      if (!party_names(terms).contains(name)) gone.push_back(name);
    }
    problems.push_back({"parties_differ",
                        gone.empty() ? "Das Angebot hat eine Partei mehr als die Vereinbarung; eine Änderung ändert, was vereinbart ist, nicht, wer vereinbart hat."
                                     : fmt::format("Im Angebot fehlt: {}. Eine Partei scheidet nicht durch eine Änderung aus; dafür braucht es eine neue Vereinbarung.", base::join(gone, ", ")),
                        "dokument"});
  } else if (!file.record.sides().empty() && sides != file.record.sides() && !file.record.of_kind("angebot").empty()) {
    problems.push_back({"parties_differ", "Das Angebot hat andere Seiten als die bisherigen Runden.", "dokument"});
  }
  return problems;
}

std::optional<std::string> conclude(store::Store& store, const Workspace& workspace, const SteeringFile& file) {
  const auto rounds = steering::rounds(file.record);
  const auto* agreed = steering::agreed_round(rounds);
  if (!agreed) return std::nullopt;
  const auto source = paper_name(file.id, agreed->subject);
  const auto versions = store.versions(file.id);
  if (std::any_of(versions.begin(), versions.end(), [&](const auto& one) { return one.source == source; })) return std::nullopt;
  const auto offered = intake::parse_agreement(source, agreed->offer->text("dokument"));
  const auto signatures = steering::signatures(file.record, offered->agreement);
  if (!steering::all_signed(signatures)) return std::nullopt;
  const auto document = signed_document(*agreed, signatures);
  const auto checked = intake::parse_agreement(source, document);
  base::ensure(checked.has_value(), "an agreed round with its signatures fits the exchange format");
  const int version = versions.empty() ? 1 : versions.back().version + 1;
  const domain::Confirmation confirmation{workspace.actor(), fmt::format("Einigung auf {} und Unterschrift aller Parteien", agreed->subject), {}};
  store.keep(domain::StoredAgreement{file.id, version, domain::ProviderNumber::parse(named(file.id).whose), document, source, checked->sha256, workspace.now(), confirmation});
  return fmt::format("{}@{}", file.id, version);
}

}  // namespace zielwerk::app
