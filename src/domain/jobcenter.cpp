#include "domain/jobcenter.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::domain {

std::optional<ProviderNumber> ProviderNumber::parse(std::string_view text) {
  if (text.size() != 5) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return ProviderNumber(value);
}

std::string ProviderNumber::text() const { return fmt::format("{:05}", value_); }

std::string text(Form form) { return form == Form::gE ? "gE" : "zkT"; }

std::optional<Form> parse_form(std::string_view text) {
  if (text == "gE") return Form::gE;
  if (text == "zkT") return Form::zkT;
  return std::nullopt;
}

bool Jobcenter::possible_in(int year) const {
  if (year <= 2018) return form_2018.has_value();
  if (year >= 2022) return form_2022.has_value();
  return form_2018.has_value() || form_2022.has_value();
}

std::optional<Form> Jobcenter::form_in(int year) const {
  if (!possible_in(year)) return std::nullopt;
  if (year <= 2018) return form_2018;
  return form_2022.has_value() ? form_2022 : form_2018;
}

Directory::Directory(std::vector<Jobcenter> jobcenters, std::vector<Succession> successions)
    : jobcenters_(std::move(jobcenters)), successions_(std::move(successions)) {
  std::sort(jobcenters_.begin(), jobcenters_.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
}

const Jobcenter* Directory::find(ProviderNumber number) const {
  const auto found = std::lower_bound(jobcenters_.begin(), jobcenters_.end(), number,
                                      [](const Jobcenter& jobcenter, ProviderNumber wanted) { return jobcenter.number < wanted; });
  return found != jobcenters_.end() && found->number == number ? &*found : nullptr;
}

std::string Directory::name(ProviderNumber number) const {
  const auto* jobcenter = find(number);
  return jobcenter ? jobcenter->name : number.text();
}

std::vector<const Jobcenter*> Directory::named(std::string_view name, std::string_view land, Form form, int year) const {
  std::vector<const Jobcenter*> hits;
  for (const auto& jobcenter : jobcenters_) {
    if (jobcenter.name == name && (land.empty() || jobcenter.land == land) && jobcenter.form_in(year) == form) hits.push_back(&jobcenter);
  }
  return hits;
}

std::string bare_name(std::string_view party_name) {
  std::vector<std::string> kept;
  for (const auto& word : base::split(party_name, ' ')) {
    if (!word.empty() && word != "Kreis" && word != "Landkreis" && word != "Stadt" && word != "Jobcenter") kept.push_back(word);
  }
  return base::join(kept, " ");
}

}  // namespace zielwerk::domain
