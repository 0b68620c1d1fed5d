// Bodies that are JSON objects: exactly the members a route names, each of its type, or a problem for all that is wrong. A member nobody
// asked for is refused, not ignored.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "server/http.h"

namespace zielwerk::server {

class Body {
 public:
  explicit Body(const Request& request);

  // Members; a missing one, or one of another type, is noted as a problem unless it may be absent.
  std::string text(const char* name, bool needed = true);
  bool flag(const char* name, bool needed = true);
  std::int64_t number(const char* name, bool needed = true);  // 0 if it may be absent and is
  std::string bytes(const char* name);                         // written in Base64
  std::map<std::string, std::string> named_texts(const char* name);  // an object of texts
  std::vector<std::string> texts(const char* name);
  std::vector<std::size_t> numbers(const char* name);
  std::vector<Body> objects(const char* name);
  std::optional<std::string> text_or_null(const char* name);  // must be there
  bool has(const char* name) const { return object_.contains(name); }

  // The answer to a body that does not fit, once everything was asked for; nullopt: it fits.
  std::optional<Response> unfit();

 private:
  Body(boost::json::object object, std::string where) : object_(std::move(object)), where_(std::move(where)) {}
  const boost::json::value* take(const char* name, bool needed);
  void wrong(const std::string& name, const char* expected);

  boost::json::object object_;
  std::string where_;
  std::vector<std::string> known_;
  base::Problems problems_;
  bool media_fits_ = true;
};

}  // namespace zielwerk::server
