// What people may add to a draft's lists: for each list an example of an entry (rules/new_entries.json), in the exchange format.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "app/field_kind.h"
#include "app/field_path.h"

namespace zielwerk::app {

// Of the list ("programmes[PR1].places"); nullptr: its entries come from the paper alone.
const boost::json::object* entry_example(const std::vector<PathStep>& list);
// The lists within an entry of that list: "places".
std::vector<std::string> lists_within(std::string_view list);

// What may stand in a field: by the schema, else by what stands there, else by the example.
FieldKind kind_at(const std::vector<PathStep>& field, const boost::json::value& value);

// A new entry: the example without what a person has to say. Codes stay, as the most frequent choice.
boost::json::object empty_entry(const std::vector<PathStep>& list);
bool is_code(std::string_view text);  // "JUDGING_ACHIEVEMENT"

// The id of the next entry: the one after the highest of the list.
std::string next_id(const boost::json::array& list, std::string_view like);

// Entries without an id get the key they are known by (their code, else their place), so that they keep their name when others come or go.
void name_entries(boost::json::object& agreement);

}  // namespace zielwerk::app
