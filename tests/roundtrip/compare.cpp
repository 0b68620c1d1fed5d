#include "compare.h"

#include <algorithm>

#include <fmt/format.h>

#include <boost/json.hpp>

#include "drafting/diff.h"

namespace zielwerk::roundtrip {
namespace {

namespace json = boost::json;

json::array& list(json::object& document, std::string_view name) { return document.at("agreement").as_object().at(name).as_array(); }

// Quotes stand for values; values are compared. In what order a target is said again does not matter.
void drop_quotes(json::object& document) {
  for (auto& target : list(document, "targets")) {
    auto& all = target.as_object().at("equivalents").as_array();
    std::sort(all.begin(), all.end(), [](const json::value& a, const json::value& b) { return a.at("relation").as_string() < b.at("relation").as_string(); });
    for (auto& equivalent : all) {
      auto& one = equivalent.as_object();
      if (const auto* relation = one.if_contains("relation"); relation && *relation != "WORD_FORM") one["raw"] = nullptr;
    }
  }
  for (auto& signature : list(document, "signatures")) signature.as_object()["place"] = signature.at("place_raw");
  if (auto* evaluation = document.at("agreement").as_object().at("final_evaluation").if_object()) (*evaluation)["when_raw"] = json::serialize(evaluation->contains("when") ? evaluation->at("when") : json::value());
}

// A paper ready to be signed has empty lines for signatures: they are none yet.
void drop_empty_signatures(json::object& document) {
  json::array kept;
  for (auto& one : list(document, "signatures")) {
    const auto& signature = one.as_object();
    if (!signature.at("signer").is_null() || !signature.at("date_raw").is_null()) kept.push_back(one);
  }
  list(document, "signatures") = kept;
}

bool may_differ(const drafting::Difference& one) {
  const bool stated_more = one.before.empty() && !one.after.empty();
  return stated_more && (one.field == "Kennzahl" || one.field == "Abkürzung");
}

}  // namespace

std::vector<Mismatch> compare(const json::object& written, const json::object& read) {
  auto before = written;
  auto after = read;
  for (auto* document : {&before, &after}) {
    drop_quotes(*document);
    drop_empty_signatures(*document);
  }
  std::vector<Mismatch> all;
  for (const auto& one : drafting::diff(before, after)) {
    if (may_differ(one)) continue;
    const auto field = one.field.empty() ? in_words(one.change) : one.field;
    all.push_back({fmt::format("{} · {}", one.clause, field), fmt::format("{} · {}: {} -> {}", one.clause, one.subject, one.before, one.after)});
  }
  return all;
}

}  // namespace zielwerk::roundtrip
