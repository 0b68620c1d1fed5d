#include <re2/re2.h>

#include "reader/draft.h"
#include "reader/passages.h"

namespace zielwerk::reader {
namespace {

void add(json::array& all, const Draft& draft, Span raw, json::value likely) {
  all.push_back({{"raw", draft.paper.quote(raw)}, {"likely", std::move(likely)}, {"evidence", draft.evidence({raw})}});
}

// Every place where the pattern matches the document.
std::vector<Span> matches(std::string_view document, const RE2& pattern) {
  const re2::StringPiece text(document.data(), document.size());
  re2::StringPiece found;
  std::vector<Span> all;
  for (std::size_t at = 0; at < text.size() && pattern.Match(text, at, text.size(), RE2::UNANCHORED, &found, 1);) {
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    at = begin + found.size();
    all.push_back({begin, at});
  }
  return all;
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
  static const RE2 entity(R"([\pL\d]*&(?:[a-zA-Z]{2,6}|#\d{2,4});[\pL\d]*)");
  for (const auto& raw : matches(draft.paper.text, entity)) {
    Plain plain;
    plain.append(draft.paper.text, raw);
    add(all, draft, raw, json::value(plain.text()));
  }
  // "Regel-instrumenten": the hyphen of a line that ended there once.
  static const RE2 divided(R"(\b[A-ZÄÖÜa-zäöüß][a-zäöüß]{2,}[bdfghklmnrstxzß]-[a-zäöüß]{3,}\b)");
  for (const auto& raw : matches(draft.paper.text, divided)) {
    std::string whole(draft.paper.quote(raw));
    std::erase(whole, '-');
    add(all, draft, raw, json::value(whole));
  }
  return all;
}

}  // namespace zielwerk::reader
