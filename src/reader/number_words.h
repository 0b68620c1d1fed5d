// German number words.
#pragma once

#include <optional>
#include <string_view>

namespace zielwerk::reader {

// "zwölf", "einundzwanzig", "dreihundertfünfzig", "zweitausend": lower case, below one million.
std::optional<int> number_word(std::string_view word);

}  // namespace zielwerk::reader
