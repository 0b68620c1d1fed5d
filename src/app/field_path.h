// "targets[T1].indicator.code" in a draft, and what the exchange schema says of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

namespace zielwerk::app {

struct PathStep {
  std::string name;  // of a member, or the key of an entry
  bool entry = false;
};

// Empty if it is no path.
std::vector<PathStep> path_steps(std::string_view path);

// An entry's key in its list: its id, else its code where no entry before has it, else its place from 0.
std::string entry_key(const boost::json::array& list, std::size_t index);

// nullptr if there is nothing.
boost::json::value* find_field(boost::json::object& agreement, const std::vector<PathStep>& steps);
std::size_t find_entry(const boost::json::array& list, std::string_view key);  // list.size(): none

// What the schema says of it, references followed; nullptr: nothing.
const boost::json::object* field_schema(const std::vector<PathStep>& steps);
bool schema_type(const boost::json::object& schema, std::string_view type);  // "type" names it, alone or among others

}  // namespace zielwerk::app
