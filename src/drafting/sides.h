// An agreement cut into things that can be compared: each has a clause, what it is about, and fields in German words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>

namespace zielwerk::drafting {

struct Item {
  std::string key;      // only items with the same key can be the same thing in two agreements
  std::string subject;  // for people
  std::vector<std::pair<std::string, std::string>> fields;  // name and words; the first weigh most when several items could be meant
};

struct Clause {
  std::string name;
  std::vector<Item> items;
};

// Every clause in the same order, also those without items.
std::vector<Clause> clauses_of(const boost::json::object& document);

}  // namespace zielwerk::drafting
