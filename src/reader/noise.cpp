#include <functional>

#include <re2/re2.h>

#include "reader/draft.h"
#include "reader/passages.h"

namespace zielwerk::reader {
namespace {

void add(json::array& all, const Draft& draft, Span raw, json::value likely) {
  all.push_back({{"raw", draft.paper.quote(raw)}, {"likely", std::move(likely)}, {"evidence", draft.evidence({raw})}});
}

// Every place where the pattern matches the document, and what its even text says.
void add_matches(json::array& all, const Draft& draft, const RE2& pattern, const std::function<json::value(std::string)>& likely) {
  const re2::StringPiece text(draft.paper.text.data(), draft.paper.text.size());
  re2::StringPiece found;
  for (std::size_t at = 0; at < text.size() && pattern.Match(text, at, text.size(), RE2::UNANCHORED, &found, 1);) {
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    at = begin + found.size();
    add(all, draft, {begin, at}, likely(std::string(found)));
  }
}

}  // namespace

json::array noise(const Draft& draft) {
  json::array all;
  for (const auto& signature : draft.agreement.at("signatures").as_array()) {
    const auto quality = std::string(signature.at("date_quality").as_string());
    const bool unclear = quality.starts_with("PARTIAL") || quality == "COMPLETE_BUT_DOUBTFUL" || quality == "COMPLETE_OCR_CORRECTED";
    if (!unclear || !signature.at("date_raw").is_string()) continue;
    const auto likely = quality == "COMPLETE_OCR_CORRECTED" ? signature.at("date_iso") : json::value(nullptr);
    all.push_back({{"raw", signature.at("date_raw")}, {"likely", likely}, {"evidence", signature.at("evidence")}});
  }
  static const RE2 entity(R"(\S*&(?:[a-zA-Z]{2,6}|#\d{2,4});\S*)");
  add_matches(all, draft, entity, [](const std::string& raw) {
    Plain plain;
    plain.append(raw, {0, raw.size()});
    return json::value(plain.text());
  });
  // "Regel-instrumenten": the hyphen of a line that ended there once.
  static const RE2 divided(R"(\b[A-ZÄÖÜa-zäöüß][a-zäöüß]{2,}-[a-zäöüß]{3,}\b)");
  add_matches(all, draft, divided, [](std::string raw) {
    raw.erase(raw.find('-'), 1);
    return json::value(raw);
  });
  return all;
}

}  // namespace zielwerk::reader
