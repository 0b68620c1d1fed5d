#include "casework/person_month.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <xxhash.h>

namespace zielwerk::casework {

std::optional<unsigned> jobcenter_index(domain::ProviderNumber number) {
  const auto* found = domain::official_directory().find(number);
  if (!found) return std::nullopt;
  return static_cast<unsigned>(found - domain::official_directory().all().data());
}

domain::ProviderNumber jobcenter_of(ClassId id) { return domain::official_directory().all()[id / 3U].number; }

std::size_t class_count() { return domain::official_directory().all().size() * 3; }

std::vector<ClassId> MoneyTable::classes() const {
  std::vector<ClassId> all;
  for (std::size_t id = 0; id < seen_.size(); ++id) {
    if (seen_[id] != 0) all.push_back(static_cast<ClassId>(id));
  }
  return all;
}

bool GroupRules::any_by_age() const {
  return std::any_of(rules.begin(), rules.end(), [](const GroupRule& rule) { return rule.by_age(); });
}

unsigned GroupRules::by_age(int age_in_months) const {
  if (age_in_months < 0) return 0;
  unsigned bits = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& rule = rules[i];
    if (rule.by_age() && age_in_months >= rule.from_years * 12 && (rule.below_years == 0 || age_in_months < rule.below_years * 12)) bits |= 1U << i;
  }
  return bits;
}

Key key_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  const bool canonical = parsed.ec == std::errc() && parsed.ptr == end && text.front() >= '0' && (text.front() != '0' || text.size() == 1);
  if (canonical) return {number, 0};
  const auto hash = XXH3_128bits(text.data(), text.size());
  return {hash.low64, static_cast<std::uint16_t>(hash.high64 | 1U)};  // odd: never the check of a number
}

std::string shown(std::uint64_t key) { return fmt::format("#{:010x}", XXH3_64bits_withSeed(&key, sizeof(key), 0x5A57) >> 24); }

}  // namespace zielwerk::casework
