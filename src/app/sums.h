// Figures of a Land or the federation: sums of the base figures of its Jobcenter, never a mean of quotas (handbook, section 3).
#pragma once

#include <functional>
#include <span>

#include "app/workspace.h"

namespace zielwerk::app {

using Members = std::vector<domain::ProviderNumber>;

// Jobcenter of that Land (all if empty) and form (any if absent) in that year. Of those that stand in one of the official lists only,
// in the years between the lists, the ones that facts were delivered for: an old and a new number must not both be waited for.
Members members(const Workspace& workspace, std::string_view land, std::optional<domain::Form> form, int year);

// One history that holds, for every month and Ladestand, the sum over all members of what each knew then. Where one member has no
// value, or a withheld one, the sum is missing; a Ladestand that not every member has is not kept.
domain::FactHistory sum_of(const store::Store& store, const Members& members, std::span<const domain::SeriesKey> series);
// The same of histories that were read already, and of these Ladestände only: all that lenses of them can see.
domain::FactHistory sum_of(const std::vector<domain::FactHistory>& histories, std::span<const domain::SeriesKey> series, std::span<const domain::DataState> states);

}  // namespace zielwerk::app
