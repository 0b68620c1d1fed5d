// Judging one target: the verdict after rounding, the distance in people, the in-year Soll, milestones and second statements.
#pragma once

#include "evaluation/evaluation.h"

namespace zielwerk::evaluation {

// The row of one target at one Wartezeit; the order of decision is that of docs/formats/evaluation.md.
Assessment judge(const domain::Target& target, const domain::TargetAgreement& agreement, Month month, Waiting waiting, const Sources& sources,
                 bool with_derivation);

}  // namespace zielwerk::evaluation
