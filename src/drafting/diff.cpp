#include "drafting/diff.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/problem.h"
#include "drafting/sides.h"

namespace zielwerk::drafting {
namespace {

std::string whole(const Item& item) {
  std::string words;
  for (const auto& [name, value] : item.fields) {
    if (!value.empty()) words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", name, value);
  }
  return words;
}

// "2021" in an agreement of 2021 is the same as "2023" in one of 2023: own, previous and next year are compared by their distance.
class Neutral {
 public:
  explicit Neutral(const boost::json::object& document) {
    const auto& year = document.at("agreement").as_object().at("year").as_object().at("value");
    if (year.is_int64()) year_ = year.get_int64();
  }

  std::string text(std::string words) const {
    for (const std::int64_t distance : {-1, 0, 1}) {
      const auto digits = std::to_string(year_ + distance);
      const std::string mark(1, static_cast<char>(2 + distance));
      for (auto at = words.find(digits); at != std::string::npos; at = words.find(digits, at)) words.replace(at, digits.size(), mark);
    }
    return words;
  }

 private:
  std::int64_t year_ = 0;
};

class Comparison {
 public:
  Comparison(const boost::json::object& before, const boost::json::object& after) : before_(before), after_(after) {}

  void compare(const Clause& before, const Clause& after) {
    std::vector<bool> met(after.items.size(), false);
    std::vector<std::optional<std::size_t>> partner(before.items.size());
    for (const auto& [score, i, j] : candidates(before.items, after.items)) {
      if (partner[i] || met[j]) continue;
      partner[i] = j;
      met[j] = true;
    }
    for (std::size_t i = 0; i < before.items.size(); ++i) {
      if (partner[i]) fields(before.name, before.items[i], after.items[*partner[i]]);
      else differences.push_back({before.name, before.items[i].subject, "", Change::Removed, whole(before.items[i]), ""});
    }
    for (std::size_t j = 0; j < after.items.size(); ++j) {
      if (!met[j]) differences.push_back({after.name, after.items[j].subject, "", Change::Added, "", whole(after.items[j])});
    }
  }

  std::vector<Difference> differences;

 private:
  using Candidate = std::tuple<std::int64_t, std::size_t, std::size_t>;

  // Words that did not change are no difference either: "bis 31.12.2021" stays what it is in the paper of the next year.
  bool same(const std::string& before, const std::string& after) const { return before == after || before_.text(before) == after_.text(after); }

  // Pairs with the same key, the most alike first; the order of the papers decides between equals.
  std::vector<Candidate> candidates(const std::vector<Item>& before, const std::vector<Item>& after) const {
    std::vector<Candidate> all;
    for (std::size_t i = 0; i < before.size(); ++i) {
      for (std::size_t j = 0; j < after.size(); ++j) {
        if (!same(before[i].key, after[j].key)) continue;
        std::int64_t score = 0;
        for (std::size_t field = 0; field < before[i].fields.size(); ++field) {
          if (same(before[i].fields[field].second, after[j].fields[field].second)) score += std::int64_t{1} << (40 - field);
        }
        all.emplace_back(score, i, j);
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return std::get<0>(a) > std::get<0>(b); });
    return all;
  }

  void fields(const std::string& clause, const Item& before, const Item& after) {
    base::ensure(before.fields.size() == after.fields.size() && before.fields.size() < 40, "items of a clause have the same fields");
    for (std::size_t i = 0; i < before.fields.size(); ++i) {
      const auto& [name, was] = before.fields[i];
      const auto& is = after.fields[i].second;
      if (same(was, is)) continue;
      differences.push_back({clause, after.subject, name, was.empty() ? Change::Added : is.empty() ? Change::Removed : Change::Changed, was, is});
    }
  }

  Neutral before_;
  Neutral after_;
};

}  // namespace

std::string in_words(Change change) { return change == Change::Added ? "neu" : change == Change::Removed ? "entfallen" : "geändert"; }

std::vector<Difference> diff(const boost::json::object& before, const boost::json::object& after) {
  Comparison comparison(before, after);
  const auto left = clauses_of(before);
  const auto right = clauses_of(after);
  for (std::size_t i = 0; i < left.size(); ++i) comparison.compare(left[i], right[i]);
  return std::move(comparison.differences);
}

}  // namespace zielwerk::drafting
