#include "casework/base_figures.h"

#include <algorithm>
#include <charconv>

#include "casework/disclosure.h"
#include "casework/parallel.h"

namespace zielwerk::casework {
namespace {

// Where a series is found among the counters.
struct Source {
  domain::SeriesKey key;  // sex T
  int counter = -1;       // or a sum of money:
  int money = -1;         // 0: LLU, 1: LUH
  int open = -1;          // counter of what is not known yet
  std::array<int, 2> wholes{-1, -1};
  bool needs_month_before = false;
};

struct PerSetMeasure {
  const char* measure;
  PerSet counter;
  int whole_within;  // measure (index in this table) of the same group it is part of
  bool needs_month_before;
};
constexpr PerSetMeasure per_set_measures[] = {{"ELB", n_elb, -1, false}, {"AKT", n_akt, 0, false},     {"INT", n_int, -1, true},  {"INT_SVB", n_svb, 2, true},
                                              {"INT_KONT", n_kont, 3, true}, {"GERING", n_gering, -1, true}, {"OEFF", n_oeff, -1, true}};

std::vector<Source> sources(const Counts& counts) {
  std::vector<Source> all;
  for (int set = 0; set < static_cast<int>(counts.sets.size()); ++set) {
    for (const auto& one : per_set_measures) {
      const int begin = set * static_cast<int>(per_set);
      Source source;
      source.key = {one.measure, domain::Sex::T, counts.sets[static_cast<std::size_t>(set)]};
      source.counter = begin + static_cast<int>(one.counter);
      if (one.counter == n_kont) source.open = begin + static_cast<int>(n_kont_open);
      source.needs_month_before = one.needs_month_before;
      // A part of everybody's, and of the measure it is counted among. (LZB4 is no part of LZB by rule: 42 of 48 months may leave 18 of
      // the last 24.)
      if (set > 0) source.wholes[0] = static_cast<int>(&one - per_set_measures);
      if (one.whole_within >= 0) source.wholes[1] = set * static_cast<int>(std::size(per_set_measures)) + one.whole_within;
      all.push_back(std::move(source));
    }
  }
  const int moves = static_cast<int>(counts.sets.size() * per_set);
  for (const auto& [measure, group, counter] : {std::tuple{"ELB_ZU", "", m_zu}, {"ELB_AB", "", m_ab}, {"ELB_UMZ_ZU", "", m_umz_zu}, {"ELB_UMZ_AB", "", m_umz_ab}, {"ELB_ZU", "LZB", m_lzb_zu}, {"ELB_AB", "LZB", m_lzb_ab}}) {
    all.push_back({{measure, domain::Sex::T, group}, moves + static_cast<int>(counter), -1, -1, {-1, -1}, true});
  }
  all.push_back({{"LLU", domain::Sex::T, ""}, -1, 0, -1, {-1, -1}, false});
  all.push_back({{"LUH", domain::Sex::T, ""}, -1, 1, -1, {-1, -1}, false});
  return all;
}

}  // namespace

struct JobcenterFigures::Plan {
  std::vector<Source> sources;
  std::vector<std::size_t> movements;
};

JobcenterFigures::JobcenterFigures(const Counts& counts, bool closed) : counts_(counts), closed_(closed), plan_(std::make_unique<Plan>()) {
  plan_->sources = sources(counts);
  for (std::size_t i = 0; i < plan_->sources.size(); ++i) {
    const auto counter = plan_->sources[i].counter - static_cast<int>(counts.sets.size() * per_set);
    if (counter >= static_cast<int>(m_zu) && counter <= static_cast<int>(m_umz_ab)) plan_->movements.push_back(i);
  }
  for (std::size_t i = 0; i < counts.classes.size(); ++i) {
    const auto number = jobcenter_of(counts.classes[i]);
    if (jobcenters_.empty() || jobcenters_.back().number != number) jobcenters_.push_back({number, {-1, -1, -1}});
    jobcenters_.back().class_index[static_cast<std::size_t>(sex_of(counts.classes[i]))] = static_cast<int>(i);
  }
}

JobcenterFigures::~JobcenterFigures() = default;

void JobcenterFigures::of_month(std::size_t jobcenter, int month, std::vector<BaseFigure>& figures) const {
  const auto& sources = plan_->sources;
  const auto& class_index = jobcenters_[jobcenter].class_index;
  figures.clear();
  std::vector<ProtectedSeries> cells(sources.size());
  std::vector<std::array<std::int64_t, sex_cells>> values(sources.size()), open(sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto& source = sources[i];
    cells[i].wholes = source.wholes;
    for (unsigned sex = 0; sex < 3; ++sex) {
      if (class_index[sex] < 0) continue;
      const auto index = static_cast<std::size_t>(class_index[sex]);
      const auto* row = counts_.at(index, month);
      std::int64_t value = 0, persons = 0;
      if (source.counter >= 0) {
        value = persons = row[source.counter];
      } else {
        const auto& money = counts_.money[index * static_cast<std::size_t>(counts_.months) + static_cast<std::size_t>(month)];
        value = source.money == 0 ? money.llu : money.luh;
        persons = source.money == 0 ? money.llu_persons : money.luh_persons;
      }
      for (const unsigned cell : {cell_t + 0U, cell_m + sex}) {
        values[i][cell] += value;
        cells[i].cases[cell] += persons;
        if (source.open >= 0) open[i][cell] += row[source.open];
      }
    }
    for (unsigned cell = 0; cell < sex_cells; ++cell) cells[i].hidden[cell] = open[i][cell] > 0;
  }
  if (closed_) protect(cells, month > 0 ? plan_->movements : std::vector<std::size_t>{});
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto& source = sources[i];
    if (source.needs_month_before && month == 0) continue;
    for (const unsigned cell : {cell_t, cell_m, cell_f}) {
      BaseFigure figure{source.key, values[i][cell], source.money >= 0, Shown::Number};
      figure.series.sex = static_cast<domain::Sex>(cell);
      if (open[i][cell] > 0) figure.shown = Shown::Open;
      else if (closed_ && cells[i].hidden[cell]) figure.shown = Shown::Withheld;
      figures.push_back(std::move(figure));
    }
  }
}

namespace {

void append_number(std::string& text, const BaseFigure& figure) {
  char digits[24];
  const auto whole = figure.in_cents ? figure.value / 100 : figure.value;
  text.append(digits, std::to_chars(digits, digits + sizeof(digits), whole).ptr);
  if (!figure.in_cents) return;
  const auto cents = figure.value % 100;
  text += ',';
  text += static_cast<char>('0' + cents / 10);
  text += static_cast<char>('0' + cents % 10);
}

}  // namespace

CsvSummary write_csv(const Counts& counts, Month from, Month to, Month state, bool closed, unsigned threads, const std::function<void(std::string_view)>& write) {
  const JobcenterFigures jobcenters(counts, closed);
  CsvSummary all;
  write("traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n");
  // A batch of Jobcenter at a time: formatted side by side, written in order.
  const std::size_t batch = std::size_t{8} * threads;
  std::vector<std::string> texts(batch);
  std::vector<CsvSummary> summaries(batch);
  for (std::size_t begin = 0; begin < jobcenters.jobcenters(); begin += batch) {
    const auto end = std::min(begin + batch, jobcenters.jobcenters());
    in_parallel(threads, [&](unsigned thread) {
      std::vector<BaseFigure> figures;
      for (auto index = begin + thread; index < end; index += threads) {
        auto& text = texts[index - begin];
        auto& summary = summaries[index - begin];
        text.clear();
        summary = {};
        for (int month = 0; month < counts.months; ++month) {
          const auto at = counts.first + month;
          if (at < from || to < at) continue;
          jobcenters.of_month(index, month, figures);
          const auto prefix = jobcenters.jobcenter(index).text() + ';' + at.text() + ';' + state.text() + ';';
          for (const auto& figure : figures) {
            text += prefix;
            text += figure.series.measure;
            text += ';';
            text += domain::letter(figure.series.sex);
            text += ';';
            text += figure.series.group;
            text += ';';
            if (figure.shown == Shown::Number) append_number(text, figure);
            else text += figure.shown == Shown::Open ? '.' : '*';
            text += '\n';
            ++summary.lines;
            summary.withheld += figure.shown == Shown::Withheld ? 1U : 0U;
            summary.open += figure.shown == Shown::Open ? 1U : 0U;
          }
        }
      }
    });
    for (auto index = begin; index < end; ++index) {
      write(texts[index - begin]);
      all.lines += summaries[index - begin].lines;
      all.withheld += summaries[index - begin].withheld;
      all.open += summaries[index - begin].open;
    }
  }
  return all;
}

}  // namespace zielwerk::casework
