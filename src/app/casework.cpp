#include "app/casework.h"

#include <algorithm>

#include <fmt/format.h>

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

base::Checked<Computed> compute(const ComputeRequest& request, const casework::Progress& progress) {
  casework::ReadOptions options;
  options.path = request.path;
  options.threads = request.threads;
  options.progress = progress;
  const auto caseload = casework::read_person_months(request.inputs, options);
  if (!caseload) return tl::unexpected(caseload.error());
  Computed done;
  done.counts = casework::count(*caseload, *request.path, request.threads);
  done.first = done.counts.first;
  done.last = done.first + (done.counts.months - 1);
  done.state = request.state.value_or(done.last);
  done.rows = caseload->row_count();
  done.persons = caseload->persons();
  done.by_days = caseload->by_days;
  done.gaps = caseload->gaps();
  if (done.state < std::min(done.last, request.to.value_or(done.last))) {
    return base::problems({"state_before_month", fmt::format("Der Ladestand {} liegt vor dem letzten Berichtsmonat {}.", done.state.text(), done.last.text()), ""});
  }
  if (request.out) {
    casework::WholeFile file(*request.out);
    done.csv = casework::write_csv(done.counts, request.from.value_or(done.first), request.to.value_or(done.last), done.state, !request.internal, request.threads,
                                   [&](std::string_view text) { file.write(text); });
    file.commit();
  }
  return done;
}

}  // namespace zielwerk::app
