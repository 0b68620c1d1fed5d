#include "casework/row_shapes.h"

#include <bit>
#include <tuple>

namespace zielwerk::casework {

// Where fields begin and how long they are, by column.
struct RowShapes::Fields {
  unsigned begin[column_count] = {}, length[column_count] = {};
  unsigned end(Column column) const { return begin[column] + length[column]; }
};
RowShapes::RowShapes(const Layout& layout, bool by_age) : layout_(layout), by_age_(by_age) {
  for (unsigned column = Elb; column < Kont; ++column) flags_together_ = flags_together_ && layout.at[column + 1] == layout.at[column] + 1;
}

// Fields at positions from `first` on; false if they are not as they mostly are.
bool RowShapes::plain_fields(std::uint64_t row_ends, unsigned first, Fields& fields) const {
  if (std::popcount(row_ends) != static_cast<int>(column_count - first)) return false;
  unsigned begin[column_count] = {}, end[column_count] = {};
  for (unsigned position = first, at = 0; position < column_count; ++position, row_ends &= row_ends - 1) {
    begin[position] = at;
    end[position] = static_cast<unsigned>(std::countr_zero(row_ends));
    at = end[position] + 1;
  }
  if (layout_.carriage_return && end[column_count - 1]-- == begin[column_count - 1]) return false;
  for (unsigned column = 0; column < column_count; ++column) {
    fields.begin[column] = begin[layout_.at[column]];
    fields.length[column] = end[layout_.at[column]] - begin[layout_.at[column]];
  }
  const auto& length = fields.length;
  const auto is_amount = [&](Column column) { return length[column] == 0 || (length[column] >= 4 && length[column] <= 8); };
  bool plain = length[Berichtsmonat] == 7 && length[Traeger] == 5 && length[Geschlecht] == 1 && (length[Geburtsmonat] == 0 || (length[Geburtsmonat] == 7 && !by_age_)) && length[Elb] == 1 &&
               length[Gruppen] <= 7 && is_amount(Llu) && is_amount(Luh);
  for (const auto column : {Ae, Akt, Integrationsart, Gering, Oeff, Kont}) plain = plain && length[column] <= 1;
  return plain;
}

Shape RowShapes::behind_key(std::uint64_t row_ends) const {
  Shape made;
  made.ends = row_ends;
  Fields fields;
  made.plain = layout_.at[Person] == 0 && plain_fields(row_ends, 1, fields);
  if (!made.plain) return made;
  for (unsigned column = 1; column < column_count; ++column) made.begin[column] = static_cast<std::uint8_t>(fields.begin[column]);
  made.llu_end = static_cast<std::uint8_t>(fields.end(Llu));
  made.luh_end = static_cast<std::uint8_t>(fields.end(Luh));
  made.llu_bytes = last_bytes(fields.length[Llu]);
  made.luh_bytes = last_bytes(fields.length[Luh]);
  made.birth_length = static_cast<std::uint8_t>(fields.length[Geburtsmonat]);
  made.group_bytes = first_bytes(fields.length[Gruppen]);
  made.group_length = std::uint64_t{fields.length[Gruppen]} << 56;
  if (flags_together_) made.flag_bytes = first_bytes(fields.end(Kont) + 1 - fields.begin[Elb] - 8);
  return made;
}

WholeShape RowShapes::whole(std::uint64_t row_ends) const {
  WholeShape made;
  made.ends = row_ends;
  Fields fields;
  made.plain = plain_fields(row_ends, 0, fields) && fields.length[Person] >= 1 && fields.length[Person] <= 16;
  if (!made.plain) return made;
  const auto put = [&](unsigned place, unsigned byte) {
    made.from[place] = static_cast<std::uint8_t>(byte);
    made.filled |= std::uint64_t{1} << place;
  };
  // Bytes [begin, end) so that the last one stands in that place.
  const auto to_the_right = [&](unsigned last, unsigned begin, unsigned end) {
    while (end > begin) put(last--, --end);
  };
  for (const auto& [column, place, sign] : {std::tuple{Llu, place_llu, place_llu_sign}, {Luh, place_luh, place_luh_sign}}) {
    if (fields.length[column] == 0) continue;
    const auto end = fields.end(column);
    to_the_right(place + 7, end - 2, end);
    put(sign, end - 3);
    to_the_right(place + 5, fields.begin[column], end - 3);
  }
  const auto month = fields.begin[Berichtsmonat];
  to_the_right(place_month + 3, month, month + 4);
  put(place_dash, month + 4);
  to_the_right(place_month + 7, month + 5, month + 7);
  to_the_right(place_jobcenter + 7, fields.begin[Traeger], fields.end(Traeger));
  const auto key_end = fields.end(Person), key_middle = std::max(fields.begin[Person] + 8, key_end) - 8;
  to_the_right(place_key + 7, key_middle, key_end);
  to_the_right(place_key + 15, fields.begin[Person], key_middle);
  for (const auto& [column, place] : {std::pair{Elb, place_flags + 0U}, {Ae, place_flags + unsigned{single_parent}}, {Akt, place_flags + unsigned{activated}}, {Gering, place_flags + unsigned{marginal}},
                                      {Oeff, place_flags + unsigned{subsidised}}, {Geschlecht, +place_sex}, {Integrationsart, +place_kind}, {Kont, +place_kont}}) {
    if (fields.length[column] == 1) put(place, fields.begin[column]);
  }
  if (fields.length[Person] > 1) {
    made.least_key = 10;
    for (unsigned digit = 2; digit < fields.length[Person]; ++digit) made.least_key *= 10;
  }
  made.group_begin = static_cast<std::uint8_t>(fields.begin[Gruppen]);
  made.group_bytes = first_bytes(fields.length[Gruppen]);
  made.group_length = std::uint64_t{fields.length[Gruppen]} << 56;
  made.birth_begin = static_cast<std::uint8_t>(fields.begin[Geburtsmonat]);
  made.has_birth = fields.length[Geburtsmonat] != 0;
  if (fields.length[Gruppen] != 0) made.group_word = ~std::uint64_t{0};  // not yet known
  return made;
}

}  // namespace zielwerk::casework
