// The five real agreements, and changes to them, for the tests of this folder.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/problem.h"

namespace zielwerk::drafting {

inline boost::json::object agreement(const std::string& name) {
  std::ifstream file(fmt::format("{}/agreements/{}.json", ZIELWERK_ROOT, name));
  std::stringstream text;
  text << file.rdbuf();
  return boost::json::parse(text.str()).as_object();
}

inline boost::json::object& terms(boost::json::object& document) { return document.at("agreement").as_object(); }

inline boost::json::object& one(boost::json::object& document, std::string_view list, std::size_t index) {
  return terms(document).at(list).as_array().at(index).as_object();
}

// Members of a JSON object take the place of those that are there.
inline void change(boost::json::object& object, const std::string& json) {
  const auto members = boost::json::parse(json);
  for (const auto& [name, value] : members.as_object()) object[name] = value;
}

inline std::string shown(const base::Problems& problems) {
  std::string all;
  for (const auto& one : problems) all += (all.empty() ? "" : "; ") + one.code + " " + one.where;
  return all;
}

}  // namespace zielwerk::drafting
