// One builder per document: from what was read to the value that is printed. A builder decides what is said and in which order; it reckons
// nothing, formats no page and reads nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "papers/basis.h"
#include "papers/paper.h"

namespace zielwerk::papers {

// What a document needs to be read for it, beside the evaluation.
struct Kind {
  const char* name;   // as on the command line
  const char* title;
  const char* purpose;  // one line of help
  bool course = false;   // months of the targets
  bool figures = false;  // all figures by sex, with Land and Vergleichstyp
  bool text = false;     // of the agreement
  bool leaves = false;   // the house: what stands for 1 or 2 persons is withheld
  bool year_end = false; // December unless another month is asked for
  Paper (*build)(const Basis& basis);
};

std::span<const Kind> kinds();
const Kind* kind(std::string_view name);

Paper agreement_paper(const Basis& basis);   // the text in the form of the Land
Paper dossier(const Basis& basis);           // for a dialogue: seven messages, a page per target, since last time, open measures
Paper data_pack(const Basis& basis);         // what a ministry sends its Jobcenter before a dialogue (003 § 4 Abs. 2)
Paper management_report(const Basis& basis); // deviations and what the Jobcenter says to them (004)
Paper gender_sheet(const Basis& basis);      // all figures by sex
Paper council_paper(const Basis& basis);     // plain words for people who do not steer
Paper settlement(const Basis& basis);        // the year's result (003 § 4 Abs. 3)

}  // namespace zielwerk::papers
