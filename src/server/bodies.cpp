#include "server/bodies.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::server {
namespace {

namespace json = boost::json;

const char* in_words(json::kind kind) {
  switch (kind) {
    case json::kind::string: return "ein Text";
    case json::kind::int64: return "eine ganze Zahl";
    case json::kind::bool_: return "true oder false";
    case json::kind::array: return "eine Liste";
    default: return "ein Objekt";
  }
}

std::string expected(Members members) {
  std::vector<std::string> all;
  for (const auto& [name, kind] : members) all.push_back(fmt::format("{} ({})", name, in_words(kind)));
  return base::join(all, ", ");
}

}  // namespace

tl::expected<json::object, Response> json_body(const Request& request, Members members) {
  const auto type = base::split(request.header("content-type"), ';').front();
  if (base::trim(type) != "application/json") return tl::unexpected(problem_response(415, "content_type", "Erwartet ist application/json."));
  json::error_code error;
  json::parse_options strict;
  strict.max_depth = 8;
  auto value = json::parse(request.body, error, {}, strict);
  if (error || !value.is_object()) {
    return tl::unexpected(problem_response(400, "body_invalid", fmt::format("Der Inhalt ist kein lesbares JSON-Objekt; erwartet sind genau {}.", expected(members))));
  }
  auto& object = value.as_object();
  base::Problems problems;
  for (const auto& [name, kind] : members) {
    const auto* member = object.if_contains(name);
    if (!member) {
      problems.push_back({"body_invalid", fmt::format("{} fehlt; erwartet ist {}.", name, in_words(kind)), name});
    } else if (member->kind() != kind) {
      problems.push_back({"body_invalid", fmt::format("{} passt nicht; erwartet ist {}.", name, in_words(kind)), name});
    }
  }
  for (const auto& [name, member] : object) {
    if (std::none_of(members.begin(), members.end(), [&, &found = name](const auto& one) { return found == one.first; })) {
      problems.push_back({"body_invalid", fmt::format("Die Angabe {} gibt es hier nicht; erwartet sind genau {}.", base::quoted(name), expected(members)), base::quoted(name)});
    }
  }
  if (!problems.empty()) return tl::unexpected(problem_response(400, problems));
  return std::move(object);
}

}  // namespace zielwerk::server
