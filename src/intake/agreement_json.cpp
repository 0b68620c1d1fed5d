#include "intake/agreement_json.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <re2/re2.h>

#include "base/resource.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "intake/json_schema.h"

namespace zielwerk::intake {
namespace {

namespace json = boost::json;
using domain::Aggregation;
using domain::Bound;
using domain::Scale;
using domain::TargetAgreement;

constexpr std::uint64_t largest_agreement = std::uint64_t{32} << 20;

// A JSON number of at most 15 digits has one double, and the shortest text of that double is the number again: no digit is lost.
std::optional<base::Decimal> decimal(const json::value& value) {
  if (value.is_int64()) {
    const auto digits = value.get_int64();
    return digits < base::power_of_ten(18) && digits > -base::power_of_ten(18) ? std::optional(base::Decimal{digits, 0}) : std::nullopt;
  }
  if (value.is_uint64()) return std::nullopt;
  if (!value.is_double()) return std::nullopt;
  std::array<char, 400> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value.get_double(), std::chars_format::fixed).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  if (text.size() > 17) return std::nullopt;
  return base::parse_decimal(text);
}

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<int> number(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const bool fits = value && value->is_int64() && value->get_int64() >= 0 && value->get_int64() <= 1'000'000'000;
  return fits ? std::optional(static_cast<int>(value->get_int64())) : std::nullopt;
}

bool flag(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

const json::object* object(const json::object& parent, std::string_view name) {
  const auto* value = parent.if_contains(name);
  return value ? value->if_object() : nullptr;
}

const json::array& list(const json::object& parent, std::string_view name) {
  static const json::array nothing;
  const auto* value = parent.if_contains(name);
  return value && value->is_array() ? value->get_array() : nothing;
}

std::vector<std::string> texts(const json::array& values) {
  std::vector<std::string> all;
  for (const auto& value : values) {
    if (value.is_string()) all.emplace_back(value.get_string());
  }
  return all;
}

std::optional<domain::Waiting> waiting(const json::object& parent) {
  const auto word = text(parent, "wartezeit");
  return word.size() == 3 ? std::optional(word[2] - '0') : std::nullopt;
}

std::vector<domain::Evidence> evidence(const json::object& parent) {
  std::vector<domain::Evidence> all;
  for (const auto& one : list(parent, "evidence")) all.push_back({text(one.as_object(), "quote"), number(one.as_object(), "line").value_or(0)});
  return all;
}

domain::IndicatorRef indicator(const json::object& parent) {
  const auto* ref = object(parent, "indicator");
  if (!ref) return {};
  return {text(*ref, "code"), text(*ref, "kennzahl"), text(*ref, "subgroup")};
}

Bound bound(std::string_view sign) {
  return sign == ">=" ? Bound::AtLeast : sign == "<=" ? Bound::AtMost : sign == ">" ? Bound::MoreThan : sign == "<" ? Bound::LessThan : Bound::Equal;
}

Scale scale(std::string_view code) {
  return code == "LEVEL"             ? Scale::Level
         : code == "RELATIVE_CHANGE" ? Scale::RelativeChange
         : code == "POINT_CHANGE"    ? Scale::ChangeInPoints
         : code == "ABSOLUTE_CHANGE" ? Scale::AbsoluteChange
         : code == "RATIO"           ? Scale::Ratio
                                     : Scale::Other;
}

Aggregation aggregation(std::string_view code) {
  return code == "YEAR_TO_DATE_ANNUAL" || code == "CUMULATIVE_TO_DATE" ? Aggregation::YearToDate
         : code == "ANNUAL_SUM"                                       ? Aggregation::AnnualSum
         : code == "ANNUAL_AVERAGE"                                   ? Aggregation::AnnualAverage
         : code == "ANNUAL_SHARE"                                     ? Aggregation::AnnualShare
         : code == "YEAR_END_STOCK"                                   ? Aggregation::YearEndStock
         : code == "MONTH_VALUE"                                      ? Aggregation::MonthValue
         : code == "MONTHLY_AVERAGE_OF_YEAR"                          ? Aggregation::MonthlyAverage
                                                                      : Aggregation::Other;
}

// "2020-Q1", "from 2020-Q2, gradually", "2020-02", "2016": the first month named.
std::optional<base::Month> first_month(const std::string& words) {
  static const re2::RE2 dated(R"((\d{4})(?:-(?:Q([1-4])|(\d{2})))?)");
  std::string year;
  std::string quarter;
  std::string month;
  if (!re2::RE2::PartialMatch(words, dated, &year, &quarter, &month)) return std::nullopt;
  const int begins = !quarter.empty() ? std::stoi(quarter) * 3 - 2 : !month.empty() ? std::stoi(month) : 1;
  if (begins < 1 || begins > 12) return std::nullopt;
  return base::Month(std::stoi(year), begins);
}

// "wenn die Maßnahme konzeptioniert, vergeben und mit Teilnehmern besetzt ist": each criterion quotes the sentence to its end, which is the
// next ones' as well.
void own_words(std::vector<domain::Criterion>& criteria) {
  for (auto& one : criteria) {
    if (one.words.starts_with("wenn ")) one.words.erase(0, 5);
  }
  for (std::size_t i = 0; i + 1 < criteria.size(); ++i) {
    auto& words = criteria[i].words;
    if (criteria[i + 1].words.empty() || words == criteria[i + 1].words || !words.ends_with(criteria[i + 1].words)) continue;
    words = base::trim(std::string_view(words).substr(0, words.size() - criteria[i + 1].words.size()));
    if (words.ends_with(" und")) words.erase(words.size() - 4);
    if (words.ends_with(",")) words.pop_back();
  }
}

// Translates a document that fits the schema; what the schema cannot say is checked here.
class Translator {
 public:
  explicit Translator(const JsonDocument& document) : document_(document) {}

  TargetAgreement translate() {
    const auto& root = document_.value.as_object();
    const auto& a = root.at("agreement").as_object();
    TargetAgreement agreement;
    agreement.document_sha256 = text(root.at("document").as_object(), "sha256");
    agreement.kind = text(a, "kind");
    agreement.state = text(a, "state");
    agreement.title = text(a.at("title").as_object(), "value");
    agreement.year = year_of(a.at("year").as_object(), "value", "/agreement/year").value_or(0);
    agreement.from = text(a.at("term").as_object(), "from");
    agreement.to = text(a.at("term").as_object(), "to");
    if (const auto* amends = object(a, "amends")) {
      agreement.amends.emplace();
      agreement.amends->retroactive = flag(*amends, "retroactive");
      agreement.amends->effective_from = base::Month::parse(text(*amends, "effective_from").substr(0, 7));
      for (const auto& change : list(*amends, "changes")) {
        const auto* what = change.if_object();
        if (what && text(*what, "op") == "DELETE" && !text(*what, "target").empty()) agreement.amends->deleted.push_back(text(*what, "target"));
      }
    }
    each(a, "parties", [&](const json::object& one) { agreement.parties.push_back({text(one, "id"), text(one, "role"), text(one, "name")}); });
    each(a, "goals", [&](const json::object& one) { agreement.goals.push_back({text(one, "id"), text(one, "number"), text(one, "heading")}); });
    each(a, "targets", [&](const json::object& one) { agreement.targets.push_back(target(one, agreement.year)); });
    each(a, "milestones", [&](const json::object& one) { milestone(one, agreement); });
    each(a, "monitoring", [&](const json::object& one) {
      agreement.monitoring.push_back({text(one, "id"), text(one, "goal"), indicator(one), text(one, "compare_with"), flag(one, "optional"), evidence(one)});
    });
    each(a, "forecasts", [&](const json::object& one) { forecast(one, agreement); });
    each(a, "qualitative_goals", [&](const json::object& one) { qualitative(one, agreement); });
    each(a, "programmes", [&](const json::object& one) { programme(one, agreement); });
    each(a, "budgets", [&](const json::object& one) {
      agreement.budgets.push_back({text(one, "id"), text(one, "title"), text(one, "code"), exact(one, "amount"), text(one, "precision"), text(one, "raw")});
    });
    each(a, "signatures", [&](const json::object& one) {
      agreement.signatures.push_back({text(one, "id"), text(one, "party"), text(one, "place_raw"), text(one, "signer"), text(one, "date_raw"), text(one, "date_iso"), text(one, "date_quality")});
    });
    each(a, "considerations", [&](const json::object& one) { consideration(one, agreement); });
    each(a, "documents", [&](const json::object& one) { agreement.documents.push_back({text(one, "id"), text(one, "type"), text(one, "title"), text(one, "binding")}); });
    each(a, "committees", [&](const json::object& one) { agreement.committees.push_back({text(one, "id"), text(one, "name")}); });
    if (const auto* dialogues = object(a, "dialogues")) {
      agreement.waiting = waiting(*dialogues);
      agreement.dialogues = {text(*dialogues, "name"), number(*dialogues, "count_exact"), number(*dialogues, "count_min"), number(*dialogues, "count_regular"), texts(list(*dialogues, "extra_on"))};
    }
    if (const auto* final_evaluation = object(a, "final_evaluation")) {
      agreement.names_final_values = true;
      agreement.final_waiting = waiting(*final_evaluation);
    }
    return agreement;
  }

  base::Problems problems;

 private:
  template <class Take>
  void each(const json::object& parent, std::string_view name, Take take) {
    std::size_t index = 0;
    for (const auto& one : list(parent, name)) {
      pointer_ = fmt::format("/agreement/{}/{}", name, index++);
      if (const auto* entry = one.if_object()) take(*entry);
    }
  }

  // A year, if one is stated; anything but 2005 … 2100 is reported.
  std::optional<int> year_of(const json::object& parent, std::string_view name, const std::string& pointer) {
    const auto* value = parent.if_contains(name);
    if (!value || value->is_null()) return std::nullopt;
    const auto year = number(parent, name);
    if (year && *year >= 2005 && *year <= 2100) return year;
    report("value_invalid", fmt::format("{}/{}", pointer, name), fmt::format("{} ist kein plausibles Jahr; erwartet ist eine ganze Zahl von 2005 bis 2100.", base::quoted(json::serialize(*value))));
    return std::nullopt;
  }

  void report(std::string code, const std::string& pointer, std::string message) {
    problems.push_back({std::move(code), std::move(message), document_.where(pointer)});
  }

  base::Decimal exact(const json::object& parent, std::string_view name) {
    const auto* value = parent.if_contains(name);
    if (!value || value->is_null()) return {};
    if (const auto number = decimal(*value)) return *number;
    report("number_too_long", fmt::format("{}/{}", pointer_, name), fmt::format("Die Zahl {} hat zu viele Stellen; höchstens 15 sind möglich.", json::serialize(*value)));
    return {};
  }

  // Named by its id, else by its code; a second one of the same code by its place.
  void consideration(const json::object& one, TargetAgreement& agreement) {
    const auto code = text(one, "code");
    const auto same = [&](const auto& other) { return other.id == code; };
    const bool known = std::any_of(agreement.considerations.begin(), agreement.considerations.end(), same);
    agreement.considerations.push_back({!text(one, "id").empty() ? text(one, "id") : known ? fmt::format("{}-{}", code, agreement.considerations.size() + 1) : code, code, text(one, "applies_to"), evidence(one)});
  }

  domain::Target target(const json::object& one, int year) {
    domain::Target target;
    target.id = text(one, "id");
    target.goal = text(one, "goal");
    target.scope = text(one, "scope");
    target.indicator = indicator(one);
    target.scale_code = text(one, "measure");
    target.scale = scale(target.scale_code);
    target.bound = bound(text(one, "comparator_effective"));
    target.bound_explicit = flag(one, "comparator_explicit");
    target.reads_equality = text(one, "direction") == "HOLD" && text(one, "comparator_literal") == "=";
    target.value = exact(one, "signed_value");
    target.unit = text(one, "unit");
    target.words = text(one, "value_raw");
    target.aggregation = aggregation(text(one, "aggregation"));
    target.waiting = waiting(one);
    target.per = text(one, "per");
    target.ambiguities = texts(list(one, "ambiguities"));
    target.evidence = evidence(one);
    const auto& period = one.at("period").as_object();
    target.year = year_of(period, "year", pointer_ + "/period").value_or(year);
    target.month = number(period, "month");
    if (const auto* reference = object(one, "reference")) {
      domain::Reference what{text(*reference, "type"), year_of(*reference, "year", pointer_ + "/reference"), number(*reference, "month"), std::nullopt};
      if (const auto* value = reference->if_contains("value"); value && value->is_number()) what.value = exact(*reference, "value");
      if (what.month && (*what.month < 1 || *what.month > 12)) {
        report("value_invalid", pointer_ + "/reference/month", fmt::format("{} ist kein Monat; erwartet ist 1 bis 12.", *what.month));
        what.month.reset();
      }
      target.reference = what;
    }
    for (const auto& entry : list(one, "equivalents")) {
      const auto& equivalent = entry.as_object();
      domain::Equivalent also{text(equivalent, "raw"), std::nullopt, text(equivalent, "unit"), text(equivalent, "relation")};
      if (const auto* value = equivalent.if_contains("value"); value && value->is_number()) also.value = exact(equivalent, "value");
      target.equivalents.push_back(std::move(also));
    }
    return target;
  }

  void milestone(const json::object& one, TargetAgreement& agreement) {
    const auto date = text(one, "date");
    const auto month = base::Month::parse(date.substr(0, 7));
    if (!month) {
      report("value_invalid", pointer_ + "/date", fmt::format("{} ist kein Datum.", base::quoted(date)));
      return;
    }
    agreement.milestones.push_back({text(one, "target"), *month, date, bound(text(one, "comparator")), exact(one, "value"), text(one, "unit")});
  }

  void forecast(const json::object& one, TargetAgreement& agreement) {
    domain::Expected forecast{text(one, "id"), text(one, "goal"),      indicator(one),
                              scale(text(one, "measure")), exact(one, "value"), text(one, "unit"),
                              text(one, "value_raw"), number(one, "year").value_or(agreement.year), evidence(one)};
    agreement.forecasts.push_back(std::move(forecast));
  }

  void qualitative(const json::object& one, TargetAgreement& agreement) {
    domain::QualitativeGoal goal{text(one, "id"), text(one, "goal"), text(one, "title"), {}, {}, evidence(one)};
    for (const auto& step : list(one, "steps")) {
      if (step.is_object()) goal.steps.push_back(text(step.get_object(), "text"));
    }
    for (const auto& criterion : list(one, "completion")) {
      if (!criterion.is_object()) continue;
      const auto quotes = evidence(criterion.get_object());
      goal.criteria.push_back({text(criterion.get_object(), "code"), quotes.empty() ? std::string() : quotes.front().quote});
    }
    own_words(goal.criteria);
    agreement.qualitative.push_back(std::move(goal));
  }

  void programme(const json::object& one, TargetAgreement& agreement) {
    domain::Programme programme{text(one, "id"), text(one, "name"), text(one, "scope"), {}, text(one, "until"), evidence(one)};
    for (const auto& entry : list(one, "places")) {
      const auto* places = entry.if_object();
      if (!places) continue;
      const auto as_of = text(*places, "as_of");
      programme.places.push_back({text(*places, "location"), exact(*places, "count"), as_of, text(*places, "status"), first_month(as_of)});
    }
    agreement.programmes.push_back(std::move(programme));
  }

  const JsonDocument& document_;
  std::string pointer_;
};

// Line numbers and offsets of evidence fit a file.
void check_positions(const JsonDocument& document, const json::value& value, const std::string& pointer, base::Problems& problems) {
  if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) check_positions(document, (*array)[i], fmt::format("{}/{}", pointer, i), problems);
  } else if (const auto* members = value.if_object()) {
    for (const auto& [name, member] : *members) {
      const auto at = fmt::format("{}/{}", pointer, std::string_view(name));
      if (name == "line" && member.is_number() && !number(*members, "line") && problems.size() < 10'000) {
        problems.push_back({"value_invalid", fmt::format("{} ist keine Zeilennummer.", base::quoted(json::serialize(member))), document.where(at)});
      }
      check_positions(document, member, at, problems);
    }
  }
}

// Ids are unique, and milestones belong to a target. Looks at any JSON, so that these errors are said beside those of the schema.
base::Problems check_references(const JsonDocument& document) {
  base::Problems problems;
  const auto* root = document.value.if_object();
  const auto* agreement = root ? object(*root, "agreement") : nullptr;
  if (!agreement) return problems;
  check_positions(document, root->at("agreement"), "/agreement", problems);
  std::set<std::string> ids;
  for (const std::string_view kind : {"targets", "monitoring", "forecasts", "qualitative_goals", "programmes"}) {
    std::size_t index = 0;
    for (const auto& one : list(*agreement, kind)) {
      const auto pointer = fmt::format("/agreement/{}/{}/id", kind, index++);
      const auto id = one.is_object() ? text(one.get_object(), "id") : "";
      if (!id.empty() && !ids.insert(id).second) problems.push_back({"id_twice", fmt::format("Die Kennung {} kommt zweimal vor.", base::quoted(id)), document.where(pointer)});
    }
  }
  std::size_t index = 0;
  for (const auto& one : list(*agreement, "milestones")) {
    const auto pointer = fmt::format("/agreement/milestones/{}/target", index++);
    const auto target = one.is_object() ? text(one.get_object(), "target") : "";
    if (target.empty() || (target.starts_with("T") && ids.contains(target))) continue;
    problems.push_back({"reference_unknown", fmt::format("Der Zwischenwert gehört zu {}, ein solches Ziel gibt es nicht.", base::quoted(target)), document.where(pointer)});
  }
  return problems;
}

const json::value& schema() {
  static const json::value parsed = json::parse(base::resource("docs/formats/agreement.schema.json"));
  return parsed;
}

}  // namespace

base::Checked<AgreementFile> parse_agreement(std::string name, std::string document_text) {
  auto document = parse_json(name, document_text);
  if (!document) return base::problems(document.error());
  auto problems = check_schema(*document, schema());
  for (auto& problem : check_references(*document)) problems.push_back(std::move(problem));
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  Translator translator(*document);
  auto agreement = translator.translate();
  if (!translator.problems.empty()) return tl::unexpected(std::move(translator.problems));
  auto checksum = documents::sha256(document_text);
  const bool draft = document->value.at("document").as_object().contains("reading");
  return AgreementFile{std::move(agreement), std::move(document_text), std::move(name), std::move(checksum), draft};
}

base::Checked<AgreementFile> read_agreement(const std::filesystem::path& file) {
  auto bytes = documents::read_small_file(file, largest_agreement);
  if (!bytes) return base::problems(bytes.error());
  return parse_agreement(file.filename().string(), std::move(*bytes));
}

}  // namespace zielwerk::intake
