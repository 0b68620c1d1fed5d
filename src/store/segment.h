// How a SQL store packs facts: the values that one delivery brings for one series of one Jobcenter are one segment, a handful of
// bytes a fact with month, Ladestand, value or mark, and place in the file, and a checksum. Reading needs no other table.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/fact_table.h"

namespace zielwerk::store {

// Rows of one column, ordered by month and Ladestand.
std::string pack(std::span<const domain::FactRow> rows);

// Throws base::EnvironmentError if the bytes are not a segment (damaged file).
std::vector<domain::FactRecord> unpack(std::string_view bytes, domain::DeliveryId delivery);

}  // namespace zielwerk::store
