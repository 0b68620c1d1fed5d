// Goals without a number and programmes, where a paper writes them as labelled lines: "Vorhaben: …", "Umsetzungsschritte:", "Zielgruppe: …",
// "Plätze: …", "Aufgaben des Jobcenters: …".
#pragma once

#include "reader/draft.h"

namespace zielwerk::reader {

// Adds to qualitative_goals and programmes; what it has read is set aside for the other parts.
void read_projects(Draft& draft);

}  // namespace zielwerk::reader
