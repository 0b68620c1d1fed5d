// Kaskade: app/references.h. A quota is recombined from the numerators its agreements ask for over the same denominators; a count is summed.
#include <algorithm>

#include <fmt/format.h>

#include "app/evaluations.h"
#include "app/references.h"
#include "app/rights.h"
#include "base/text.h"
#include "evaluation/measured.h"

namespace zielwerk::app {
namespace {

using base::Exact;
using domain::Target;
using evaluation::Measured;
using indicators::Shape;

struct Member {
  const Agreement* agreement = nullptr;
  domain::FactHistory facts;
};

// Numerator and denominator of last year's level. An amount has no denominator.
struct Level {
  Exact above;
  Exact below = 1;
};

std::optional<Level> level_of(const Measured& measured, const indicators::Reading& reading) {
  const auto shape = measured.subject.figure.shape;
  if (shape == Shape::Amount) return Level{reading.value, 1};
  if (shape == Shape::Quotient && reading.above && reading.below && *reading.below != 0) return Level{*reading.above, *reading.below};
  return std::nullopt;  // a gap or a mean of rates cannot be put together from its parts
}

class Cascader {
 public:
  Cascader(const Workspace& workspace, const Agreement& land) : workspace_(workspace), land_(land) {}

  base::Result<Cascade> run() {
    const auto all = all_agreements(workspace_);
    result_.land = land_.stored.id;
    result_.waiting = evaluation::default_waiting(land_.terms);
    result_.month = base::Month(land_.terms.year - 1, 12);
    for (const auto& one : all) {
      if (!one.stored.jobcenter || one.terms.year != land_.terms.year || one.terms.kind != "LAND_ZKT" || one.terms.state != land_.terms.state) continue;
      members_.push_back({&one, workspace_.store().read(*one.stored.jobcenter, series_of(workspace_, land_.terms))});
    }
    if (members_.empty()) return base::problem("cascade_empty", fmt::format("Im Speicher ist keine Vereinbarung eines Jobcenters in {} für {}.", land_.terms.state, land_.terms.year));
    result_.agreements = static_cast<int>(members_.size());
    for (const auto& target : land_.terms.targets) result_.lines.push_back(line(target));
    return std::move(result_);
  }

 private:
  struct Sum {
    Exact last_above = 0;  // last year
    Exact above = 0;       // agreed for this year
    Exact below = 0;
  };

  static const Target* same(const domain::TargetAgreement& terms, const Target& wanted) {
    const auto found = std::find_if(terms.targets.begin(), terms.targets.end(), [&](const Target& one) {
      return one.indicator.code == wanted.indicator.code && one.indicator.subgroup == wanted.indicator.subgroup && one.aggregation == wanted.aggregation &&
             (one.scale == domain::Scale::RelativeChange || one.scale == domain::Scale::Level || one.scale == wanted.scale);
    });
    return found == terms.targets.end() ? nullptr : &*found;
  }

  // What the member's own target asks for, as a numerator over last year's denominator; empty: the reason why not.
  std::string add(Sum& sum, const Member& member, const Target& wanted) const {
    const auto* target = same(member.agreement->terms, wanted);
    if (!target) return "kein solches Ziel";
    const evaluation::Sources sources{workspace_.vocabulary(), workspace_.declared(), member.facts};
    const auto measured = evaluation::measured(wanted.indicator, wanted.aggregation, result_.month, sources);
    if (!measured) return measured.error().message;
    const auto reading = measured->read(member.facts, {result_.month + target->waiting.value_or(result_.waiting)}, result_.month, nullptr);
    if (!reading) return reading.error().message;
    const auto level = level_of(*measured, *reading);
    if (!level) return "aus Teilen nicht zu bilden";
    const bool amount = measured->subject.figure.shape == Shape::Amount;
    const Exact aimed = evaluation::level_for(target->scale, target->value.exact(), reading->value);
    sum.last_above += level->above;
    sum.below += amount ? Exact(0) : level->below;
    sum.above += amount ? aimed : Exact(aimed / measured->subject.figure.factor * level->below);
    return {};
  }

  CascadeLine line(const Target& target) const {
    CascadeLine line;
    line.target = target.id;
    line.words = target.words;
    line.agreed = target.value.exact();
    line.agreed_unit = target.unit;
    line.change = target.scale != domain::Scale::Level && target.scale != domain::Scale::Ratio;
    const domain::FactHistory nothing;
    const auto measured = evaluation::measured(target.indicator, target.aggregation, result_.month, {workspace_.vocabulary(), workspace_.declared(), nothing});
    line.figure = measured ? measured->subject.figure.name : target.indicator.text();
    Sum sum;
    for (const auto& member : members_) {
      const auto reason = add(sum, member, target);
      if (reason.empty()) ++line.agreements;
      else line.without.push_back(fmt::format("{}: {}", member.agreement->stored.id, reason));
    }
    if (line.agreements > 0) compare(line, target, measured->subject.figure, sum);
    return line;
  }

  static void compare(CascadeLine& line, const Target& target, const indicators::Figure& figure, const Sum& sum) {
    const bool amount = figure.shape == Shape::Amount;
    const Exact last = amount ? sum.last_above : Exact(sum.last_above / sum.below * figure.factor);
    const Exact together = amount ? sum.above : Exact(sum.above / sum.below * figure.factor);
    // A Land's amount is one of all its Jobcenter: against a part of them it says nothing.
    if (last == 0 || (amount && target.scale == domain::Scale::Level && !line.without.empty())) return;
    switch (target.scale) {
      case domain::Scale::RelativeChange: line.together = (together / last - 1) * 100; break;
      case domain::Scale::ChangeInPoints:
      case domain::Scale::AbsoluteChange: line.together = together - last; break;
      case domain::Scale::Ratio: line.together = together / last; break;
      case domain::Scale::Level:
      case domain::Scale::Other: line.together = together; break;
    }
    const Exact aimed = evaluation::level_for(target.scale, line.agreed, last);
    const Exact asked = amount ? aimed : Exact(aimed / figure.factor * sum.below);
    line.gap = sum.above - asked;
    const bool at_least = target.bound == domain::Bound::AtLeast || target.bound == domain::Bound::MoreThan;
    line.gap_is_good = at_least ? *line.gap >= 0 : *line.gap <= 0;
    const auto& counted = figure.above.measure;
    line.unit = counted == "INT" ? "Integrationen" : counted == "LLU" || counted == "LUH" ? "Euro" : "Personen";
  }

  const Workspace& workspace_;
  const Agreement& land_;
  std::vector<Member> members_;
  Cascade result_;
};

}  // namespace

base::Result<Cascade> cascade(const Workspace& workspace, const Person& person, const std::string& land_agreement) {
  const auto land = find_agreement(workspace, land_agreement);
  if (!land || !covers(person.scope, workspace, land->stored, land->terms)) return base::problem("agreement_unknown", fmt::format("Eine Vereinbarung {} gibt es für dieses Konto nicht.", base::quoted(land_agreement)));
  if (land->terms.kind != "BMAS_LAND") return base::problem("cascade_unfit", fmt::format("{} ist keine Vereinbarung eines Landes mit dem Bund; nur an einer solchen misst sich die Summe.", land_agreement));
  return Cascader(workspace, *land).run();
}

}  // namespace zielwerk::app
