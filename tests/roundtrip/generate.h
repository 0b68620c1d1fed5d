// Invented agreements for the round trip read(draft(x)) = x: valid documents of the exchange format, everything a template can say, values
// at the edges included. Places and people are invented; institutions of the Länder are called as they are.
#pragma once

#include <cstdint>

#include <boost/json/object.hpp>

#include "choice.h"
#include "drafting/draft.h"

namespace zielwerk::roundtrip {

// The same number gives the same agreement. Templates take turns: number % 4.
boost::json::object generate(std::uint64_t seed, std::uint64_t number);
drafting::Template template_of(std::uint64_t number);

// Targets and milestones for the goals of an agreement (id and statutory code). `everybody`: the subgroup of a figure that is about all
// people; empty but for agreements with a Land.
struct TargetList {
  boost::json::array targets;
  boost::json::array milestones;
};
TargetList generate_targets(Choice& choice, int year, const std::string& everybody, const boost::json::array& goals);

}  // namespace zielwerk::roundtrip
