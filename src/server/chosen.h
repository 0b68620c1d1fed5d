// Month and Ladestand as addresses name them, for one agreement.
#pragma once

#include "app/evaluations.h"
#include "server/routes.h"

namespace zielwerk::server {

// month: "2021-06"; "06" is June of the agreement's own year; absent: the last month that can be read. asOf: a Ladestand ("2021-08"), or
// a Wartezeit ("t-0" … "t-3"); absent: the Wartezeit agreed. Nothing is recorded by looking. Problems: month_invalid, as_of_invalid,
// as_of_before_month. asOfLastYear (a Ladestand or a
// Wartezeit of the same month a year before) makes the Ladestände unequal; it counts together with asOf only, problem as_of_alone.
base::Result<app::EvaluateRequest> chosen(const Call& call, const app::Agreement& agreement, const domain::FactHistory& facts);

// The Wartezeit a month has at a Ladestand; beyond three months everything is final.
base::Result<std::optional<domain::Waiting>> waiting_at(const std::string& as_of, base::Month month);

Response failed(const base::Problem& problem);
Response failed(const base::Problems& problems);  // of a file: 409 for values that contradict what is known, else 422

}  // namespace zielwerk::server
