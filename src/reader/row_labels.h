// What the label cells of a table's rows say: quantity, group, bound, direction; and what a row takes over from the row above or the head.
#pragma once

#include <memory>

#include "reader/table_head.h"
#include "reader/target.h"

namespace zielwerk::reader {

class RowLabels {
 public:
  RowLabels(Paper& paper, std::size_t first, const std::optional<Quantity>& quantity) : paper_(paper), first_(first), section_(quantity) {}

 protected:
  std::optional<Quantity> quantity_in(const std::string& labels);
  const Finding& keep(const Finding& finding);
  // "davon Frauen", an empty first cell: the row goes on with the quantity above.
  std::optional<Quantity> carried(const std::string& labels) const;
  // "| Jahr | Zahl der Integrationen |": the head names the quantity, the row a year or a group.
  std::optional<Quantity> head_quantity(const std::string& labels);
  // The section's quantity only where the row does not speak of another: "Zielwert", "2020", a group.
  std::optional<Quantity> heading_quantity(const std::string& labels) const;
  static std::string group_in(const std::string& labels, const Quantity& quantity);
  static std::string bound_in(const std::string& labels);
  static std::string direction_in(const std::string& labels);

  // "Nachrichtlich: Integrationen absolut", "Plätze (Kapazität)": the row says itself that it agrees on nothing; a forecast is still read.
  static bool says_none(const std::string& label);
  // "2. Abgänge Langzeitarbeitsloser in Beschäftigung": a number before or inside a name is none of its values.
  static bool label_alone(const Plain& cell);
  static bool has_number(const Block& block);
  static std::string joined_label(std::string above, const std::string& label);
  // Of a cell on its line. In characters that are seen: soft hyphens and the second bytes of umlauts move nothing.
  std::size_t middle(const Plain& cell) const;
  std::string bounds_of_row(std::size_t row) const;

  Paper& paper_;
  std::size_t first_;  // block of the first row
  const std::optional<Quantity>& section_;
  bool has_head_ = false;
  std::optional<Quantity> last_;
  std::vector<std::unique_ptr<Finding>> kept_;
};

}  // namespace zielwerk::reader
