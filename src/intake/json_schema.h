// Checks a JSON document against a JSON Schema, for people: every violation at once, each with line, path, what was found and what
// was expected, in German. Knows the words of JSON Schema 2020-12 that docs/formats/agreement.schema.json uses; a schema with another
// word is a bug of ours (docs/decisions/0007).
#pragma once

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/problem.h"

namespace zielwerk::intake {

struct JsonDocument {
  std::string name;  // of the file
  std::string text;
  boost::json::value value;

  // "name, Zeile 12 (/agreement/targets/0/unit)"
  std::string where(std::string_view pointer) const;
};

// Problem json_invalid with line and column.
base::Result<JsonDocument> parse_json(std::string name, std::string text);

base::Problems check_schema(const JsonDocument& document, const boost::json::value& schema);

}  // namespace zielwerk::intake
