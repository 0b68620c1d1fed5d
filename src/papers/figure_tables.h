// Tables of all figures by sex, for the data pack and the Gender-Datenblatt.
#pragma once

#include "papers/basis.h"
#include "papers/paper.h"

namespace zielwerk::papers {

// Everybody, men, women side by side; each with the year before.
Table figures_table(const Basis& basis);
// Women and men, the gap, and the same gap in the Land and the Vergleichstyp.
Table gender_table(const Basis& basis);
// What is missing of them, and why.
std::vector<std::string> missing_figures(const Basis& basis);

}  // namespace zielwerk::papers
