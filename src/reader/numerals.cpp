#include "reader/numerals.h"

#include <algorithm>
#include <array>

#include <re2/re2.h>

#include "reader/number_words.h"

namespace zielwerk::reader {
namespace {

using base::Decimal;

bool digit(char byte) { return byte >= '0' && byte <= '9'; }

bool word_byte(char byte) {
  return digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || static_cast<unsigned char>(byte) >= 0x80U;
}

// A dash, a quotation mark and the like also have high bytes but end a word.
bool word_before(std::string_view text, std::size_t at) {
  if (at == 0 || !word_byte(text[at - 1])) return false;
  for (const std::string_view mark : {"–", "−", "—", "„", "“", "”", "»", "«", "€", "§", "≥", "≤", "…", "•", "▪"}) {
    if (text.substr(0, at).ends_with(mark)) return false;
  }
  return true;
}

bool word_after(std::string_view text, std::size_t at) {
  if (at >= text.size() || !word_byte(text[at])) return false;
  for (const std::string_view mark : {"–", "−", "—", "„", "“", "”", "»", "«", "€", "§", "≥", "≤", "…", "½"}) {
    if (text.substr(at).starts_with(mark)) return false;
  }
  return true;
}

Decimal scaled(Decimal value, int zeros) {
  while (zeros > 0 && value.places > 0) {
    --value.places;
    --zeros;
  }
  if (zeros > 0 && value.digits < base::power_of_ten(18 - zeros) && value.digits > -base::power_of_ten(18 - zeros)) value.digits *= base::power_of_ten(zeros);
  return value;
}

void take_unit(std::string_view text, Numeral& number) {
  static const RE2 unit(
      R"(^ ?(?:(?P<points>(?:%|Prozent) ?- ?[Pp]unkt\w*|%[Pp]unkt\w*|Prozentpunkt\w*|PP\b)|(?P<percent>%|Prozent\b|v\. ?H\.?|vH\b|vom Hundert)|(?P<teur>TEUR\b|T€|Tsd\.? ?(?:Euro|EUR|€))|(?P<mio>Mio\.?|Millionen|Million)(?P<mioeur> ?(?:Euro|EUR|€))?|(?P<mrd>Mrd\.?|Milliarden?)(?P<mrdeur> ?(?:Euro|EUR|€))?|(?P<euro>Euro\b|EUR\b|€)|(?P<work>Arbeitstag\w*|Werktag\w*)|(?P<days>Tage?n?\b|Kalendertage?n?\b)|(?P<weeks>Wochen?\b)|(?P<months>Monate?n?\b)|(?P<years>Jahre?n?\b)|(?P<score>Punkte?n?\b)|(?P<factor>-?fache?[nrs]?\b)))");
  std::string_view points, percent, teur, mio, mioeur, mrd, mrdeur, euro, work, days, weeks, months, years, score, factor;
  std::string_view rest = text.substr(number.span.end, 60);
  const re2::StringPiece input(rest.data(), rest.size());
  std::array<re2::StringPiece, 16> groups;
  if (!unit.Match(input, 0, input.size(), RE2::ANCHOR_START, groups.data(), static_cast<int>(groups.size()))) return;
  number.with_unit.end = number.span.end + groups[0].size();
  const auto has = [&](std::size_t group) { return groups[group].data() != nullptr && !groups[group].empty(); };
  if (has(1)) number.unit = Unit::Points;
  if (has(2)) number.unit = Unit::Percent;
  if (has(2) && groups[2][0] == 'v') number.traps.emplace_back("VH_INSTEAD_OF_PERCENT");
  if (has(3)) {
    number.unit = Unit::Euro;
    number.value = scaled(number.value, 3);
    number.traps.emplace_back("TEUR");
  }
  if (has(4)) {
    number.value = scaled(number.value, 6);
    if (has(5)) number.unit = Unit::Euro;
  }
  if (has(6)) {
    number.value = scaled(number.value, 9);
    if (has(7)) number.unit = Unit::Euro;
  }
  if (has(8)) number.unit = Unit::Euro;
  if (has(9)) number.unit = Unit::WorkingDays;
  if (has(10)) number.unit = Unit::Days;
  if (has(11)) number.unit = Unit::Weeks;
  if (has(12)) number.unit = Unit::Months;
  if (has(13)) number.unit = Unit::Years;
  if (has(14)) number.unit = Unit::Score;
  if (has(15)) number.unit = Unit::Factor;
}

// A dash before a number is a sign unless it joins two numbers or words.
void take_sign(std::string_view text, Numeral& number) {
  auto at = number.span.begin;
  bool blank = false;
  if (at > 0 && text[at - 1] == ' ') {
    --at;
    blank = true;
  }
  const auto head = text.substr(0, at);
  struct Sign {
    std::string_view text;
    bool minus;
    const char* trap;
  };
  for (const Sign& sign : {Sign{"+", false, ""}, Sign{"-", true, ""}, Sign{"–", true, "EN_DASH_AS_MINUS"}, Sign{"−", true, "TRUE_MINUS"}}) {
    if (!head.ends_with(sign.text)) continue;
    auto before = at - sign.text.size();
    const bool spaced = before > 0 && text[before - 1] == ' ';
    while (before > 0 && text[before - 1] == ' ') --before;
    const bool joins = before > 0 && (word_before(text, before) && (digit(text[before - 1]) || !spaced));
    const bool after_unit = head.substr(0, before).ends_with("%");
    if (joins || (sign.minus && after_unit)) return;
    // "Leistungen – 3 Maßnahmen": an insertion between words, set off by blanks on both sides, is no minus unless "um", "=" … leads to it.
    if (sign.minus && blank && word_before(text, before)) {
      static const RE2 leads(R"((?:\bum|\bvon|\bbei|\bauf|\bals|\bzu|mindestens|höchstens|maximal|\bK ?[123](?:E[1-4])?|=|:)$)");
      const auto lead = text.substr(before > 40 ? before - 40 : 0, std::min<std::size_t>(before, 40));
      if (!RE2::PartialMatch(re2::StringPiece(lead.data(), lead.size()), leads)) return;
    }
    number.span.begin = at - sign.text.size();
    number.with_unit.begin = number.span.begin;
    number.minus = sign.minus;
    number.plus = !sign.minus;
    if (sign.minus) number.value.digits = -number.value.digits;
    if (*sign.trap) number.traps.emplace_back(sign.trap);
    if (blank) number.traps.emplace_back("SPACE_AFTER_SIGN");
    return;
  }
}

void take_approximation(std::string_view text, Numeral& number) {
  static const RE2 about(R"((?:\brund|\brd\.|\bca\.|\bcirca|\betwa|\bungefähr|\bknapp) ?$)");
  const auto begin = number.with_unit.begin > 12 ? number.with_unit.begin - 12 : 0;
  const auto head = text.substr(begin, number.with_unit.begin - begin);
  re2::StringPiece found;
  if (!about.Match(re2::StringPiece(head.data(), head.size()), 0, head.size(), RE2::UNANCHORED, &found, 1)) return;
  number.approximate = true;
  number.with_unit.begin = begin + static_cast<std::size_t>(found.data() - head.data());
}

std::optional<Numeral> digits_number(std::string_view text, Span span) {
  Numeral number{.span = span, .with_unit = span};
  std::string token(text.substr(span.begin, span.end - span.begin));
  static const RE2 grouped(R"(\d{1,3}(?:([. ])\d{3})+(?:,\d+)?)");
  std::string separator;
  if (RE2::FullMatch(token, grouped, &separator)) {
    number.thousands = true;
    number.traps.emplace_back(separator == "." ? "THOUSANDS_POINT" : "THIN_SPACE_THOUSANDS");
    std::erase(token, '.');
    std::erase(token, ' ');
  }
  const auto value = base::parse_decimal(token);
  if (!value) return std::nullopt;
  number.value = *value;
  return number;
}

// "2, 3 %": a decimal that a line end divided.
std::optional<Numeral> take_split_decimal(std::string_view text, Span span) {
  static const RE2 pattern(R"(^(\d{1,3}), (\d{1,2}) ?(?:%|Prozent|v\. ?H))");
  const auto rest = text.substr(span.begin, 24);
  std::string whole, part;
  if (!RE2::PartialMatch(re2::StringPiece(rest.data(), rest.size()), pattern, &whole, &part)) return std::nullopt;
  const auto value = base::parse_decimal(whole + "," + part);
  if (!value) return std::nullopt;
  const Span joined{span.begin, span.begin + whole.size() + 2 + part.size()};
  Numeral number{.span = joined, .with_unit = joined, .value = *value};
  number.traps.emplace_back("NUMBER_SPLIT_OVER_LINES");
  return number;
}

void add_digits(std::string_view text, std::vector<Numeral>& found) {
  static const RE2 token(R"(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?:,\d+)?|\d+,\d+|\d+)");
  const re2::StringPiece input(text.data(), text.size());
  re2::StringPiece match;
  for (std::size_t at = 0; at < text.size() && token.Match(input, at, input.size(), RE2::UNANCHORED, &match, 1);) {
    Span span{static_cast<std::size_t>(match.data() - text.data()), 0};
    span.end = span.begin + match.size();
    at = span.end;
    // "01.2012" is no group of thousands.
    if (span.end < text.size() && digit(text[span.end])) {
      span.end = span.begin + static_cast<std::size_t>(std::find_if(text.begin() + static_cast<std::ptrdiff_t>(span.begin), text.end(), [](char byte) { return !digit(byte); }) - (text.begin() + static_cast<std::ptrdiff_t>(span.begin)));
      at = span.end;
    }
    // "12 345 678" beside "2020 100": groups of three after a year are two numbers.
    const auto piece = text.substr(span.begin, span.end - span.begin);
    if (word_after(text, span.end) && piece.find(' ') != std::string_view::npos) {
      span.end = span.begin + piece.rfind(' ');
      at = span.end;
    }
    const auto split = take_split_decimal(text, span);
    auto number = split ? split : digits_number(text, span);
    if (split) at = split->span.end;
    if (!number) continue;
    if (text.substr(number->span.end).starts_with("½") && number->value.places == 0) {
      number->value = {number->value.digits * 10 + 5, 1};
      number->span.end += 2;
      number->with_unit = number->span;
      number->traps.emplace_back("VULGAR_FRACTION");
      at = number->span.end;
    }
    found.push_back(std::move(*number));
  }
}

void add_words(std::string_view text, std::vector<Numeral>& found) {
  static const RE2 fraction(R"((?i)(?:\b(?P<n>ein|eine|einem|einen|einer|zwei|drei|vier)\s)?\b(?P<teil>Hälfte|Drittel[ns]?|Viertel[ns]?|Fünftel[ns]?|Zehntel[ns]?)\b)");
  static const RE2 every(R"((?i)\bjede[rsnm]? (?P<n>zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte)[rnsm]?\b)");
  static const RE2 half(R"((?i)\b(?P<n>ein|eine|einen|einem) (?:halbe[rsnm]?)\b|\b(?P<u>eine?n? und eine?n? halbe[rsnm]?)\b|\b(?P<w>anderthalb|eineinhalb|zweieinhalb|dreieinhalb|viereinhalb|fünfeinhalb|sechseinhalb|siebeneinhalb)\b)");
  static const RE2 factor(R"((?i)\b(?P<n>verdoppel|verdreifach|vervierfach|verfünffach|halbier)\w*\b|\b(?P<m>doppelt|dreifach|anderthalbfach|eineinhalbfach|zweifach)\w*\b)");
  static const RE2 of(R"((?i)\b(?P<a>\d+|neun|acht|drei|vier|sieben) von (?P<b>\d+|zehn|fünf|vier|drei|hundert)\b)");
  static const RE2 word(R"((?i)\b[a-zäöüß]+\b)");
  const re2::StringPiece input(text.data(), text.size());
  const auto span_of = [&](const re2::StringPiece& piece) {
    const auto begin = static_cast<std::size_t>(piece.data() - text.data());
    return Span{begin, begin + piece.size()};
  };
  // Bytes that belong to a number already: looking through all of them for every word would be quadratic.
  std::vector<bool> used(text.size(), false);
  const auto claim = [&](Span span, bool value) { std::fill(used.begin() + static_cast<std::ptrdiff_t>(span.begin), used.begin() + static_cast<std::ptrdiff_t>(span.end), value); };
  for (const auto& number : found) claim(number.span, true);
  const auto taken = [&](Span span) { return std::find(used.begin() + static_cast<std::ptrdiff_t>(span.begin), used.begin() + static_cast<std::ptrdiff_t>(span.end), true) != used.begin() + static_cast<std::ptrdiff_t>(span.end); };
  const auto add = [&](Span span, Decimal value, Unit unit, const char* trap) {
    if (taken(span)) return;
    Numeral number{.span = span, .with_unit = span, .value = value, .unit = unit, .word = true};
    number.traps.emplace_back(trap);
    found.push_back(std::move(number));
    claim(span, true);
  };
  const auto lower = [](std::string_view piece) {
    std::string result(piece);
    std::transform(result.begin(), result.end(), result.begin(), [](char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; });
    return result;
  };
  std::array<re2::StringPiece, 4> groups;
  const auto each = [&](const RE2& pattern, auto&& use) {
    for (std::size_t at = 0; at < text.size() && pattern.Match(input, at, input.size(), RE2::UNANCHORED, groups.data(), 4);) {
      const auto span = span_of(groups[0]);
      at = span.end > at ? span.end : at + 1;
      use(span);
    }
  };
  const auto group = [&](std::size_t index) { return groups[index].data() ? lower(std::string_view(groups[index].data(), groups[index].size())) : std::string(); };
  each(of, [&](Span span) {
    const auto value = [](const std::string& piece) { return digit(piece[0]) ? std::stoi(piece.substr(0, 6)) : number_word(piece).value_or(0); };
    const int part = value(group(1)), whole = value(group(2));
    const bool goes_on = word_after(text, span.end) || (span.end + 1 < text.size() && (text[span.end] == '.' || text[span.end] == ',') && word_after(text, span.end + 1));
    if (goes_on) return;  // "2 von 5.400"
    if (whole < 2 || whole > 1000 || part > whole) return;  // "2 von 50 Seiten" and the like
    for (const auto& other : found) {
      if (other.span.meets(span)) claim(other.span, false);
    }
    std::erase_if(found, [&](const Numeral& other) { return other.span.meets(span); });
    add(span, (1000 * part) % whole == 0 ? Decimal{1000 * part / whole, 1}.normalised() : Decimal{100000LL * part / whole, 3}, Unit::Percent, "RATIO_WORDS");
  });
  each(fraction, [&](Span span) {
    const auto part = group(2);
    const int times = group(1).starts_with("zwei") ? 2 : group(1).starts_with("drei") ? 3 : group(1).starts_with("vier") ? 4 : 1;
    const Decimal value = part.starts_with("h") ? Decimal{50, 0} : part.starts_with("d") ? (times == 2 ? Decimal{667, 1} : Decimal{333, 1}) : part.starts_with("v") ? Decimal{25L * times, 0} : part.starts_with("f") ? Decimal{20L * times, 0} : Decimal{10L * times, 0};
    // "zwei Zehntel eines Prozentpunktes"
    static const RE2 of_point(R"((?i)^ (?:eines|des|von einem) (?:(Prozentpunkt\w*)|Prozents?\b))");
    re2::StringPiece tail(text.data() + span.end, text.size() - span.end), point[2];
    if (of_point.Match(tail, 0, tail.size(), RE2::ANCHOR_START, point, 2)) {
      add({span.begin, span.end + point[0].size()}, Decimal{value.digits, static_cast<std::uint8_t>(value.places + 2)}.normalised(), point[1].empty() ? Unit::Percent : Unit::Points, "FRACTION_WORD");
      return;
    }
    add(span, value, Unit::Percent, "FRACTION_WORD");
  });
  each(every, [&](Span span) {
    static constexpr std::array<std::pair<std::string_view, Decimal>, 9> shares = {{{"zweite", {50, 0}}, {"dritte", {333, 1}}, {"vierte", {25, 0}}, {"fünfte", {20, 0}}, {"sechste", {167, 1}}, {"siebte", {143, 1}}, {"achte", {125, 1}}, {"neunte", {111, 1}}, {"zehnte", {10, 0}}}};
    for (const auto& [name, share] : shares) {
      if (group(1) == name) add(span, share, Unit::Percent, "FRACTION_WORD");
    }
  });
  each(half, [&](Span span) {
    if (!group(2).empty()) return add(span, {15, 1}, Unit::None, "FRACTION_WORD");
    if (group(3).empty()) return add(span, {5, 1}, Unit::None, "FRACTION_WORD");
    const auto name = group(3);
    const int whole = name.starts_with("ander") ? 1 : number_word(std::string_view(name).substr(0, name.find("einhalb"))).value_or(1);
    add(span, {whole * 10 + 5, 1}, Unit::None, "FRACTION_WORD");
  });
  each(factor, [&](Span span) {
    const auto name = group(1).empty() ? group(2) : group(1);
    if (name.starts_with("anderthalb") || name.starts_with("eineinhalb")) return add(span, {15, 1}, Unit::Factor, "VERB_AS_FACTOR");
    const Decimal value = name.starts_with("verdop") || name.starts_with("zwei") || name.starts_with("dop") ? Decimal{2, 0} : name.starts_with("verdrei") || name.starts_with("drei") ? Decimal{3, 0} : name.starts_with("vervier") ? Decimal{4, 0} : name.starts_with("verfünf") ? Decimal{5, 0} : Decimal{5, 1};
    add(span, value, Unit::Factor, "VERB_AS_FACTOR");
  });
  each(word, [&](Span span) {
    if (taken(span)) return;
    auto name = lower(text.substr(span.begin, span.end - span.begin));
    const bool one = name == "ein" || name == "eine" || name == "einen" || name == "einem" || name == "einer" || name == "eines";
    if (one) {
      static const RE2 measured(R"(^ (?:Prozent|Mio|Million|Milliard|vom Hundert|v\. ?H))");
      const auto rest = text.substr(span.end, 20);
      if (!RE2::PartialMatch(re2::StringPiece(rest.data(), rest.size()), measured)) return;
      return add(span, {1, 0}, Unit::None, "NUMBER_WORD");
    }
    for (const std::string_view times : {"mal", "malig", "malige", "maligen"}) {
      if (name.ends_with(times) && name.size() > times.size() + 2) {
        if (name.starts_with("ein") && times.size() > 5) return;  // "einmalige Leistungen"
        name.resize(name.size() - times.size());
        break;
      }
    }
    if (name == "eins" || name == "null") return;
    if (const auto value = number_word(name)) add(span, {*value, 0}, Unit::None, "NUMBER_WORD");
  });
}

void explain_years(std::string_view text, std::vector<Numeral>& found) {
  for (auto& number : found) {
    if (number.word || number.unit != Unit::None || number.plus || number.thousands || number.value.places > 0) continue;
    const auto value = number.minus ? -number.value.digits : number.value.digits;
    const auto size = number.span.end - number.span.begin;
    const bool four = size >= 4 && value >= 1945 && value <= 2060;
    const bool second_half = size == 2 && number.span.begin >= 5 && text[number.span.begin - 1] == '/' && digit(text[number.span.begin - 2]) && digit(text[number.span.begin - 5]) && !word_after(text, number.span.end);
    if (four || second_half) {
      number.explained = "YEAR";
      if (number.minus) {
        number.span.begin = number.span.end - 4;
        number.with_unit = number.span;
        number.minus = false;
        number.value.digits = value;
      }
    }
  }
}

}  // namespace

std::string unit_code(Unit unit) {
  switch (unit) {
    case Unit::Percent: return "PERCENT";
    case Unit::Points: return "PERCENTAGE_POINT";
    case Unit::Euro: return "EUR";
    case Unit::Factor: return "FACTOR";
    case Unit::Days: return "DAYS";
    case Unit::WorkingDays: return "WORKING_DAYS";
    case Unit::Weeks: return "WEEKS";
    case Unit::Grade: return "GRADE";
    case Unit::Score: return "POINTS";
    case Unit::Rank: return "RANK";
    default: return "COUNT";
  }
}

std::vector<Numeral> numerals(std::string_view text) {
  std::vector<Numeral> found;
  add_digits(text, found);
  add_words(text, found);
  for (auto& number : found) {
    if (!number.word) take_sign(text, number);
    take_unit(text, number);
    take_approximation(text, number);
  }
  std::sort(found.begin(), found.end(), [](const Numeral& a, const Numeral& b) { return a.span.begin < b.span.begin; });
  // "drei vom Hundert": the unit's own number word is none.
  std::vector<Numeral> kept;
  for (auto& number : found) {
    const bool of_unit = !kept.empty() && kept.back().with_unit.covers(number.span) && !kept.back().span.meets(number.span);
    if (!of_unit) kept.push_back(std::move(number));
  }
  found = std::move(kept);
  explain_years(text, found);
  auto number = found.begin();
  for (const auto& date : dates(text)) {
    while (number != found.end() && number->span.end <= date.span.begin) ++number;
    for (auto part = number; part != found.end() && part->span.begin < date.span.end; ++part) part->explained = "DATE";
  }
  // Digits inside a word are part of a label: K2, U25, 48b, 16i, t-0.
  for (auto& label : found) {
    if (!label.word && label.unit == Unit::None && (word_before(text, label.span.begin) || word_after(text, label.span.end)) && label.explained.empty()) label.explained = "LABEL_CODE";
  }
  return found;
}

}  // namespace zielwerk::reader
