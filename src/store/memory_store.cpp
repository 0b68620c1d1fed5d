#include <algorithm>
#include <map>

#include "store/store.h"
#include "store/take_over.h"

namespace zielwerk::store {
namespace {

using domain::FactHistory;
using domain::ProviderNumber;

class MemoryStore final : public Store {
 public:
  base::Checked<TakenOver> append(const domain::Delivery& delivery, const domain::FactTable& table, bool dry_run) override {
    for (const auto& known : deliveries_) {
      if (known.sha256 != delivery.sha256) continue;
      TakenOver same;
      same.delivery = known;
      same.already_known = true;
      return same;
    }
    auto taking = delivery;
    taking.id = static_cast<domain::DeliveryId>(deliveries_.size() + 1);
    std::vector<std::pair<domain::Column, std::vector<domain::FactRecord>>> fresh;
    auto result = take_over(
        taking, table, dry_run, [&](const domain::Column& column) { return history(column.jobcenter).series(column.series); },
        [&](const domain::FactRecord& record) {
          const auto& source = deliveries_.at(record.delivery - 1);
          return source.source + ", " + source.describe(record.place);
        },
        [&](const domain::Column& column, std::span<const domain::FactRow> rows) {
          std::vector<domain::FactRecord> records;
          for (const auto& row : rows) records.push_back({row.month(), row.state(), row.value(), taking.id, row.place()});
          fresh.emplace_back(column, std::move(records));
        });
    if (!result || dry_run) return result;
    for (auto& [column, records] : fresh) facts_[column.jobcenter].add(column.series, std::move(records));
    deliveries_.push_back(result->delivery);
    return result;
  }

  std::vector<domain::Delivery> deliveries() const override { return deliveries_; }

  FactHistory read(ProviderNumber jobcenter, std::span<const domain::SeriesKey> only) const override {
    const auto& all = history(jobcenter);
    if (only.empty()) return all;
    FactHistory chosen;
    for (const auto& key : only) {
      const auto records = all.series(key);
      if (!records.empty() && chosen.series(key).empty()) chosen.add(key, {records.begin(), records.end()});
    }
    return chosen;
  }

  std::vector<ProviderNumber> jobcenters() const override {
    std::vector<ProviderNumber> numbers;
    for (const auto& [number, history] : facts_) numbers.push_back(number);
    return numbers;
  }

  void keep(const domain::StoredAgreement& agreement) override {
    if (agreements_.contains({agreement.id, agreement.version})) throw AlreadyKept("Die Fassung ist schon abgelegt.");
    agreements_[{agreement.id, agreement.version}] = agreement;
  }
  std::vector<domain::StoredAgreement> agreements() const override {
    std::vector<domain::StoredAgreement> all;
    for (const auto& [key, agreement] : agreements_) all.push_back(agreement);
    return all;
  }
  std::vector<domain::StoredAgreement> versions(const std::string& id) const override {
    auto all = agreements();
    std::erase_if(all, [&](const auto& agreement) { return agreement.id != id; });
    return all;
  }

  void keep(std::span<const StoredVerdict> verdicts) override {
    for (const auto& verdict : verdicts) {
      verdicts_.try_emplace({verdict.agreement, verdict.version, verdict.month.index(), verdict.target, verdict.waiting}, verdict);
    }
  }
  std::vector<StoredVerdict> verdicts(const std::string& agreement, int version, domain::Month month) const override {
    std::vector<StoredVerdict> found;
    for (const auto& [key, verdict] : verdicts_) {
      if (verdict.agreement == agreement && verdict.version == version && verdict.month == month) found.push_back(verdict);
    }
    return found;
  }

  void keep(const StoredDeclaration& declaration) override { declarations_[declaration.name] = declaration; }
  std::vector<StoredDeclaration> declarations() const override {
    std::vector<StoredDeclaration> all;
    for (const auto& [name, declaration] : declarations_) all.push_back(declaration);
    return all;
  }
  void keep(std::span<const domain::PeerGroupMembership> memberships) override {
    for (const auto& membership : memberships) peer_groups_[{membership.jobcenter, membership.from}] = membership;
  }
  std::vector<domain::PeerGroupMembership> peer_groups() const override {
    std::vector<domain::PeerGroupMembership> all;
    for (const auto& [key, membership] : peer_groups_) all.push_back(membership);
    return all;
  }

  Health check() const override { return {"im Speicher", 0, 0, {}}; }

 private:
  const FactHistory& history(ProviderNumber jobcenter) const {
    static const FactHistory nothing;
    const auto found = facts_.find(jobcenter);
    return found == facts_.end() ? nothing : found->second;
  }

  std::vector<domain::Delivery> deliveries_;
  std::map<ProviderNumber, FactHistory> facts_;
  std::map<std::pair<std::string, int>, domain::StoredAgreement> agreements_;
  std::map<std::tuple<std::string, int, int, std::string, int>, StoredVerdict> verdicts_;
  std::map<std::string, StoredDeclaration> declarations_;
  std::map<std::pair<ProviderNumber, std::string>, domain::PeerGroupMembership> peer_groups_;
};

}  // namespace

std::unique_ptr<Store> open_memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace zielwerk::store
