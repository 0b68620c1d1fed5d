#include "casework/quick_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

namespace zielwerk::casework {
namespace {

static_assert(std::endian::native == std::endian::little);

[[gnu::always_inline]] inline std::uint64_t load8(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, 8);
  return word;
}

constexpr std::uint64_t zeros = 0x3030303030303030U;

// Eight digits, the first in the lowest byte.
[[gnu::always_inline]] inline bool eight_digits(std::uint64_t text, std::uint64_t& number) {
  const std::uint64_t digits = text ^ zeros;
  if (((digits | (digits + 0x0606060606060606U)) & 0xF0F0F0F0F0F0F0F0U) != 0) return false;
  std::uint64_t pairs = digits * 10 + (digits >> 8);
  pairs = ((pairs & 0x000000FF000000FFU) * 0x000F424000000064U + ((pairs >> 16) & 0x000000FF000000FFU) * 0x0000271000000001U) >> 32;
  number = pairs;
  return true;
}

// The last `length` (0 … 8) bytes before `end`, with zeros in front.
[[gnu::always_inline]] inline std::uint64_t last_bytes(const char* end, unsigned length) {
  const std::uint64_t keep = length == 0 ? 0 : ~std::uint64_t{0} << 8 * (8 - length);
  return (load8(end - 8) & keep) | (zeros & ~keep);
}

[[gnu::always_inline]] inline bool quick_key(const char* text, unsigned length, std::uint64_t& key) {
  if (length == 0 || length > 16 || (text[0] == '0' && length > 1)) return false;
  std::uint64_t low = 0, high = 0;
  if (!eight_digits(last_bytes(text + length, std::min(length, 8U)), low)) return false;
  if (length > 8 && !eight_digits(last_bytes(text + length - 8, length - 8), high)) return false;
  key = high * 100'000'000 + low;
  return true;
}

// "1234.56", "0,00": up to five digits, a decimal sign, two digits. Everything else is for the careful reader.
[[gnu::always_inline]] inline bool quick_cents(const char* end, unsigned length, std::int64_t& cents) {
  if (length == 0) {
    cents = 0;
    return true;
  }
  if (length < 4 || length > 8 || (end[-3] != '.' && end[-3] != ',')) return false;
  const std::uint64_t text = last_bytes(end, length);
  const std::uint64_t joined = (text & 0xFFFF000000000000U) | ((text & 0x000000FFFFFFFFFFU) << 8) | 0x30U;
  std::uint64_t number = 0;
  if (!eight_digits(joined, number)) return false;
  cents = static_cast<std::int64_t>(number);
  return true;
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

// Where the fields of a row stand, counted from the end of its first field. Known by the bit pattern of its separators.
struct Shape {
  std::uint64_t ends = 0;
  std::uint8_t begin[column_count] = {};
  std::uint8_t llu_end = 0, luh_end = 0, group_length = 0, birth_length = 0, row_end = 0;
  bool plain = false;
};

struct KnownWord {
  std::uint64_t word = ~std::uint64_t{0};
  std::uint16_t value = 0;
};

}  // namespace

struct QuickRows::State {
  Layout layout;
  const GroupRules& groups;
  const Path& path;
  Tables table;
  bool by_age;
  std::vector<Shape> shapes;
  std::vector<KnownWord> months, jobcenters, group_words, births;
  std::vector<std::uint64_t> ends, line_ends;

  const Shape& shape(std::uint64_t row_ends) {
    auto& known = shapes[(row_ends * 0x9E3779B97F4A7C15U) >> 54];
    if (known.ends != row_ends) known = new_shape(row_ends);
    return known;
  }

  Shape new_shape(std::uint64_t row_ends) const {
    Shape made;
    made.ends = row_ends;
    if (layout.at[Person] != 0 || std::popcount(row_ends) != static_cast<int>(column_count) - 1) return made;
    unsigned begin[column_count] = {}, end[column_count] = {};
    unsigned at = 0;
    for (unsigned position = 1; position < column_count; ++position, row_ends &= row_ends - 1) {
      begin[position] = at;
      end[position] = static_cast<unsigned>(std::countr_zero(row_ends));
      at = end[position] + 1;
    }
    made.row_end = static_cast<std::uint8_t>(at);
    if (layout.carriage_return) {
      if (end[column_count - 1] == begin[column_count - 1]) return made;
      --end[column_count - 1];
    }
    const auto length = [&](Column column) { return end[layout.at[column]] - begin[layout.at[column]]; };
    made.plain = length(Berichtsmonat) == 7 && length(Traeger) == 5 && length(Geschlecht) == 1 && (length(Geburtsmonat) == 0 || length(Geburtsmonat) == 7) && length(Elb) == 1;
    for (const auto column : {Ae, Akt, Integrationsart, Gering, Oeff, Kont}) made.plain = made.plain && length(column) <= 1;
    for (unsigned column = 1; column < column_count; ++column) made.begin[column] = static_cast<std::uint8_t>(begin[layout.at[column]]);
    made.llu_end = static_cast<std::uint8_t>(end[layout.at[Llu]]);
    made.luh_end = static_cast<std::uint8_t>(end[layout.at[Luh]]);
    made.group_length = static_cast<std::uint8_t>(length(Gruppen));
    made.birth_length = static_cast<std::uint8_t>(length(Geburtsmonat));
    return made;
  }

  template <class Resolve>
  static bool known(std::vector<KnownWord>& words, std::uint64_t word, const Resolve& resolve, unsigned& value) {
    auto& entry = words[((word * 0x9E3779B97F4A7C15U) >> 32) & (words.size() - 1)];
    if (entry.word != word) {
      const auto resolved = resolve();
      if (!resolved) return false;
      entry = {word, static_cast<std::uint16_t>(*resolved)};
    }
    value = entry.value;
    return true;
  }

  bool month(const char* text, unsigned& value) {
    return known(months, load8(text) & 0x00FFFFFFFFFFFFFFU, [&]() -> std::optional<unsigned> {
      const auto parsed = Month::parse({text, 7});
      if (!parsed || *parsed < first_possible || *parsed - first_possible >= possible_months) return std::nullopt;
      return static_cast<unsigned>(*parsed - first_possible);
    }, value);
  }
  bool jobcenter(const char* text, unsigned& value) {
    return known(jobcenters, load8(text) & 0x000000FFFFFFFFFFU, [&]() -> std::optional<unsigned> {
      const auto number = domain::ProviderNumber::parse({text, 5});
      return number ? jobcenter_index(*number) : std::nullopt;
    }, value);
  }
  bool group(const char* text, unsigned length, unsigned& value) {
    if (length == 0) {
      value = 0;
      return true;
    }
    if (length > 7) return false;
    const auto word = (load8(text) & ~(~std::uint64_t{0} << 8 * length)) | static_cast<std::uint64_t>(length) << 56;
    return known(group_words, word, [&]() -> std::optional<unsigned> {
      for (unsigned i = 0; i < groups.rules.size(); ++i) {
        if (groups.rules[i].code == std::string_view(text, length)) return 1U << i;
      }
      return std::nullopt;
    }, value);
  }
  // JJJJ-MM, not after the Berichtsmonat, or nothing.
  bool birth(const char* text, unsigned length, unsigned month_index) {
    if (length == 0) return true;
    unsigned index = 0;
    return known(births, load8(text) & 0x00FFFFFFFFFFFFFFU, [&]() -> std::optional<unsigned> {
      const auto parsed = Month::parse({text, 7});
      if (!parsed) return std::nullopt;
      return static_cast<unsigned>(parsed->index());
    }, index) && index <= static_cast<unsigned>(first_possible.index()) + month_index;
  }

  bool take(const char* row, unsigned key_length, const Shape& shape, RowSink& sink) {
    const char* rest = row + key_length + 1;
    if (!shape.plain) return false;
    PersonRow made;
    unsigned month_index = 0, jobcenter_at = 0, flagged = 0;
    if (!quick_key(row, key_length, made.key) || !month(rest + shape.begin[Berichtsmonat], month_index) || !jobcenter(rest + shape.begin[Traeger], jobcenter_at) ||
        !group(rest + shape.begin[Gruppen], shape.group_length, flagged) || !birth(rest + shape.begin[Geburtsmonat], shape.birth_length, month_index) || (by_age && shape.birth_length != 0)) {
      return false;
    }
    const auto at = [&](Column column) { return static_cast<unsigned char>(rest[shape.begin[column]]); };
    const unsigned sex = table.sex[at(Geschlecht)], elb = table.elb[at(Elb)], ae = table.flag[at(Ae)], akt = table.flag[at(Akt)];
    const unsigned gering = table.flag[at(Gering)], oeff = table.flag[at(Oeff)], kind = table.integration[at(Integrationsart)], kont = table.kont[at(Kont)];
    Money amount;
    if (((sex | elb | ae | akt | gering | oeff | kind | kont) & bad) != 0 || !quick_cents(rest + shape.llu_end, shape.llu_end - shape.begin[Llu], amount.llu) ||
        !quick_cents(rest + shape.luh_end, shape.luh_end - shape.begin[Luh], amount.luh)) {
      return false;
    }
    const unsigned stock = (elb | ae << single_parent | akt << activated | flagged << first_group) & (0U - elb);
    made.cell = static_cast<Cell>(stock | static_cast<unsigned>(integration_code[kind + kont]) << integration_low | gering << marginal | oeff << subsidised);
    made.month = static_cast<std::uint16_t>(month_index);
    made.class_id = static_cast<ClassId>(jobcenter_at * 3 + sex);
    amount.llu_persons = amount.llu != 0 ? 1 : 0;
    amount.luh_persons = amount.luh != 0 ? 1 : 0;
    sink.add(made);
    sink.add_money(made.month, made.class_id, amount);
    ++sink.rows[made.month];
    return true;
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
};

void RowSink::add(const FullRow& full) {
  add(full.row);
  add_money(full.row.month, full.row.class_id, full.money);
  ++rows[full.row.month];
}

QuickRows::QuickRows(const Layout& layout, const GroupRules& groups, const Path& path)
    : state_(std::make_unique<State>(State{layout, groups, path, tables(layout.separator), groups.any_by_age(), std::vector<Shape>(1024), std::vector<KnownWord>(1024), std::vector<KnownWord>(4096),
                                    std::vector<KnownWord>(256), std::vector<KnownWord>(4096), {}, {}})) {}
QuickRows::~QuickRows() = default;

void QuickRows::read(const char* bytes, std::size_t size, std::size_t limit, std::uint64_t offset, RowSink& sink) {
  auto& state = *state_;
  const auto pieces = size / 64 + 1;
  if (state.ends.size() < pieces + 2) {
    state.ends.resize(pieces + 2);
    state.line_ends.resize(pieces + 2);
  }
  state.path.mark(bytes, pieces, state.layout.separator, state.ends.data(), state.line_ends.data());
  state.ends[pieces] = state.line_ends[pieces] = state.ends[pieces + 1] = state.line_ends[pieces + 1] = 0;
  // The 64 bits from a position on.
  const auto from = [](const std::vector<std::uint64_t>& bits, std::size_t position) {
    const auto shift = position % 64;
    return bits[position / 64] >> shift | bits[position / 64 + 1] << 1 << (63 - shift);
  };
  for (std::size_t row = 0; row < limit;) {
    const auto first = from(state.ends, row);
    const auto key_length = static_cast<unsigned>(std::countr_zero(first));
    if (key_length < 40 && bytes[row + key_length] == state.layout.separator) {
      const auto rest = row + key_length + 1;
      const auto lines = from(state.line_ends, rest);
      if (lines != 0) {
        const auto row_ends = from(state.ends, rest) & (lines ^ (lines - 1));
        const auto& shape = state.shape(row_ends);
        if (state.take(bytes + row, key_length, shape, sink)) {
          row = rest + shape.row_end;
          continue;
        }
      }
    }
    const auto* end = static_cast<const char*>(std::memchr(bytes + row, '\n', size - row));
    const auto length = end ? static_cast<std::size_t>(end - bytes) - row : size - row;
    state.take_carefully({bytes + row, length}, offset + row, sink);
    row += length + 1;
  }
}

}  // namespace zielwerk::casework
