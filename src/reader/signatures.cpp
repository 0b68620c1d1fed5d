#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "reader/damage.h"
#include "reader/known_parties.h"
#include "reader/passages.h"
#include "reader/signature_lines.h"

namespace zielwerk::reader {
namespace {

struct Signer {
  const Cell* name = nullptr;
  const Cell* date = nullptr;
  std::vector<const Cell*> behalf_cells;
  bool behalf = false;
  bool shared = false;
  std::string office;
  std::string label;  // words around the name that say for whom
  int party = -1;
};

using Column = std::vector<const Cell*>;

std::vector<Column> columns_of(const Stretch& stretch) {
  std::size_t count = 1;
  std::vector<int> starts;
  for (const auto& line : stretch) {
    const auto telling = static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](const Cell& cell) { return cell.part != Part::Other; }));
    if (telling > count && telling == line.size()) {
      count = telling;
      starts.clear();
      for (const auto& cell : line) starts.push_back(cell.column);
    }
  }
  std::vector<Column> columns(count);
  for (const auto& line : stretch) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      std::size_t at = 0;
      const bool table = line[i].column >= 1000 && line[i].column % 1000 == 0;
      if (table) {
        at = std::min<std::size_t>(static_cast<std::size_t>(line[i].column) / 1000, count - 1);
      } else if (line.size() == count) {
        at = i;
      } else {
        for (std::size_t c = 1; c < starts.size(); ++c) {
          const auto far = [&](std::size_t k) { return std::abs(starts[k] % 1000 == 0 && starts[k] >= 1000 ? 40 * static_cast<int>(k) - line[i].column : starts[k] - line[i].column); };
          if (far(c) < far(at)) at = c;
        }
      }
      columns[at].push_back(&line[i]);
    }
  }
  return columns;
}

// "M. Scherer" above "Dr. Martina Scherer" is the hand, read by a machine.
bool handwritten(const Cell& cell, const Column& column, std::size_t at) {
  static const Words initial(R"(^(?:gez\.:? )?[A-ZÄÖÜ][a-z]{0,2}\. ?[A-Z])");
  if (!initial.in(cell.text)) return false;
  for (std::size_t next = at + 1; next < std::min(at + 3, column.size()); ++next) {
    if (column[next]->part == Part::Name) return surname(column[next]->person) == surname(cell.person);
  }
  return false;
}

std::string office_of(const Column& column, std::size_t name) {
  if (!column[name]->office.empty()) return column[name]->office;
  const auto joined = [&](std::size_t at) {
    std::string office = column[at]->office;
    if (column[at]->text.starts_with(office + " ") || column[at]->text.find(office + " ") != std::string::npos) office = column[at]->text;
    for (auto next = at + 1; next < column.size() && column[next]->part == Part::Label; ++next) {
      const auto& text = column[next]->text;
      const bool goes_on = text.starts_with("der ") || text.starts_with("des ") || office.ends_with("Jobcenters") || office.ends_with("Kreises") || office.ends_with("Landkreises") || office.ends_with("Stadt") || office.ends_with("für Arbeit");
      if (!goes_on) break;
      office += " " + text;
    }
    return office;
  };
  for (auto at = name + 1; at < column.size() && column[at]->part != Part::Name && column[at]->part != Part::Date; ++at) {
    if (column[at]->part == Part::Office) return joined(at);
  }
  for (auto at = name; at-- > 0 && column[at]->part != Part::Name && column[at]->part != Part::Date;) {
    if (column[at]->part == Part::Behalf) return {};  // the office above "In Vertretung" is another's
    if (column[at]->part == Part::Office || (column[at]->part == Part::Label && !column[at]->office.empty())) return column[at]->office;
  }
  return {};
}

// Who signs in a column, in order, each with the label above or below.
std::vector<Signer> people_of(const Column& column) {
  std::vector<Signer> people;
  bool above = false, seen = false;
  for (const auto* cell : column) {
    if (cell->part == Part::Name) seen = true;
    if (cell->part == Part::Label && !seen) above = true;
  }
  std::vector<const Cell*> behalf;
  std::string label;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const auto& cell = *column[i];
    if (cell.part == Part::Behalf) behalf.push_back(&cell);
    if (cell.part == Part::Date) behalf.clear();
    if (cell.part == Part::Label || cell.part == Part::Other) {
      if (above || people.empty()) label += " " + cell.text;
      else people.back().label += " " + cell.text;
      if (cell.behalf && !people.empty()) {
        people.back().behalf = true;
        people.back().behalf_cells.push_back(&cell);
      }
    }
    if (cell.part != Part::Name || handwritten(cell, column, i)) continue;
    Signer signer;
    signer.name = &cell;
    signer.behalf = cell.behalf || !behalf.empty();
    signer.behalf_cells = std::move(behalf);
    behalf.clear();
    signer.office = office_of(column, i);
    if (above) signer.label = std::exchange(label, {});
    signer.label += " " + cell.of;
    people.push_back(std::move(signer));
  }
  return people;
}

// Dates and names of one column: as many dates in a row as names after them go together in order; one date before several names is theirs.
std::vector<Signer> paired(const Column& column) {
  auto people = people_of(column);
  struct Run {
    std::vector<const Cell*> dates;
    std::vector<std::vector<const Cell*>> behalf;
    std::vector<std::size_t> names;
  };
  std::vector<Run> runs(1);
  std::size_t person = 0;
  bool names_first = false;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const auto* cell = column[i];
    if (cell->part == Part::Date) {
      if (!runs.back().names.empty() && !names_first) runs.emplace_back();
      runs.back().dates.push_back(cell);
      runs.back().behalf.emplace_back();
    } else if (cell->part == Part::Behalf && !runs.back().dates.empty() && runs.back().names.empty() && i + 1 < column.size() && column[i + 1]->part == Part::Date) {
      runs.back().behalf.back().push_back(cell);
    } else if (cell->part == Part::Name && !handwritten(*cell, column, i)) {
      const bool last_date_gone = std::none_of(column.begin() + static_cast<std::ptrdiff_t>(i), column.end(), [](const Cell* other) { return other->part == Part::Date; });
      if (i == 0 || (runs.size() == 1 && runs[0].dates.empty())) names_first = !last_date_gone;
      runs.back().names.push_back(person++);
    }
  }
  std::vector<Signer> result;
  for (auto& run : runs) {
    for (std::size_t k = 0; k < std::max(run.names.size(), run.dates.size()); ++k) {
      Signer signer = k < run.names.size() ? people[run.names[k]] : Signer{};
      if (!run.dates.empty()) {
        const bool one = run.dates.size() == 1;
        signer.date = one ? run.dates[0] : k < run.dates.size() ? run.dates[k] : nullptr;
        signer.shared = one && run.names.size() > 1;
        if (k < run.behalf.size() && !run.behalf[k].empty()) {
          signer.behalf = true;
          signer.behalf_cells = run.behalf[k];
        }
      }
      if (signer.name == nullptr) {
        for (const auto* cell : column) signer.label += cell->part == Part::Label ? " " + cell->text : std::string();
      }
      result.push_back(std::move(signer));
    }
  }
  return result;
}

std::vector<Signer> signers_of(const Stretch& stretch) {
  const auto columns = columns_of(stretch);
  std::vector<Signer> all;
  for (const auto& column : columns) {
    for (auto& signer : paired(column)) all.push_back(std::move(signer));
  }
  // "Altenrod, den 19.01.2017" above two names side by side is the date of both.
  for (auto& signer : all) {
    if (signer.date || !signer.name) continue;
    const auto beside = std::find_if(all.begin(), all.end(), [&](const Signer& other) { return other.date && other.name && other.name->line == signer.name->line && other.date->line != other.name->line; });
    if (beside == all.end()) continue;
    const bool own = std::any_of(columns.begin(), columns.end(), [&](const Column& column) { return std::find(column.begin(), column.end(), signer.name) != column.end() && std::any_of(column.begin(), column.end(), [](const Cell* cell) { return cell->part == Part::Date; }); });
    if (own) continue;
    signer.date = beside->date;
    signer.shared = true;
    if (signer.label.empty()) signer.label = beside->label;
  }
  // One date over several columns of names.
  const Cell* only = nullptr;
  int dates = 0;
  for (const auto& signer : all) {
    if (signer.date && signer.date != only) {
      only = signer.date;
      ++dates;
    }
  }
  if (dates == 1 && columns.size() > 1) {
    for (auto& signer : all) {
      signer.date = only;
      signer.shared = all.size() > 1;
    }
  }
  return all;
}

void assign_parties(std::vector<Signer>& signers, const std::vector<PartyKnown>& parties) {
  std::set<int> taken;
  for (auto& signer : signers) {
    const auto is = [&](const PartyKnown& party) { return signer.name && signer.name->person == party.person; };
    const auto named = std::count_if(parties.begin(), parties.end(), is);
    if (named > 0) signer.party = static_cast<int>(std::find_if(parties.begin(), parties.end(), is) - parties.begin());
    // One person may act for several parties; then the words beside the name decide.
    if (named != 1) {
      if (const auto labelled = party_of(signer.label, parties); labelled >= 0) signer.party = labelled;
    }
    if (signer.party >= 0) taken.insert(signer.party);
  }
  int next = 0;
  for (auto& signer : signers) {
    if (signer.party >= 0) continue;
    while (next < static_cast<int>(parties.size()) && taken.contains(next)) ++next;
    if (next < static_cast<int>(parties.size())) {
      signer.party = next;
      taken.insert(next);
      continue;
    }
    // A second hand under the same date signs for the same party.
    for (const auto& other : signers) {
      if (other.date && other.date == signer.date && other.party >= 0) signer.party = other.party;
    }
  }
  std::stable_sort(signers.begin(), signers.end(), [](const Signer& a, const Signer& b) { return a.party < b.party; });
}

// A day so late in the year that was agreed for, or after it, was hardly written so.
bool doubtful(const Draft& draft, const SignedDate& date) {
  const bool amends = !draft.agreement.at("amends").is_null();
  const int year = draft.paper.year;
  if (year == 0 || !date.year || !date.month) return false;
  return *date.year > year || (*date.year == year && *date.month > 9 && !amends) || *date.year < year - 1 || (*date.year == year - 1 && *date.month < 4 && !amends);
}

struct Written {
  json::value iso = nullptr, partial = nullptr;
  std::string quality = "MISSING", note;
};

Written written_date(Draft& draft, const Signer& signer, bool month_first_paper, bool shared) {
  Written written;
  if (!signer.date) return written;
  auto date = signer.date->date;
  if (date.ambiguous && month_first_paper) std::swap(date.day, date.month);
  written.quality = date.quality;
  if (const auto iso = date.iso(); !iso.empty()) {
    written.iso = iso;
    if (shared) written.quality = "SHARED_DATE";
    if (const auto damage = damage_in(draft.paper, {date.raw}); !damage.empty()) {
      written.quality = "COMPLETE_OCR_CORRECTED";
      written.note = damage;
    }
    if (date.month_first) written.note = "Monat vor Tag";
    if (date.ambiguous) written.note = month_first_paper ? "Tag oder Monat zuerst: wie das andere Datum des Papiers mit dem Monat zuerst gelesen" : "Tag zuerst gelesen";
    if (date.ambiguous && month_first_paper) written.quality = "COMPLETE_BUT_DOUBTFUL";
    if (doubtful(draft, date)) {
      written.quality = "COMPLETE_BUT_DOUBTFUL";
      written.note = "Datum passt nicht zum Jahr der Vereinbarung; vermutlich falsch gelesen";
    }
  } else if (date.quality != "MISSING") {
    written.partial = json::object{{"day", or_null(date.day)}, {"month", or_null(date.month)}, {"year", or_null(date.year)}};
  }
  return written;
}

std::string place_of(const Signer& signer, const std::vector<Signer>& all) {
  if (!signer.date) return {};
  const auto& place = signer.date->place;
  static const Words initial(R"(^[A-ZÄÖÜ][a-z]{0,2}\. ?[A-ZÄÖÜ])");
  if (initial.in(place)) return {};
  for (const auto& other : all) {
    if (other.name && (place == other.name->person || (place.find('.') != std::string::npos && place.ends_with(surname(other.name->person))))) return {};
  }
  return place;
}

void write(Draft& draft, const Signer& signer, const std::vector<Signer>& all, const std::vector<PartyKnown>& parties, bool month_first_paper) {
  auto& list = draft.list("signatures");
  const auto id = fmt::format("S{}", list.size() + 1);
  const auto field = fmt::format("signatures[{}]", id);
  const auto* party = signer.party >= 0 ? &parties[static_cast<std::size_t>(signer.party)] : nullptr;
  const bool shared = signer.shared && std::any_of(all.begin(), all.end(), [&](const Signer& other) { return other.date == signer.date && other.party != signer.party; });
  auto written = written_date(draft, signer, month_first_paper, shared);
  std::vector<Span> raw;
  json::object one{{"id", id}, {"party", party ? party->id : ""}};
  const auto place = place_of(signer, all);
  one["place_raw"] = signer.date ? text_or_null(signer.date->place) : json::value(nullptr);
  one["place"] = text_or_null(place);
  if (signer.date && !signer.date->place.empty() && place.empty()) written.note = "an der Stelle des Ortes steht ein Name; der Ort ist unbekannt";
  one["date_raw"] = signer.date && !signer.date->date.raw.empty() ? json::value(draft.paper.quote(signer.date->date.raw)) : json::value(nullptr);
  one["date_iso"] = written.iso;
  one["date_quality"] = written.quality;
  one["date_partial"] = written.partial;
  one["date_likely"] = nullptr;
  std::string function = signer.office;
  const bool named = signer.name && party && signer.name->person == party->person;
  if (function.empty() && named) function = party->function;
  one["signer"] = signer.name ? json::value(signer.name->person) : json::value(nullptr);
  one["function"] = text_or_null(function);
  one["on_behalf"] = signer.behalf && !(named && signer.behalf_cells.empty() && !signer.name->behalf);
  one["note"] = text_or_null(written.note);
  if (signer.date) {
    raw.push_back(signer.date->raw);
    draft.mark(signer.date->place_raw, field + ".place");
    const bool exact = written.quality.starts_with("COMPLETE") && written.note.empty();
    draft.mark(signer.date->date.raw, field + ".date_raw", exact ? "exact" : "inferred", exact || !written.note.empty() ? written.note : "das Datum ist unvollständig");
  }
  for (const auto* cell : signer.behalf_cells) raw.push_back(cell->raw);
  if (signer.name) {
    raw.push_back(signer.name->raw);
    draft.mark(signer.name->raw, field + ".signer");
  }
  one["evidence"] = draft.evidence(raw);
  const auto who = party ? party->name : signer.name ? signer.name->person : std::string("unbekannt");
  const auto at = raw.empty() ? Span{} : raw.front();
  if (written.iso.is_null()) draft.open("signature_date_incomplete", fmt::format("Das Datum der Unterschrift ({}) ist {}; es wird nicht ergänzt.", who, written.quality == "MISSING" ? "nicht eingetragen" : "unvollständig"), at);
  if (written.quality == "COMPLETE_BUT_DOUBTFUL" || (signer.date && signer.date->date.ambiguous)) draft.open("signature_date_doubtful", fmt::format("Das Datum der Unterschrift ({}) ist zweifelhaft: {}; bitte am Papier prüfen.", who, written.note), at);
  if (!signer.name) draft.open("signer_missing", fmt::format("Wer für {} unterschreibt, steht nicht im Text.", who), at);
  if (!party) draft.open("signature_party_unknown", fmt::format("Für welche Partei {} unterschreibt, ist nicht zu erkennen.", who), at);
  list.push_back(std::move(one));
}

// "Vorsitzende der Geschäftsführung …" of the head without a name: who signs for that party holds the office.
void complete_parties(Draft& draft) {
  for (auto& value : draft.list("parties")) {
    auto& party = value.as_object();
    auto& people = party["represented_by"].as_array();
    if (people.empty() || !people[0].at("name").is_null()) continue;
    for (const auto& signature : draft.list("signatures")) {
      if (signature.at("party") != party["id"] || signature.at("on_behalf").as_bool() || signature.at("signer").is_null()) continue;
      people[0].as_object()["name"] = signature.at("signer");
      party["evidence"].as_array().push_back(signature.at("evidence").as_array().back());
      break;
    }
  }
}

}  // namespace

void read_signatures(Draft& draft) {
  const auto parties = known_parties(draft);
  Known known;
  for (const auto& party : parties) {
    if (!party.person.empty()) known.persons.push_back(party.person);
    known.parties.push_back(party.name);
    if (party.abbr.size() > 1) known.parties.push_back(party.abbr);
  }
  const auto named = persons_named(draft.paper, parties);
  for (const auto& person : named) {
    if (std::find(known.persons.begin(), known.persons.end(), person.name) == known.persons.end()) known.persons.push_back(person.name);
  }
  const auto stretches = signature_stretches(draft.paper, known);
  std::vector<Signer> all;
  for (const auto& stretch : stretches) {
    // A date line alone is the date of a letter.
    const bool signs = std::any_of(stretch.begin(), stretch.end(), [](const auto& line) { return std::any_of(line.begin(), line.end(), [](const Cell& cell) { return cell.part == Part::Name || cell.part == Part::Label || cell.part == Part::Blank; }); });
    if (!signs) continue;
    for (auto& signer : signers_of(stretch)) all.push_back(std::move(signer));
  }
  draft.list("signatures");
  if (all.empty()) {
    draft.open("signatures_missing", "Unterschriften mit Ort und Datum wurden nicht gefunden.");
    return;
  }
  for (auto& signer : all) {
    const auto person = std::find_if(named.begin(), named.end(), [&](const PersonNamed& one) { return signer.name && one.name == signer.name->person; });
    if (person == named.end()) continue;
    if (signer.office.empty()) signer.office = person->function;
    const bool represents = std::any_of(parties.begin(), parties.end(), [&](const PartyKnown& party) { return party.person == person->name; });
    if (!represents && person->party >= 0) signer.label += " " + parties[static_cast<std::size_t>(person->party)].name;
  }
  assign_parties(all, parties);
  const bool month_first = std::any_of(all.begin(), all.end(), [](const Signer& signer) { return signer.date && signer.date->date.month_first; });
  for (const auto& signer : all) write(draft, signer, all, parties, month_first);
  complete_parties(draft);
  for (std::size_t p = 0; p < parties.size(); ++p) {
    if (std::none_of(all.begin(), all.end(), [&](const Signer& signer) { return signer.party == static_cast<int>(p); })) draft.open("signature_missing", fmt::format("Eine Unterschrift für {} wurde nicht gefunden.", parties[p].name));
  }
}

}  // namespace zielwerk::reader
