// Spells, as case systems hold them (../exchange/persons.md, table B): from … until, by day. They become person-months at the Stichtage, with
// LZB by rule [B]: at least 638 ELB days among the 730 that end with the Stichtag, counted across Jobcenter, overlaps once.
#pragma once

#include <filesystem>

#include "base/problem.h"
#include "casework/reading.h"

namespace zielwerk::casework {

// A folder with bezug.csv, person.csv, stichtage.csv and, if there is anything to say, erwerb.csv, massnahme.csv, zahlung.csv, merkmal.csv.
// Problems, each with file and line: those of CSV columns, date_invalid, spell_backwards, person_unknown, person_twice, jobcenter_unknown,
// sex_invalid, kind_unknown, amount_invalid, month_invalid, group_unknown, stichtag_invalid, two_stocks, file_missing.
base::Checked<Caseload> read_spells(const std::filesystem::path& folder, const ReadOptions& options);

// Days since 1970-01-01; nullopt unless "YYYY-MM-DD" is a day of the calendar.
std::optional<int> parse_day(std::string_view text);

inline constexpr int window_days = 730;     // ending with the Stichtag
inline constexpr int long_term_days = 638;  // § 6 SGB2§48aFKV with § 18 SGB III

}  // namespace zielwerk::casework
