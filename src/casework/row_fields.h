// One row of person-months from its fields, every field checked (../exchange/persons.md, table A). This is the careful reader: it says
// what is wrong. The quick one (quick_rows) takes over only what is plain, and leaves everything else to this.
#pragma once

#include <array>
#include <functional>
#include <span>

#include "base/problem.h"
#include "casework/person_month.h"

namespace zielwerk::casework {

enum Column : unsigned { Person, Berichtsmonat, Traeger, Geschlecht, Geburtsmonat, Elb, Ae, Akt, Integrationsart, Gering, Oeff, Kont, Llu, Luh, Gruppen, column_count };
inline constexpr std::array<std::string_view, column_count> column_names = {"person", "berichtsmonat", "traeger", "geschlecht", "geburtsmonat", "elb", "ae", "akt",
                                                                            "integration", "gering", "oeff", "kont", "llu", "luh", "gruppen"};

// A stronger claim than any month of benefits: above it an amount is a slip of the decimal sign, not a claim.
inline constexpr std::int64_t absurd_cents = std::int64_t{100'000} * 100;
inline constexpr std::size_t longest_key = 32;
inline constexpr std::size_t longest_row = 4096;

// The order of a file's columns: position by column.
struct Layout {
  char separator = ';';
  bool carriage_return = false;
  std::array<unsigned, column_count> at{};
};

struct FullRow {
  PersonRow row;
  Money money;
};

// What is wrong with a field: code, German sentence. The column belongs to the place.
struct FieldProblem {
  unsigned column = 0;
  std::string code;
  std::string message;
};

// Fields by column. Reports every problem of the row: person_missing, person_too_long, person_invalid, month_invalid, month_out_of_range,
// jobcenter_unknown, sex_invalid, birth_month_invalid, flag_invalid, integration_invalid, amount_invalid, amount_absurd, group_unknown.
bool read_fields(const std::array<std::string_view, column_count>& fields, const GroupRules& groups, FullRow& out, std::vector<FieldProblem>& problems);

// The header line; a BOM is dropped. Problems: column_unknown, column_twice, column_missing, file_empty.
base::Checked<Layout> read_header(std::string_view line, const std::string& file);

// Splits a line into its fields by column; false with the number of fields found.
bool split_row(std::string_view line, const Layout& layout, std::array<std::string_view, column_count>& fields, std::size_t& found);

}  // namespace zielwerk::casework
