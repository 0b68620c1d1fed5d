#include <fmt/format.h>

#include "base/text.h"
#include "drafting/clauses.h"
#include "drafting/german.h"

namespace zielwerk::drafting {
namespace {

constexpr auto blank = "____________";
constexpr auto line = "____________________________________";  // to sign on

// As written if known; a partial date keeps its gaps: "27. 2020".
std::string day(const Part& signature) {
  const auto raw = signature.text("date_raw");
  const auto iso = signature.text("date_iso");
  if (!raw.empty()) return raw;
  if (const auto full = date(iso)) return *full;
  const auto partial = signature.part("date_partial");
  if (!partial) return blank;
  const auto number = partial.whole("day");
  const auto month = partial.whole("month");
  const auto year = partial.whole("year");
  return fmt::format("{}{}{}", number ? fmt::format("{}.", *number) : "__.", month ? fmt::format("{}.", *month) : number ? " " : "__.", year ? std::to_string(*year) : "____");
}

std::string full_name(const Manuscript& paper, const std::string& id) {
  for (const auto& party : paper.agreement().parts("parties")) {
    if (party.text("id") == id) return party.text("name");
  }
  return id;
}

}  // namespace

void signatures(Manuscript& paper) {
  const auto all = paper.agreement().parts("signatures");
  for (const auto& one : all) {
    auto place = one.text("place_raw");
    if (place.empty()) place = one.text("place");
    one.text("place");
    paper.paragraph(fmt::format("{}, den {}", place.empty() ? blank : place, day(one)));
    paper.paragraph(fmt::format("**Für: {}**", full_name(paper, one.text("party"))));
    if (one.flag("on_behalf")) paper.paragraph("In Vertretung");
    if (one.text("date_raw").empty() && one.text("date_iso").empty()) paper.paragraph(line);
    const auto signer = one.text("signer");
    const auto function = one.text("function");
    paper.paragraph(signer.empty() ? blank : signer);
    paper.paragraph(function);
  }
  if (!all.empty()) return;
  for (const auto& party : paper.agreement().parts("parties")) {
    paper.paragraph(fmt::format("{0}, den {0}", blank));
    paper.paragraph(fmt::format("**Für: {}**", party.text("name")));
    paper.paragraph(line);
  }
}

}  // namespace zielwerk::drafting
