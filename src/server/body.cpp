#include "server/body.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "documents/base64.h"

namespace zielwerk::server {

namespace json = boost::json;

Body::Body(const Request& request) {
  media_fits_ = request.header("content-type").starts_with("application/json");
  json::error_code error;
  auto value = json::parse(request.body, error);
  if (error || !value.is_object()) problems_.push_back({"body_invalid", "Erwartet ist ein JSON-Objekt.", ""});
  else object_ = std::move(value.as_object());
}

const json::value* Body::take(const char* name, bool needed) {
  known_.emplace_back(name);
  const auto* value = object_.if_contains(name);
  if (!value && needed) wrong(name, "diese Angabe; sie fehlt");
  return value;
}

void Body::wrong(const std::string& name, const char* expected) { problems_.push_back({"body_invalid", fmt::format("{}: erwartet ist {}.", name, expected), where_ + name}); }

std::string Body::text(const char* name, bool needed) {
  const auto* value = take(name, needed);
  if (value && value->is_string()) return std::string(value->get_string());
  if (value) wrong(name, "ein Text");
  return "";
}

std::optional<std::string> Body::text_or_null(const char* name) {
  const auto* value = take(name, true);
  if (value && value->is_string()) return std::string(value->get_string());
  if (value && !value->is_null()) wrong(name, "ein Text oder null");
  return std::nullopt;
}

bool Body::flag(const char* name, bool needed) {
  const auto* value = take(name, needed);
  if (value && !value->is_bool()) wrong(name, "true oder false");
  return value && value->is_bool() && value->get_bool();
}

std::string Body::bytes(const char* name) {
  auto bytes = documents::from_base64(text(name));
  if (!bytes) wrong(name, "Bytes in Base64");
  return std::move(bytes).value_or("");
}

std::map<std::string, std::string> Body::named_texts(const char* name) {
  std::map<std::string, std::string> all;
  const auto* value = take(name, true);
  const auto* object = value ? value->if_object() : nullptr;
  if (value && !object) wrong(name, "ein Objekt");
  for (const auto& [field, text] : object ? *object : json::object()) {
    if (text.is_string()) all.emplace(field, text.get_string());
    else wrong(fmt::format("{}.{}", name, std::string_view(field)), "ein Text");
  }
  return all;
}

std::int64_t Body::number(const char* name, bool needed) {
  const auto* value = take(name, needed);
  if (value && value->is_int64()) return value->get_int64();
  if (value) wrong(name, "eine ganze Zahl");
  return 0;
}

std::vector<std::string> Body::texts(const char* name) {
  std::vector<std::string> all;
  const auto* value = take(name, false);
  const auto* list = value ? value->if_array() : nullptr;
  if (value && !list) wrong(name, "eine Liste von Texten");
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    if ((*list)[i].is_string()) all.emplace_back((*list)[i].get_string());
    else wrong(fmt::format("{}[{}]", name, i), "ein Text");
  }
  return all;
}

std::vector<std::size_t> Body::numbers(const char* name) {
  std::vector<std::size_t> all;
  const auto* value = take(name, false);
  const auto* list = value ? value->if_array() : nullptr;
  if (value && !list) wrong(name, "eine Liste von Zahlen");
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    const auto& one = (*list)[i];
    if (one.is_int64() && one.get_int64() >= 0) all.push_back(static_cast<std::size_t>(one.get_int64()));
    else wrong(fmt::format("{}[{}]", name, i), "eine Zahl von 0 an");
  }
  return all;
}

std::vector<Body> Body::objects(const char* name) {
  std::vector<Body> all;
  const auto* value = take(name, false);
  const auto* list = value ? value->if_array() : nullptr;
  if (value && !list) wrong(name, "eine Liste von Objekten");
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    if ((*list)[i].is_object()) all.push_back(Body((*list)[i].get_object(), fmt::format("{}{}[{}].", where_, name, i)));
    else wrong(fmt::format("{}[{}]", name, i), "ein Objekt");
  }
  return all;
}

std::optional<Response> Body::unfit() {
  if (!media_fits_) return problem_response(415, "content_type", "Erwartet ist application/json.");
  for (const auto& [name, value] : object_) {
    if (std::find(known_.begin(), known_.end(), std::string_view(name)) == known_.end()) {
      problems_.push_back({"body_invalid", fmt::format("{} ist hier keine Angabe; es gibt {}.", base::quoted(name), known_.empty() ? "keine" : base::join(known_, ", ")), where_});
    }
  }
  if (problems_.empty()) return std::nullopt;
  return problem_response(400, problems_);
}

}  // namespace zielwerk::server
