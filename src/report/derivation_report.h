// Herleitung: from the words of the agreement to the cell of the file. The JSON form (docs/formats/derivation.md) holds everything
// needed to recompute the figures; the text form is printed from it, so a stored derivation prints as it did on its day.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "report/evaluation_report.h"

namespace zielwerk::report {

boost::json::object derivation(const evaluation::Evaluation& head, const evaluation::Assessment& row, const domain::TargetAgreement& agreement,
                               const std::vector<domain::Delivery>& deliveries);

std::string derivation_text(const boost::json::object& derivation, const TextStyle& style);

}  // namespace zielwerk::report
