#include "casework/quick_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "casework/row_shapes.h"

namespace zielwerk::casework {
namespace {

static_assert(std::endian::native == std::endian::little);

[[gnu::always_inline]] inline std::uint64_t load8(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, 8);
  return word;
}

constexpr std::uint64_t zeros = 0x3030303030303030U;

// Eight digits, the first in the lowest byte. What is no digit leaves a bit in `odd`.
[[gnu::always_inline]] inline std::uint64_t eight_digits(std::uint64_t text, std::uint64_t& odd) {
  const std::uint64_t digits = text ^ zeros;
  odd |= (digits | (digits + 0x0606060606060606U)) & 0xF0F0F0F0F0F0F0F0U;
  const std::uint64_t pairs = digits * 10 + (digits >> 8);
  return ((pairs & 0x000000FF000000FFU) * 0x000F424000000064U + ((pairs >> 16) & 0x000000FF000000FFU) * 0x0000271000000001U) >> 32;
}

// A number without leading zero of at most 16 digits.
[[gnu::always_inline]] inline std::uint64_t quick_key(const char* text, unsigned length, std::uint64_t& odd) {
  if (length > 8) {
    const auto high = last_bytes(length - 8);
    return eight_digits((load8(text + length - 16) & high) | (zeros & ~high), odd) * 100'000'000 + eight_digits(load8(text + length - 8), odd);
  }
  const auto low = last_bytes(length);
  return eight_digits((load8(text + length - 8) & low) | (zeros & ~low), odd);
}

// "1234.56", "0,00", nothing: up to five digits, a decimal sign, two digits. Everything else is for the careful reader.
[[gnu::always_inline]] inline std::int64_t quick_cents(const char* end, std::uint64_t bytes, std::uint64_t& odd) {
  const std::uint64_t text = (load8(end - 8) & bytes) | (zeros & ~bytes);
  const auto sign = static_cast<unsigned char>(text >> 40);
  odd |= (sign == '.' || sign == ',' || bytes == 0) ? 0U : 1U;
  return static_cast<std::int64_t>(eight_digits((text & 0xFFFF000000000000U) | ((text & 0x000000FFFFFFFFFFU) << 8) | 0x30U, odd));
}

constexpr std::uint8_t bad = 0x80;
struct Tables {
  std::uint8_t sex[256], elb[256], flag[256], integration[256], kont[256];
};
Tables tables(char separator) {
  Tables t;
  std::memset(&t, bad, sizeof(t));
  const auto empty = static_cast<unsigned char>(separator);
  t.sex['M'] = 0;
  t.sex['F'] = 1;
  t.sex['X'] = 2;
  for (auto* flags : {t.elb, t.flag}) {
    flags['0'] = 0;
    flags['1'] = 1;
  }
  t.flag[empty] = 0;
  t.flag[static_cast<unsigned char>('\n')] = 0;
  t.flag[static_cast<unsigned char>('\r')] = 0;
  // Added up with what kont says: S is 3, 4 or 5.
  t.integration[empty] = 0;
  t.integration['S'] = 8;
  t.integration['A'] = 16;
  t.integration['B'] = 24;
  t.kont[empty] = 0;
  t.kont['0'] = 1;
  t.kont['1'] = 2;
  return t;
}
constexpr std::uint8_t integration_code[32] = {0, 0, 0, 0, 0, 0, 0, 0, insured_open, insured_not_continuous, insured_continuous, 0, 0, 0, 0, 0,
                                               training, training, training, 0, 0, 0, 0, 0, self_employed, self_employed, self_employed, 0, 0, 0, 0, 0};

struct KnownWord {
  std::uint64_t word = ~std::uint64_t{0};
  std::uint16_t value = 0;
};

// The fields from elb to kont, with their separators, and what they mean.
struct KnownFlags {
  std::uint64_t low = ~std::uint64_t{0}, high = 0;
  Cell stock = 0, events = 0;
};

// The 64 bits from a position on.
[[gnu::always_inline]] inline std::uint64_t bits_from(const std::uint64_t* bits, std::size_t position) {
  const auto shift = position % 64;
  return bits[position / 64] >> shift | bits[position / 64 + 1] << 1 << (63 - shift);
}

// The last eight places of a row that was taken apart and its flags, in one word, and what they mean.
struct KnownLetters {
  std::uint64_t word = 0;
  Cell cell = 0;
  std::uint16_t sex = 0;
};

// What rows that were taken apart are looked up in.
struct WholeRows {
  static constexpr unsigned bits = 12;
  std::array<WholeShape, 1U << shape_bits> shapes;
  std::array<KnownLetters, 1U << bits> letters;
  static constexpr std::size_t no_jobcenter = 99'999;
  std::array<std::uint16_t, no_jobcenter + 1> jobcenters{};  // by number: 1 + index
  RowBatch batch;
};

}  // namespace

struct QuickRows::State {
  Layout layout;
  const GroupRules& groups;
  const Path& path;
  Tables table;
  RowShapes shapes_of_file;
  std::array<Shape, 1024> shapes;
  std::array<KnownWord, 1024> months, group_words;
  std::array<KnownWord, 4096> jobcenters, births;
  std::array<KnownFlags, 256> flag_words;
  std::unique_ptr<WholeRows> whole;    // for Path::take_apart
  std::vector<std::uint64_t> ends, line_ends;
  std::size_t marked = 0;  // pieces of 64 bytes, 0: not yet
  // Of the row before: most rows are of the same month.
  std::uint64_t month_word = 0;
  std::uint32_t month_number = ~0U;
  unsigned month_index = 0;
  std::uint64_t month_rows = 0;
  Money* month_money = nullptr;

  State(const Layout& of_file, const GroupRules& rules, const Path& code)
      : layout(of_file), groups(rules), path(code), table(tables(of_file.separator)), shapes_of_file(of_file, rules.any_by_age()) {
    if (!path.take_apart) return;
    whole = std::make_unique<WholeRows>();
    const auto& all = domain::official_directory().all();
    for (std::size_t i = 0; i < all.size(); ++i) whole->jobcenters[all[i].number.value()] = static_cast<std::uint16_t>(i + 1);
  }

  const Shape& shape(std::uint64_t row_ends) {
    auto& known = shapes[(row_ends * 0x9E3779B97F4A7C15U) >> 54];
    if (known.ends != row_ends) [[unlikely]] known = shapes_of_file.behind_key(row_ends);
    return known;
  }

  template <class Words, class Resolve>
  [[gnu::always_inline]] static bool known(Words& words, std::uint64_t word, const Resolve& resolve, unsigned& value) {
    auto& entry = words[((word * 0x9E3779B97F4A7C15U) >> 32) & (words.size() - 1)];
    if (entry.word != word) [[unlikely]] {
      const auto resolved = resolve();
      if (!resolved) return false;
      entry = {word, static_cast<std::uint16_t>(*resolved)};
    }
    value = entry.value;
    return true;
  }

  // Turns to the sums of another month.
  void turn_to_month(unsigned index, RowSink& sink) {
    leave_month(sink);
    month_index = index;
    month_money = sink.money.of_month(index);
  }
  bool turn_to_text(const char* text, std::uint64_t word, RowSink& sink) {
    unsigned index = 0;
    if (!known(months, word, [&]() -> std::optional<unsigned> {
          const auto parsed = Month::parse({text, 7});
          if (!parsed || *parsed < first_possible || *parsed - first_possible >= possible_months) return std::nullopt;
          return static_cast<unsigned>(*parsed - first_possible);
        }, index)) {
      return false;
    }
    turn_to_month(index, sink);
    month_word = word;
    return true;
  }
  bool turn_to_number(std::uint32_t number, RowSink& sink) {
    const auto year = number / 10'000, of_year = number % 10'000;
    const auto index = year * 12 + of_year - 1 - static_cast<unsigned>(first_possible.index());
    if (of_year < 1 || of_year > 12 || index >= static_cast<unsigned>(possible_months)) return false;
    turn_to_month(index, sink);
    month_number = number;
    return true;
  }
  void leave_month(RowSink& sink) {
    sink.rows[month_index] += month_rows;
    month_rows = 0;
    month_word = 0;
    month_number = ~0U;
  }

  bool jobcenter(const char* text, unsigned& value) {
    return known(jobcenters, load8(text) & first_bytes(5), [&]() -> std::optional<unsigned> {
      const auto number = domain::ProviderNumber::parse({text, 5});
      return number ? jobcenter_index(*number) : std::nullopt;
    }, value);
  }
  bool group(const char* text, std::uint64_t bytes, std::uint64_t length, unsigned& value) {
    return known(group_words, (load8(text) & bytes) | length, [&]() -> std::optional<unsigned> {
      const std::string_view code(text, length >> 56);
      if (code.empty()) return 0;
      for (unsigned i = 0; i < groups.rules.size(); ++i) {
        if (groups.rules[i].code == code) return 1U << i;
      }
      return std::nullopt;
    }, value);
  }
  // JJJJ-MM, not after the Berichtsmonat.
  bool birth(const char* text) {
    unsigned index = 0;
    return known(births, load8(text) & first_bytes(7), [&]() -> std::optional<unsigned> {
      const auto parsed = Month::parse({text, 7});
      if (!parsed) return std::nullopt;
      return static_cast<unsigned>(parsed->index());
    }, index) && index <= static_cast<unsigned>(first_possible.index()) + month_index;
  }
  bool read_flags(const char* rest, const Shape& shape, KnownFlags& made) const {
    const auto at = [&](Column column) { return static_cast<unsigned char>(rest[shape.begin[column]]); };
    const unsigned elb = table.elb[at(Elb)], ae = table.flag[at(Ae)], akt = table.flag[at(Akt)], gering = table.flag[at(Gering)], oeff = table.flag[at(Oeff)];
    const unsigned kind = table.integration[at(Integrationsart)], kont = table.kont[at(Kont)];
    if (((elb | ae | akt | gering | oeff | kind | kont) & bad) != 0) return false;
    made.stock = static_cast<Cell>(elb == 0 ? 0U : elb | ae << single_parent | akt << activated);
    made.events = static_cast<Cell>(static_cast<unsigned>(integration_code[kind + kont]) << integration_low | gering << marginal | oeff << subsidised);
    return true;
  }
  const KnownFlags* flags(const char* rest, const Shape& shape, KnownFlags& made) {
    if (!shapes_of_file.flags_together()) return read_flags(rest, shape, made) ? &made : nullptr;
    const char* text = rest + shape.begin[Elb];
    const auto low = load8(text), high = load8(text + 8) & shape.flag_bytes;
    auto& entry = flag_words[((low ^ high * 0xD6E8FEB86659FD93U) * 0x9E3779B97F4A7C15U) >> 56];
    if (entry.low != low || entry.high != high) [[unlikely]] {
      if (!read_flags(rest, shape, made)) return nullptr;
      made.low = low;
      made.high = high;
      entry = made;
    }
    return &entry;
  }

  // The row bytes[row, end) if it is plain.
  [[gnu::always_inline]] bool take(const char* bytes, std::size_t row, std::size_t end, RowSink& sink) {
    const auto key_length = static_cast<unsigned>(std::countr_zero(bits_from(ends.data(), row)));
    const auto begin = row + key_length + 1;
    if (key_length - 1U > 15U || begin > end || end - begin > 63 || (bytes[row] == '0' && key_length > 1)) return false;
    const auto& shape = this->shape(bits_from(ends.data(), begin) & ~std::uint64_t{0} >> (63 - (end - begin)));
    if (!shape.plain) return false;
    const char* rest = bytes + begin;
    const auto* month = rest + shape.begin[Berichtsmonat];
    const auto word = load8(month) & first_bytes(7);
    if (word != month_word && !turn_to_text(month, word, sink)) [[unlikely]] return false;
    std::uint64_t odd = 0;
    unsigned jobcenter_at = 0, flagged = 0;
    KnownFlags made;
    const auto* known = flags(rest, shape, made);
    if (!known || !jobcenter(rest + shape.begin[Traeger], jobcenter_at) || !group(rest + shape.begin[Gruppen], shape.group_bytes, shape.group_length, flagged) ||
        (shape.birth_length != 0 && !birth(rest + shape.begin[Geburtsmonat]))) {
      return false;
    }
    const unsigned sex = table.sex[static_cast<unsigned char>(rest[shape.begin[Geschlecht]])];
    const auto key = quick_key(bytes + row, key_length, odd);
    const auto llu = quick_cents(rest + shape.llu_end, shape.llu_bytes, odd), luh = quick_cents(rest + shape.luh_end, shape.luh_bytes, odd);
    if (odd != 0 || sex == bad) return false;
    take_over(key, static_cast<ClassId>(jobcenter_at * 3 + sex), known->stock | known->events, flagged, llu, luh, sink);
    return true;
  }

  // `cell` without its groups.
  [[gnu::always_inline]] void take_over(std::uint64_t key, ClassId class_id, unsigned cell, unsigned flagged, std::int64_t llu, std::int64_t luh, RowSink& sink) {
    if (!sink.part.has(key)) return;
    sink.add(PersonRow{key, static_cast<std::uint16_t>(month_index), class_id, static_cast<Cell>(cell | (flagged << first_group & (0U - (cell & here)))), 0});
    sink.money.note(class_id);
    month_money[class_id].add({llu, luh, llu != 0 ? 1U : 0U, luh != 0 ? 1U : 0U});
    ++month_rows;
  }

  // Rows from `row` on that the path can take apart, as long as they are plain; returns where the next one begins.
  std::size_t take_whole(const char* bytes, std::size_t row, std::size_t limit, std::uint64_t offset, RowSink& sink) {
    const auto& batch = whole->batch;
    const auto count = path.take_apart(bytes, row, limit, layout.separator, layout.carriage_return, whole->shapes.data(), whole->batch);
    for (unsigned i = 0; i < count; ++i) {
      const auto& numbers = batch.numbers[i];
      const auto& shape = *batch.shape[i];
      const char* const begin = batch.begin[i];
      const auto key = std::uint64_t{numbers[5]} * 100'000'000 + numbers[4];
      const auto word = batch.letters[i];
      auto& known = whole->letters[table_slot(word, WholeRows::bits)];
      const unsigned jobcenter = whole->jobcenters[std::min<std::size_t>(numbers[3], WholeRows::no_jobcenter)];
      const bool usual = (known.word == word) & (numbers[2] == month_number) & (jobcenter != 0) & (key >= shape.least_key);
      if (!usual) [[unlikely]] {
        if (jobcenter == 0 || key < shape.least_key || word == odd_letters || (numbers[2] != month_number && !turn_to_number(numbers[2], sink)) || (known.word != word && !learn_letters(word, known))) {
          return static_cast<std::size_t>(begin - bytes);
        }
      }
      unsigned flagged = shape.group_bits;
      const auto group_word = (load8(begin + shape.group_begin) & shape.group_bytes) | shape.group_length;
      if ((group_word != shape.group_word) | shape.has_birth) [[unlikely]] {
        if (!group(begin + shape.group_begin, shape.group_bytes, shape.group_length, flagged) || (shape.has_birth && !birth(begin + shape.birth_begin))) {
          take_carefully({begin, batch.begin[i + 1] - 1}, offset + static_cast<std::size_t>(begin - bytes), sink);
          continue;
        }
        auto& learnt = whole->shapes[static_cast<std::size_t>(&shape - whole->shapes.data())];
        learnt.group_word = group_word;
        learnt.group_bits = static_cast<std::uint16_t>(flagged);
      }
      take_over(key, static_cast<ClassId>((jobcenter - 1) * 3 + known.sex), known.cell, flagged, numbers[0], numbers[1], sink);
    }
    return static_cast<std::size_t>(batch.begin[count] - bytes);
  }
  bool learn_letters(std::uint64_t word, KnownLetters& known) const {
    const auto at = [&](RowPlace place) { return static_cast<unsigned char>(word >> 8 * (place - 56)); };
    const unsigned sex = table.sex[at(place_sex)], kind = table.integration[at(place_kind)], kont = table.kont[at(place_kont)];
    const auto is_sign = [](unsigned char sign) { return sign == '.' || sign == ','; };
    if (((sex | kind | kont) & bad) != 0 || !is_sign(at(place_llu_sign)) || !is_sign(at(place_luh_sign)) || at(place_dash) != '-') return false;
    const auto flags = static_cast<unsigned>(word >> 56) | (word & 1U) << 8;
    constexpr unsigned described = here | 1U << single_parent | 1U << activated, events = 1U << marginal | 1U << subsidised;
    const auto cell = ((flags & described) * (flags & here)) | (flags & events) | static_cast<unsigned>(integration_code[kind + kont]) << integration_low;
    known = {word, static_cast<Cell>(cell), static_cast<std::uint16_t>(sex)};
    return true;
  }
  // True if rows like this one will be taken apart from now on.
  bool learn_shape(std::string_view line) {
    auto row_ends = std::uint64_t{1} << line.size();
    for (std::size_t i = 0; i < line.size(); ++i) row_ends |= std::uint64_t{line[i] == layout.separator} << i;
    auto& shape = whole->shapes[table_slot(row_ends, shape_bits)];
    if (shape.ends == row_ends || (layout.carriage_return && !line.ends_with('\r'))) return false;
    shape = shapes_of_file.whole(row_ends);
    return shape.plain;
  }

  void take_otherwise(const char* bytes, std::size_t row, std::size_t length, std::uint64_t offset, RowSink& sink) {
    const bool as_header = !layout.carriage_return || (length > 0 && bytes[row + length - 1] == '\r');
    if (!as_header || !take(bytes, row, row + length, sink)) take_carefully({bytes + row, length}, offset + row, sink);
  }

  void take_carefully(std::string_view line, std::uint64_t offset, RowSink& sink) const {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return;
    std::array<std::string_view, column_count> fields;
    std::vector<FieldProblem> problems;
    std::size_t found = 0;
    FullRow full;
    if (line.size() > longest_row) {
      problems.push_back({column_count, "line_too_long", fmt::format("Die Zeile ist länger als {} Byte.", longest_row)});
    } else if (!split_row(line, layout, fields, found)) {
      problems.push_back({column_count, "field_count", fmt::format("Die Zeile hat {} Felder, erwartet sind {}.", found, static_cast<unsigned>(column_count))});
    } else if (read_fields(fields, groups, full, problems)) {
      sink.add(full);
    }
    for (auto& problem : problems) sink.problems.push_back({offset, std::move(problem)});
  }

  void mark(const char* bytes, std::size_t size) {
    const auto pieces = size / 64 + 1;
    if (ends.size() < pieces + 2) {
      ends.resize(pieces + 2);
      line_ends.resize(pieces + 2);
    }
    path.mark(bytes, pieces, layout.separator, ends.data(), line_ends.data());
    ends[pieces] = ends[pieces + 1] = 0;
    marked = pieces;
  }
  std::size_t line_end(std::size_t from) const {
    auto piece = from / 64;
    auto bits = line_ends[piece] & ~std::uint64_t{0} << from % 64;
    while (bits == 0 && ++piece < marked) bits = line_ends[piece];
    return piece * 64 + static_cast<std::size_t>(std::countr_zero(bits));
  }
};

void RowSink::add(const FullRow& full) {
  if (!part.has(full.row.key)) return;
  add(full.row);
  money.add(full.row.month, full.row.class_id, full.money);
  ++rows[full.row.month];
}

QuickRows::QuickRows(const Layout& layout, const GroupRules& groups, const Path& path) : state_(std::make_unique<State>(layout, groups, path)) {}
QuickRows::~QuickRows() = default;

void QuickRows::read(const char* bytes, std::size_t size, std::size_t limit, std::uint64_t offset, RowSink& sink) {
  auto& state = *state_;
  state.marked = 0;
  sink.make_room(limit / shortest_row + 1);
  std::size_t row = 0;
  while (row < limit) {
    if (state.path.take_apart) {
      const auto next = state.take_whole(bytes, row, limit, offset, sink);
      if (next != row) {
        row = next;
        continue;
      }
    }
    if (state.path.take_apart) {
      const auto* line_end = static_cast<const char*>(std::memchr(bytes + row, '\n', 64));
      if (line_end && state.learn_shape({bytes + row, line_end})) continue;
    }
    if (state.marked == 0) state.mark(bytes, size);
    const auto end = state.line_end(row), length = end - row;
    state.take_otherwise(bytes, row, length, offset, sink);
    row = end + 1;
  }
  state.leave_month(sink);
}

}  // namespace zielwerk::casework
