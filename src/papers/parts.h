// Parts that several documents share.
#pragma once

#include <string>
#include <vector>

#include "papers/basis.h"
#include "papers/paper.h"

namespace zielwerk::papers {

// Head of a paper with everything but its blocks.
Paper headed(const Basis& basis, const char* name, const char* title);

bool is_target(const Row& row);
bool flipped(const Row& row);         // another verdict than in the last dialogue; without one, than in the month before
std::string called(const Row& row);  // "T2 Zahl der Integrationen"

// One sentence on how a target stands.
Message message(const Row& row);
// At most `most`, the weightiest first: missed, flipped, not assessable, open, reached; the rest is counted in one. Comments that are owed and
// Maßnahmen that are open come after them.
Messages messages(const Basis& basis, std::size_t most);

// All targets in a row: Soll, Ist, distance, status.
Table targets_table(const Basis& basis, const std::string& caption);
Table watched_table(const Basis& basis);  // monitoring and forecasts

Chart standing_chart(const Row& row);  // Ist, Soll, Vorjahr of the year so far
Chart months_chart(const Row& row);    // the last twelve months
Table year_table(const Row& row);      // the year month by month
Terms derivation_in_brief(const Row& row);

// What happened since the last dialogue, else since the month before.
void since_last_time(const Basis& basis, std::vector<Block>& blocks);

// Columns in which no row says anything, but the first.
void drop_empty_columns(Table& table);
// Says what „*“ means where it stands.
void explain_withheld(Table& table);

Table measures_table(const std::vector<AgreedMeasure>& measures, const std::string& caption);
void budgets(const Basis& basis, std::vector<Block>& blocks);
void considerations(const Basis& basis, std::vector<Block>& blocks);
void qualitative(const Basis& basis, std::vector<Block>& blocks);  // goals and programmes

Paragraph missing(const std::string& what);  // "Angaben zu Haushaltsmitteln: liegt nicht vor."
// Of what only the file of the year can hold: with a file "… stehen nicht in der Steuerungsakte", without one "… liegt nicht vor".
Paragraph not_kept(const Basis& basis, const std::string& what);

}  // namespace zielwerk::papers
