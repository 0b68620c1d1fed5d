#include "reader/number_words.h"

#include <array>

namespace zielwerk::reader {
namespace {

struct Word {
  std::string_view text;
  int value;
};
constexpr std::array<Word, 10> ones = {{{"ein", 1}, {"eins", 1}, {"zwei", 2}, {"drei", 3}, {"vier", 4}, {"fünf", 5}, {"sechs", 6}, {"sieben", 7}, {"acht", 8}, {"neun", 9}}};
constexpr std::array<Word, 11> teens = {{{"null", 0}, {"zehn", 10}, {"elf", 11}, {"zwölf", 12}, {"dreizehn", 13}, {"vierzehn", 14}, {"fünfzehn", 15}, {"sechzehn", 16}, {"siebzehn", 17}, {"achtzehn", 18}, {"neunzehn", 19}}};
constexpr std::array<Word, 8> tens = {{{"zwanzig", 20}, {"dreißig", 30}, {"vierzig", 40}, {"fünfzig", 50}, {"sechzig", 60}, {"siebzig", 70}, {"achtzig", 80}, {"neunzig", 90}}};

std::optional<int> below_hundred(std::string_view word) {
  for (const auto& one : ones) {
    if (word == one.text) return one.value;
  }
  for (const auto& teen : teens) {
    if (word == teen.text) return teen.value;
  }
  for (const auto& ten : tens) {
    if (word == ten.text) return ten.value;
    if (!word.ends_with(ten.text)) continue;
    auto head = word.substr(0, word.size() - ten.text.size());
    if (!head.ends_with("und")) continue;
    head.remove_suffix(3);
    for (const auto& one : ones) {
      if (head == one.text && one.text != "eins") return ten.value + one.value;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> number_word(std::string_view word) {
  const auto split = [&](std::string_view name, int factor, auto&& rest_of) -> std::optional<int> {
    const auto at = word.find(name);
    if (at == std::string_view::npos) return std::nullopt;
    const auto head = at == 0 ? std::optional(1) : rest_of(word.substr(0, at));
    const auto tail = word.substr(at + name.size());
    const auto rest = tail.empty() ? std::optional(0) : rest_of(tail);
    return head && rest && *rest < factor ? std::optional(*head * factor + *rest) : std::nullopt;
  };
  const auto below_thousand = [&](std::string_view text) -> std::optional<int> {
    if (const auto small = below_hundred(text)) return small;
    const auto at = text.find("hundert");
    if (at == std::string_view::npos) return std::nullopt;
    const auto head = at == 0 ? std::optional(1) : below_hundred(text.substr(0, at));
    const auto tail = text.substr(at + 7);
    const auto rest = tail.empty() ? std::optional(0) : below_hundred(tail);
    return head && rest ? std::optional(*head * 100 + *rest) : std::nullopt;
  };
  if (const auto thousand = split("tausend", 1000, below_thousand)) return thousand;
  return below_thousand(word);
}

}  // namespace zielwerk::reader
