// What may stand in a field of a draft.
#pragma once

#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "app/field_path.h"

namespace zielwerk::app {

enum class FieldKind { Text, Lines, Number, Whole, Date, YesNo, Choice, Other };
std::string code(FieldKind kind);  // text, zeilen, zahl, ganzzahl, datum, ja_nein, auswahl

// By the schema; where it says nothing, by what stands there.
FieldKind kind_of(const boost::json::object* schema, const boost::json::value& value);
std::vector<std::string> choices_of(const boost::json::object* schema);  // codes; empty: anything goes

// Identities, evidence and what the reader noted for itself are no fields for people.
bool can_be_corrected(const std::vector<PathStep>& steps);

}  // namespace zielwerk::app
