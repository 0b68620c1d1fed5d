#include "drafting/german.h"

#include <array>

#include <fmt/format.h>

#include "base/month.h"
#include "base/text.h"

namespace zielwerk::drafting {
namespace {

enum class Gender { Masculine, Feminine, Neuter, Unknown };

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> ends) {
  for (const auto end : ends) {
    if (word.ends_with(end)) return true;
  }
  return false;
}

Gender gender(std::string_view name) {
  for (const auto& word : base::split(name, ' ')) {
    if (ends_with_any(word, {"inisterium", "Jobcenter", "jobcenter"})) return Gender::Neuter;
    if (ends_with_any(word, {"Kreis", "kreis", "ezirk", "verband", "Verband", "Senator"})) return Gender::Masculine;
    if (ends_with_any(word, {"Stadt", "stadt", "Region", "region", "gentur", "emeinde", "Senatorin", "verwaltung", "ehörde", "direktion"})) return Gender::Feminine;
  }
  return Gender::Unknown;
}

// "Niedersächsisches" -> "Niedersächsische" / "Niedersächsischen": adjectives in front of the noun follow the article.
std::string declined(std::string_view name, bool dative) {
  auto words = base::split(name, ' ');
  if (words.size() < 2) return std::string(name);
  auto& first = words.front();
  if (ends_with_any(first, {"isches", "ales", "ischer", "aler"})) first.pop_back();
  else if (!ends_with_any(first, {"ische", "ale", "Freie"})) return std::string(name);
  if (dative) first += "n";
  return base::join(words, " ");
}

}  // namespace

std::string number(const base::Decimal& value, int least_places) {
  const auto shortest = value.normalised();
  return base::round_half_away(shortest.exact(), std::max<int>(shortest.places, least_places)).german();
}

std::string with_sign(const base::Decimal& value, int least_places) {
  if (value.digits == 0) return number(value, least_places);
  return (value.digits < 0 ? "- " : "+ ") + number({value.digits < 0 ? -value.digits : value.digits, value.places}, least_places);
}

std::string money(const base::Decimal& euro, bool short_form) {
  const auto whole = euro.normalised();
  if (short_form && whole.places == 0 && whole.digits >= 1'000'000 && whole.digits % 10'000 == 0) {
    const bool billions = whole.digits >= 1'000'000'000 && whole.digits % 10'000'000 == 0;
    return number({whole.digits, static_cast<std::uint8_t>(billions ? 9 : 6)}, 0) + (billions ? " Mrd. Euro" : " Mio. Euro");
  }
  return number(euro, whole.places == 0 ? 0 : 2) + " Euro";
}

std::string number_word(int count, std::string_view one) {
  static constexpr std::array words = {"null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"};
  if (count == 1) return std::string(one);
  return count >= 0 && count < static_cast<int>(words.size()) ? words[static_cast<std::size_t>(count)] : std::to_string(count);
}

std::string month_name(int month) {
  const auto text = base::Month(2000, month).german_text();
  return text.substr(0, text.find(' '));
}

std::optional<std::string> date(std::string_view iso) {
  if (iso.size() != 10 || !base::Month::parse(iso.substr(0, 7))) return std::nullopt;
  return fmt::format("{}.{}.{}", iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4));
}

std::string enumeration(const std::vector<std::string>& parts) {
  std::string all;
  for (std::size_t i = 0; i < parts.size(); ++i) all += (i == 0 ? "" : i + 1 == parts.size() ? " und " : ", ") + parts[i];
  return all;
}

std::string with_capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string as_title(std::string_view text) {
  std::string inner(text);
  for (const auto& [mark, inside] : {std::pair<std::string_view, std::string_view>{"„", "‚"}, {"“", "‘"}}) {
    for (auto at = inner.find(mark); at != std::string::npos; at = inner.find(mark, at)) inner.replace(at, mark.size(), inside);
  }
  return "„" + inner + "“";
}

Name with_article(std::string_view full_name, std::string_view called) {
  const auto what = gender(full_name);
  if (what == Gender::Unknown) return {fmt::format("der Vereinbarungspartner {}", called), fmt::format("dem Vereinbarungspartner {}", called), false};
  const bool feminine = what == Gender::Feminine;
  const char* article = feminine ? "die" : what == Gender::Masculine ? "der" : "das";
  return {fmt::format("{} {}", article, declined(called, false)), fmt::format("{} {}", feminine ? "der" : "dem", declined(called, true)), feminine};
}

}  // namespace zielwerk::drafting
