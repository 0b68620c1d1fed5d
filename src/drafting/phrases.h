// German words for the codes of the exchange format: rules/draft_phrases.txt, built into the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::drafting {

// phrase("aim", "REDUCE_NEED"). A code that ends in numbers ("BUDGET_UTILISATION_2023") may be there as "BUDGET_UTILISATION_#".
std::optional<std::string> phrase(std::string_view kind, std::string_view code);

// All codes of a kind, in the file's order.
std::vector<std::string> codes(std::string_view kind);

struct IndicatorWords {
  std::string article;      // "die"
  std::string noun;         // "Integrationsquote{der}"
  bool more_is_good = true;
  std::string aggregation;  // that needs no words; "-": always said
  std::string counted;      // "Integrationen"
};
std::optional<IndicatorWords> indicator_words(std::string_view code);

}  // namespace zielwerk::drafting
