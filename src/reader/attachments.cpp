#include "reader/attachments.h"

#include <algorithm>

#include "reader/partners.h"
#include "reader/words.h"

namespace zielwerk::reader {
namespace {

class Attachment {
 public:
  Attachment(const Draft& draft, const Statement& statement, TargetRead& target) : draft_(draft), s_(statement), words_(statement.text.text()), target_(target) {}

  bool take(const Finding& finding) {
    const auto& code = finding.code();
    if (code == "ZWISCHENWERTE") return milestones(finding.span);
    const auto text = words_.substr(finding.span.begin, finding.span.end - finding.span.begin);
    if (code == "FRIST") return date(finding.span);
    if (code == "GEWICHT") return number(finding.span, target_.weight, "weight");
    if (code == "TOLERANZ") return tolerance(finding.span);
    if (code == "VERANTWORTLICH") return responsible(finding.span);
    auto& field = code == "ORT" ? target_.place : target_.condition;
    field = text;
    return used(finding.span, code == "ORT" ? "place" : "condition");
  }

 private:
  bool used(Span span, const std::string& field) {
    target_.attached.emplace_back(s_.text.raw(span), field);
    return true;
  }

  const Numeral* first(Span span) const {
    for (const auto& one : s_.numbers) {
      if (span.covers(one.span)) return &one;
    }
    return nullptr;
  }

  bool number(Span span, std::optional<base::Decimal>& field, const std::string& name) {
    const auto* one = first(span);
    if (!one) return false;
    field = one->value;
    return used(one->span, name);
  }

  bool tolerance(Span span) {
    const auto* one = first(span);
    if (!one || !number(span, target_.tolerance, "tolerance")) return false;
    target_.tolerance_unit = unit_code(one->unit);
    return true;
  }

  bool date(Span span) {
    for (const auto& one : dates(words_)) {
      if (!one.span.meets(span) || one.iso().empty()) continue;
      target_.deadline = one.iso();
      return used(one.span, "deadline");
    }
    return false;
  }

  bool responsible(Span span) {
    const auto ids = partners_named(draft_, words_.substr(span.begin, span.end - span.begin));
    if (ids.size() != 1) return false;
    target_.responsible = ids.front();
    return used(span, "responsible_party");
  }

  // "zum 30.06.2020 höchstens 66; zum 30.09. höchstens 64": after every day its value.
  bool milestones(Span span) {
    const auto days = moments(words_, draft_.paper.year);
    bool any = false;
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (!span.covers(days[i].span)) continue;
      const auto end = i + 1 < days.size() ? days[i + 1].span.begin : words_.size();
      const auto value = std::find_if(s_.numbers.begin(), s_.numbers.end(), [&](const Numeral& one) { return one.span.begin >= days[i].span.end && one.span.end <= end && (one.explained.empty() || one.unit != Unit::None); });
      if (value == s_.numbers.end()) continue;
      MilestoneRead one{days[i].iso, target_.effective, value->value, value->unit == Unit::None ? target_.unit : unit_code(value->unit), s_.text.raw({days[i].span.begin, value->with_unit.end})};
      for (const auto& bound : s_.bounds) {
        if (bound.code() != "RANGE" && bound.span.begin >= days[i].span.end && bound.span.begin <= value->span.begin) one.comparator = bound.code();
      }
      target_.milestones.push_back(std::move(one));
      any = used({days[i].span.begin, value->with_unit.end}, "");
    }
    return any;
  }

  const Draft& draft_;
  const Statement& s_;
  const std::string& words_;
  TargetRead& target_;
};

}  // namespace

bool attach(const Draft& draft, const Statement& statement, TargetRead& target) {
  bool any = false;
  for (const auto& finding : rule_book().find("zusatz", statement.text.text())) any = Attachment(draft, statement, target).take(finding) || any;
  if (any) target.evidence.push_back(statement.text.raw());
  return any;
}

}  // namespace zielwerk::reader
