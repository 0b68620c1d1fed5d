#include "reader/paper.h"

#include <algorithm>

#include "reader/damage.h"

namespace zielwerk::reader {

Paper::Paper(const documents::Document& opened) : document(opened), text(opened.text), positions(text), blocks(reader::blocks(text)), roles(blocks.size()) {
  std::vector<std::vector<std::string>> own(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind != BlockKind::Heading) continue;
    for (const auto& finding : rule_book().find("abschnitt", blocks[i].text.text())) own[i].push_back(finding.code());
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    roles[i] = own[i];
    for (auto heading = blocks[i].headings.rbegin(); heading != blocks[i].headings.rend(); ++heading) roles[i].insert(roles[i].end(), own[*heading].begin(), own[*heading].end());
    const auto add = [&](const Plain& plain) {
      for (const auto& number : numerals(plain.text())) {
        const auto raw = plain.raw(number.span);
        numbers.push_back({raw, std::string(quote(raw)), number.explained.empty() ? NumberUse::As::Unread : NumberUse::As::Explained, number.explained});
      }
      for (const auto& finding : rule_book().find("zahl", plain.text())) {
        if (finding.code() == "LAW_REFERENCE" || finding.code() == "PROMULGATION_REFERENCE" || finding.code() == "PAGE_REFERENCE" || finding.code() == "LABEL_CODE") explain(plain.raw(finding.span), finding.code());
      }
    };
    if (blocks[i].kind == BlockKind::Furniture) {
      add(blocks[i].text);
      explain(blocks[i].raw, "PAGE_NUMBER");
    } else if (blocks[i].kind == BlockKind::Row) {
      for (const auto& cell : blocks[i].cells) add(cell);
    } else {
      // The marker of a heading or item ("II.", "3.", "§ 4") is a label.
      Plain marker;
      const auto begin = blocks[i].text.empty() ? blocks[i].raw.end : blocks[i].text.raw().begin;
      if (begin > blocks[i].raw.begin) marker.append(text, {blocks[i].raw.begin, begin});
      for (const auto& number : numerals(marker.text())) numbers.push_back({marker.raw(number.span), std::string(quote(marker.raw(number.span))), NumberUse::As::Explained, "LABEL_NUMBER"});
      add(blocks[i].text);
    }
  }
  std::sort(numbers.begin(), numbers.end(), [](const NumberUse& a, const NumberUse& b) { return a.raw.begin < b.raw.begin; });
  damage = damaged_places(text, blocks);
}

bool Paper::under(std::size_t block, std::string_view role) const {
  return std::find(roles[block].begin(), roles[block].end(), role) != roles[block].end();
}

void Paper::mark(Span raw, NumberUse::As as, const std::string& detail) {
  for (auto number = std::lower_bound(numbers.begin(), numbers.end(), raw.begin, [](const NumberUse& use, std::size_t at) { return use.raw.end <= at; }); number != numbers.end() && number->raw.begin < raw.end; ++number) {
    const bool stronger = as == NumberUse::As::Used ? number->as != NumberUse::As::Used : number->as == NumberUse::As::Unread || (number->as == NumberUse::As::Explained && number->detail == "YEAR");
    if (stronger) {
      number->as = as;
      number->detail = detail;
    }
  }
}

void Paper::use(Span raw, const std::string& field) { mark(raw, NumberUse::As::Used, field); }
void Paper::explain(Span raw, const std::string& why) { mark(raw, NumberUse::As::Explained, why); }

}  // namespace zielwerk::reader
