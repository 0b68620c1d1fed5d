// What anybody may see (Öffentlichkeit): Kennzahlen of the regulation by Jobcenter, final (t-3), after disclosure control; and that control itself,
// for documents that leave the house.
#pragma once

#include "app/figures.h"

namespace zielwerk::app {

struct PublishedValue {
  domain::ProviderNumber jobcenter;
  std::optional<base::Exact> value;  // in percent; none: withheld, or not known
  bool withheld = false;             // 1 or 2 persons stand behind a part of it (handbook, section 9; decision 0036)
};

struct Published {
  indicators::Figure figure;
  base::Month month;
  domain::DataState state;
  std::vector<PublishedValue> values;  // those Jobcenter that have figures in the store, by number
};

// Only figures of the regulation, only everybody (no sexes, no groups of its own): code K2, not K2_F. Problems: figure_unknown,
// month_not_published (no Jobcenter has the month in its final Ladestand).
base::Result<Published> published(const Workspace& workspace, const std::string& code, base::Month month);

// The last month that is final for anybody; none: nothing is published yet.
std::optional<base::Month> last_published(const Workspace& workspace);

// Does a number of persons stand behind the value that must not leave: 1 or 2, or a rest of 1 or 2? Money counts by the persons who
// receive it; where their number is not known, it does not leave.
bool discloses(const indicators::Derivation& how, const indicators::Reading& reading, const domain::FactLens& lens, const domain::Vocabulary& vocabulary);

// The same of a figure as it is shown, be it a change against the year before. `facts`: those of disclosure_series.
bool discloses(const indicators::Subject& subject, const domain::FactHistory& facts, base::Month month, domain::DataState state, FigureForm form, const domain::Vocabulary& vocabulary);
// What has to be read to know: the figure's own series of all sexes, and the persons behind them.
std::vector<domain::SeriesKey> disclosure_series(const indicators::Figure& figure);

}  // namespace zielwerk::app
