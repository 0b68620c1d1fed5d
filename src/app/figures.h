// Use cases around single figures: one figure of a Jobcenter, its revisions from t-0 to t-3, and the comparison of Jobcenter.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/sums.h"
#include "app/workspace.h"
#include "indicators/catalogue.h"

namespace zielwerk::app {

// A figure by any of its names: Kennzahl (K2E3), indicator code of agreements (INTEGRATIONS_COUNT), or declared by the user. K2_F and
// K2_M name the sex as well. Problem figure_unknown lists what there is.
base::Result<indicators::Subject> find_figure(const Workspace& workspace, const std::string& name, base::Month month);

// The two forms a figure is published in.
enum class FigureForm { Month, YearToDate };
std::string in_words(FigureForm form);

struct FigureValue {
  domain::Sex sex = domain::Sex::T;
  FigureForm form = FigureForm::Month;
  domain::DataState state;
  std::optional<indicators::Reading> reading;
  std::string reason;  // why there is none
};

// M, F and T (or the one sex the name says), month's form and year to date.
std::vector<FigureValue> figure_values(const Workspace& workspace, const indicators::Subject& subject, bool all_sexes, domain::ProviderNumber jobcenter,
                                       base::Month month, domain::DataState state);

// A figure of t-0, t-1 … as far as Ladestände are kept.
std::vector<FigureValue> figure_revisions(const Workspace& workspace, const indicators::Subject& subject, domain::ProviderNumber jobcenter, base::Month month,
                                          FigureForm form);

// Months in a row up to `month`, each in its monthly form (or year to date) as one Ladestand shows it.
struct FigureMonth {
  base::Month month;
  FigureValue value;
};
std::vector<FigureMonth> figure_course(const indicators::Subject& subject, domain::Sex sex, const domain::FactHistory& facts, base::Month month, domain::DataState state,
                                       FigureForm form, int months);
// The series that figure needs, of all sexes.
std::vector<domain::SeriesKey> series_of(const indicators::Figure& figure);

// Vergleichstyp of a Jobcenter in a month, empty if none is known.
std::string peer_group_of(const std::vector<domain::PeerGroupMembership>& memberships, domain::ProviderNumber jobcenter, base::Month month);

struct PeerFilter {
  std::string land;
  std::optional<domain::Form> form;
  std::string peer_group;  // Vergleichstyp
  std::vector<domain::ProviderNumber> only;  // a free group; empty: no limit
};

struct PeerValue {
  domain::ProviderNumber jobcenter;
  FigureValue value;
  int rank = 0;  // 1 is best; equal printed values share a rank; 0 without a value
};

struct Peers {
  std::vector<PeerValue> values;  // by rank, those without a value last
  int ranked = 0;
  FigureValue together;  // from summed numerators and denominators of those with all their facts
  int summed = 0;        // Jobcenter in `together`
};

// Problem peers_empty if nobody fits the filter.
base::Result<Peers> compare_peers(const Workspace& workspace, const indicators::Subject& subject, const PeerFilter& filter, base::Month month,
                                  domain::DataState state, FigureForm form);

}  // namespace zielwerk::app
