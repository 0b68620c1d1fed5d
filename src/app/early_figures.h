// Own early figures beside official ones: what differs and why, and a page that shows both.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace.h"
#include "casework/outlook.h"
#include "report/early_page.h"

namespace zielwerk::app {

// One figure of one month, own against official. Amounts are plain numbers; absent means missing, never 0.
struct Reconciled {
  domain::SeriesKey series;                // official name
  base::Month own_state;
  base::Month official_state;
  std::optional<base::Exact> own;          // the early one: of the oldest Ladestand
  std::optional<base::Exact> official;     // newest
  std::optional<base::Exact> difference;   // official - own
  std::optional<base::Exact> late;         // of it: what we ourselves had learnt when the official one was loaded
  std::optional<base::Exact> moves;        // of it: moves that were counted as Zugang or Abgang
  std::optional<base::Exact> rest;         // of it: what is left
  std::string reason;                      // why there is no difference to state, or what the rest can be
};
std::vector<Reconciled> reconcile(const Workspace& workspace, domain::ProviderNumber jobcenter, base::Month month);

// What the page shows: the series ELB, LZB, INT with own and official values month by month, and the outlook of a state file if given.
base::Checked<report::EarlyPage> early_page(const Workspace& workspace, domain::ProviderNumber jobcenter, const std::optional<std::filesystem::path>& state, int ahead);

}  // namespace zielwerk::app
