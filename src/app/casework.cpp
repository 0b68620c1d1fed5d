#include "app/casework.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "intake/person_groups.h"
#include "casework/parallel.h"
#include "casework/spells.h"
#include "casework/state_file.h"
#include "casework/whole_file.h"

namespace zielwerk::app {

std::string rule_note(base::Month first, base::Month last, bool by_days) {
  std::string note = by_days ? "LZB nach Regel [B] (mindestens 638 von 730 Tagen)" : "LZB nach Regel [A] (mindestens 21 von 24 Monaten)";
  note += "; LZB4 nach Regel [A], eigene Regel (mindestens 42 von 48 Monaten)";
  const auto until = [&](int months) { return std::min(last, first + (months - 2)).text(); };
  if (!by_days) note += fmt::format("; unvollständig, weil frühere Monate fehlen: LZB bis {}, LZB4 bis {}", until(24), until(48));
  else note += fmt::format("; unvollständig, weil frühere Monate fehlen: LZB4 bis {}", until(48));
  return note;
}

namespace {

base::Checked<casework::Caseload> read(const std::vector<std::filesystem::path>& inputs, const std::optional<std::filesystem::path>& groups, unsigned threads, const casework::Path* path,
                                       casework::Part part, bool one_month, const casework::Progress& progress) {
  casework::ReadOptions options;
  options.part = part;
  options.one_month = one_month;
  options.path = path;
  options.threads = threads;
  options.progress = progress;
  if (groups) {
    auto rules = intake::read_person_groups(*groups);
    if (!rules) return tl::unexpected(rules.error());
    options.groups = std::move(*rules);
  }
  // A folder holds spells.
  if (std::any_of(inputs.begin(), inputs.end(), [](const auto& input) { return std::filesystem::is_directory(input); })) {
    if (inputs.size() == 1) return casework::read_spells(inputs.front(), options);
    return base::problems({"inputs_mixed", "Ein Verzeichnis mit Zeiträumen steht für sich; bitte nur dieses angeben.", ""});
  }
  return casework::read_person_months(inputs, options);
}

// Checks the Ladestand and writes the facts file.
base::Problems write_facts(const ComputeRequest& request, Computed& done) {
  done.first = done.counts.first;
  done.last = done.first + (done.counts.months - 1);
  done.state = request.state.value_or(done.last);
  const auto last_told = std::min(done.last, request.to.value_or(done.last));
  if (done.state < last_told) return {{"state_before_month", fmt::format("Der Ladestand {} liegt vor dem letzten Berichtsmonat {}.", done.state.text(), last_told.text()), ""}};
  if (!request.out) return {};
  casework::WholeFile file(*request.out);
  done.csv = casework::write_csv(done.counts, request.from.value_or(done.first), request.to.value_or(done.last), done.state, !request.internal, request.threads,
                                 [&](std::string_view text) { file.write(text); });
  file.commit(false);
  return {};
}

}  // namespace

base::Checked<Computed> compute(const ComputeRequest& request, const casework::Progress& progress) {
  if (request.part.of > 1 && (!request.state_file || request.out)) return base::problems({"part_needs_state", "Ein Teil der Personen ergibt noch keine Zahlen: --part schreibt nur eine Zustandsdatei (--state), „casework merge“ zählt alle Teile zusammen.", ""});
  const auto caseload = read(request.inputs, request.groups, request.threads, request.path, request.part, false, progress);
  if (!caseload) return tl::unexpected(caseload.error());
  if (caseload->by_days && request.state_file) return base::problems({"state_by_days", "Eine Zustandsdatei entsteht nur aus Personenmonaten: sie hält Monate fest, keine Tage.", ""});
  Computed done;
  done.part = request.part;
  done.counts = casework::count(*caseload, *request.path, request.threads);
  done.rows = caseload->row_count();
  done.persons = caseload->persons();
  done.by_days = caseload->by_days;
  done.gaps = caseload->gaps();
  if (auto problems = write_facts(request, done); !problems.empty()) return tl::unexpected(std::move(problems));
  if (request.state_file) casework::write_state(*caseload, *request.state_file, *request.path, request.threads);
  return done;
}

namespace {

// A forgotten part would be a silent gap in every figure.
base::Problems parts_missing(const std::vector<std::unique_ptr<casework::StateFile>>& states) {
  base::Problems problems;
  for (const auto& state : states) {
    const auto part = state->part();
    const auto same = [&](std::uint32_t number) { return [&, number](const auto& other) { return other->part().of == part.of && other->part().number == number; }; };
    if (part.of == 1) continue;
    std::vector<std::string> missing;
    for (std::uint32_t number = 0; number < part.of; ++number) {
      const auto there = std::count_if(states.begin(), states.end(), same(number));
      if (there == 0) missing.push_back(fmt::format("{}/{}", number, part.of));
      if (there > 1 && number == part.number) problems.push_back({"part_twice", fmt::format("Teil {}/{} ist mehr als einmal angegeben.", number, part.of), state->name()});
    }
    const bool first = &state == &*std::find_if(states.begin(), states.end(), [&](const auto& other) { return other->part().of == part.of; });
    if (first && !missing.empty()) problems.push_back({"parts_missing", fmt::format("Die Datei ist Teil {}/{}; es fehlen: {}.", part.number, part.of, base::join(missing, ", ")), state->name()});
  }
  return problems;
}

}  // namespace

base::Checked<Computed> merge(const ComputeRequest& request) {
  std::vector<std::unique_ptr<casework::StateFile>> states;
  base::Problems problems;
  std::vector<base::Checked<std::unique_ptr<casework::StateFile>>> opened(request.inputs.size());
  std::atomic<std::size_t> next = 0;
  casework::in_parallel(request.threads, [&](unsigned) {
    for (auto index = next++; index < opened.size(); index = next++) opened[index] = casework::StateFile::open(request.inputs[index]);
  });
  for (auto& state : opened) {
    if (state) states.push_back(std::move(*state));
    else problems.insert(problems.end(), state.error().begin(), state.error().end());
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  Computed done;
  auto first = states.front()->first(), last = states.front()->last();
  for (const auto& state : states) {
    first = std::min(first, state->first());
    last = std::max(last, state->last());
    done.rows += state->rows();
    done.persons += state->persons();
  }
  if (auto missing = parts_missing(states); !missing.empty()) return tl::unexpected(std::move(missing));
  if (auto twice = casework::persons_in_two(states); !twice.empty()) return tl::unexpected(std::move(twice));
  // Files with the same groups are counted in one go, the others are added.
  std::map<std::vector<std::string>, std::vector<const casework::StateFile*>> by_groups;
  for (const auto& state : states) {
    std::vector<std::string> codes;
    for (const auto& rule : state->groups().rules) codes.push_back(rule.code);
    by_groups[codes].push_back(state.get());
  }
  for (const auto& [codes, together] : by_groups) {
    auto counts = casework::count(together, *request.path, request.threads, first, last);
    if (done.counts.months == 0) done.counts = std::move(counts);
    else if (!done.counts.add(counts)) return base::problems({"groups_differ", "Die Zustandsdateien nennen zusammen mehr als fünf Gruppen.", together.front()->name()});
  }
  if (auto wrong = write_facts(request, done); !wrong.empty()) return tl::unexpected(std::move(wrong));
  return done;
}

base::Checked<Appended> append(const AppendRequest& request, const casework::Progress& progress) {
  std::unique_ptr<casework::StateFile> state;
  if (std::filesystem::exists(request.state)) {
    auto opened = casework::StateFile::open(request.state);
    if (!opened) return tl::unexpected(opened.error());
    state = std::move(*opened);
  }
  auto caseload = read(request.inputs, request.groups, request.threads, request.path, state ? state->part() : casework::Part{}, state != nullptr, progress);
  if (!caseload) return tl::unexpected(caseload.error());
  if (caseload->by_days) return base::problems({"state_by_days", "Eine Zustandsdatei entsteht nur aus Personenmonaten: sie hält Monate fest, keine Tage.", ""});
  unsigned first = 0, last = 0;
  caseload->span(first, last);
  const auto month = casework::first_possible + static_cast<int>(first);
  Appended done{month, casework::first_possible + static_cast<int>(last), caseload->row_count(), 0, Appended::What::Added};
  if (!state) {
    done.what = Appended::What::Made;
    casework::write_state(*caseload, request.state, *request.path, request.threads);
  } else {
    const auto where = request.inputs.front().filename().string();
    if (first != last) return base::problems({"months_several", fmt::format("Die Eingabe enthält Monate von {} bis {}; angefügt wird ein einzelner Monat.", month.text(), done.last.text()), where});
    const auto same_code = [](const casework::GroupRule& a, const casework::GroupRule& b) { return a.code == b.code; };
    if (!std::equal(state->groups().rules.begin(), state->groups().rules.end(), caseload->groups.rules.begin(), caseload->groups.rules.end(), same_code)) {
      return base::problems({"groups_differ", "Die Zustandsdatei wurde mit anderen Gruppen angelegt; bitte dieselbe Datei mit --groups angeben.", state->name()});
    }
    const auto end = state->last();
    if (month > end + 1) return base::problems({"month_gap", fmt::format("Die Zustandsdatei reicht bis {}; als Nächstes kommt {}, nicht {}.", end.text(), (end + 1).text(), month.text()), where});
    if (month < state->first()) return base::problems({"month_before", fmt::format("Die Zustandsdatei beginnt mit {}; frühere Monate brauchen „casework compute --state“.", state->first().text()), where});
    if (month <= end && !request.correction) {
      return base::problems({"month_known", fmt::format("Der Monat {} ist in der Zustandsdatei schon enthalten; --korrektur ersetzt ihn.", month.text()), where});
    }
    if (month > end) {
      if (auto problems = casework::append_month(*state, request.state, *caseload, *request.path, request.threads); !problems.empty()) return tl::unexpected(std::move(problems));
    } else {
      done.what = Appended::What::Replaced;
      casework::write_state(casework::with_corrected_month(*state, *caseload, month, *request.path), request.state, *request.path, request.threads);
    }
  }
  done.bytes = std::filesystem::file_size(request.state);
  return done;
}

base::Checked<StateInfo> state_info(const std::filesystem::path& path) {
  const auto opened = casework::StateFile::open(path);
  if (!opened) return tl::unexpected(opened.error());
  const auto& state = **opened;
  StateInfo info{state.part(), state.bytes(), state.rows(), state.persons(), state.slots(), state.space().blocks().size(), 0, state.first(), state.last(), state.unfinished(), {}};
  std::set<unsigned> jobcenters;
  for (const auto id : state.space().blocks()) {
    if (id != casework::nowhere) jobcenters.insert(id / 3U);
  }
  info.jobcenters = jobcenters.size();
  for (const auto& rule : state.groups().rules) info.groups.push_back(rule.code);
  return info;
}

base::Problems verify_state(const std::filesystem::path& path, unsigned threads) {
  const auto state = casework::StateFile::open(path);
  return state ? (*state)->verify(threads) : state.error();
}

}  // namespace zielwerk::app
