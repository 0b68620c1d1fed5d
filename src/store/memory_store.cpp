#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "store/store.h"
#include "store/take_over.h"

namespace zielwerk::store {
namespace {

using domain::FactHistory;
using domain::ProviderNumber;

class MemoryDrafts final : public DraftStore {
 public:
  void keep(const domain::StoredDraft& draft) override { drafts_[draft.id] = draft; }
  void keep(const std::string& draft, const domain::DraftVersion& version) override {
    if (drafts_.at(draft).end) throw AlreadyKept("Der Entwurf ist schon abgeschlossen.");
    add(drafts_.at(draft).versions, version, version.version);
  }
  void keep(const std::string& draft, const domain::DraftShare& share) override {
    auto& shares = drafts_.at(draft).shares;
    const bool known = std::any_of(shares.begin(), shares.end(), [&](const auto& one) { return one.with == share.with && one.version == share.version; });
    if (!known) shares.push_back(share);
  }
  void keep(const std::string& draft, const domain::DraftComment& comment) override { add(drafts_.at(draft).comments, comment, comment.number); }
  void keep(const std::string& draft, const domain::DraftEnd& end) override {
    if (drafts_.at(draft).end) throw AlreadyKept("Der Entwurf ist schon abgeschlossen.");
    drafts_.at(draft).end = end;
  }
  std::optional<domain::StoredDraft> find(const std::string& id) const override {
    const auto found = drafts_.find(id);
    return found == drafts_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<domain::StoredDraft> heads() const override {
    std::vector<domain::StoredDraft> all;
    for (auto [id, draft] : drafts_) {
      draft.document.clear();
      draft.comments.clear();
      for (auto& version : draft.versions) version = {version.version, version.by, version.at, version.why, version.whose, {}, {}};
      all.push_back(std::move(draft));
    }
    return all;
  }
  void keep(const StoredPaper& paper) override { papers_.try_emplace(paper.sha256, paper); }
  std::optional<StoredPaper> paper(const std::string& sha256) const override {
    const auto found = papers_.find(sha256);
    return found == papers_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  template <class One>
  static void add(std::vector<One>& all, const One& one, int number) {
    if (static_cast<int>(all.size()) != number - 1) throw AlreadyKept("Das ist schon abgelegt.");
    all.push_back(one);
  }

  std::map<std::string, domain::StoredDraft> drafts_;
  std::map<std::string, StoredPaper> papers_;
};

class MemoryActs final : public ActStore {
 public:
  void keep(const domain::Act& act) override {
    if (static_cast<int>(acts(act.agreement, act.room).size()) != act.number - 1) throw AlreadyKept("Dieser Vorgang ist schon abgelegt.");
    acts_[{act.agreement, act.room}].push_back(act);
  }
  std::vector<domain::Act> acts(const std::string& agreement, const std::string& room) const override {
    const auto found = acts_.find({agreement, room});
    return found == acts_.end() ? std::vector<domain::Act>() : found->second;
  }
  std::vector<std::string> agreements() const override {
    std::set<std::string> all;
    for (const auto& [key, acts] : acts_) all.insert(key.first);
    return {all.begin(), all.end()};
  }
  void keep(const domain::StoredFile& file) override { files_.try_emplace(file.sha256, file); }
  std::optional<domain::StoredFile> file(const std::string& sha256) const override {
    const auto found = files_.find(sha256);
    return found == files_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<std::string> files() const override {
    std::vector<std::string> all;
    for (const auto& [sha256, file] : files_) all.push_back(sha256);
    return all;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::vector<domain::Act>> acts_;  // agreement, room
  std::map<std::string, domain::StoredFile> files_;
};

class MemoryStore final : public Store {
 public:
  base::Checked<TakenOver> append(const domain::Delivery& delivery, const domain::FactTable& table, bool dry_run) override {
    for (const auto& known : state_.deliveries) {
      if (known.sha256 != delivery.sha256) continue;
      TakenOver same;
      same.delivery = known;
      same.already_known = true;
      return same;
    }
    auto taking = delivery;
    taking.id = static_cast<domain::DeliveryId>(state_.deliveries.size() + 1);
    std::vector<std::pair<domain::Column, std::vector<domain::FactRecord>>> fresh;
    auto result = take_over(
        taking, table, dry_run, [&](const domain::Column& column) { return history(column.jobcenter).series(column.series); },
        [&](const domain::FactRecord& record) {
          const auto& source = state_.deliveries.at(record.delivery - 1);
          return source.source + ", " + source.describe(record.place);
        },
        [&](const domain::Column& column, std::span<const domain::FactRow> rows) {
          std::vector<domain::FactRecord> records;
          for (const auto& row : rows) records.push_back({row.month(), row.state(), row.value(), taking.id, row.place()});
          fresh.emplace_back(column, std::move(records));
        });
    if (!result || dry_run) return result;
    ++changes_;
    for (auto& [column, records] : fresh) state_.facts[column.jobcenter].add(column.series, std::move(records));
    state_.deliveries.push_back(result->delivery);
    return result;
  }

  std::vector<domain::Delivery> deliveries() const override { return state_.deliveries; }

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
    for (const auto& [number, history] : state_.facts) numbers.push_back(number);
    return numbers;
  }

  void keep(const domain::StoredAgreement& agreement) override {
    ++changes_;
    if (state_.agreements.contains({agreement.id, agreement.version})) throw AlreadyKept("Die Fassung ist schon abgelegt.");
    state_.agreements[{agreement.id, agreement.version}] = agreement;
  }
  std::vector<domain::StoredAgreement> agreements() const override {
    std::vector<domain::StoredAgreement> all;
    for (const auto& [key, agreement] : state_.agreements) all.push_back(agreement);
    return all;
  }
  std::vector<domain::StoredAgreement> versions(const std::string& id) const override {
    auto all = agreements();
    std::erase_if(all, [&](const auto& agreement) { return agreement.id != id; });
    return all;
  }

  void keep(std::span<const StoredVerdict> verdicts) override {
    ++changes_;
    for (const auto& verdict : verdicts) {
      state_.verdicts.try_emplace({verdict.agreement, verdict.version, verdict.month.index(), verdict.target, verdict.waiting}, verdict);
    }
  }
  std::vector<StoredVerdict> verdicts(const std::string& agreement, int version, domain::Month month) const override {
    std::vector<StoredVerdict> found;
    for (const auto& [key, verdict] : state_.verdicts) {
      if (verdict.agreement == agreement && verdict.version == version && verdict.month == month) found.push_back(verdict);
    }
    return found;
  }

  void keep(const StoredDeclaration& declaration) override {
    ++changes_;
    state_.declarations[declaration.name] = declaration;
  }
  std::vector<StoredDeclaration> declarations() const override {
    std::vector<StoredDeclaration> all;
    for (const auto& [name, declaration] : state_.declarations) all.push_back(declaration);
    return all;
  }
  void keep(std::span<const domain::PeerGroupMembership> memberships) override {
    ++changes_;
    for (const auto& membership : memberships) state_.peer_groups[{membership.jobcenter, membership.from}] = membership;
  }
  std::vector<domain::PeerGroupMembership> peer_groups() const override {
    std::vector<domain::PeerGroupMembership> all;
    for (const auto& [key, membership] : state_.peer_groups) all.push_back(membership);
    return all;
  }

  void keep(const domain::Account& account) override {
    ++changes_;
    state_.accounts[account.name] = account;
  }
  std::vector<domain::Account> accounts() const override {
    std::vector<domain::Account> all;
    for (const auto& [name, account] : state_.accounts) all.push_back(account);
    return all;
  }
  void keep(const domain::AccessKey& key) override { state_.access_keys.try_emplace(key.id, key).first->second.ended_at = key.ended_at; }
  std::vector<domain::AccessKey> access_keys() const override {
    std::vector<domain::AccessKey> all;
    for (const auto& [id, key] : state_.access_keys) all.push_back(key);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return std::tie(a.made_at, a.id) < std::tie(b.made_at, b.id); });
    return all;
  }
  void append(const domain::AuditEntry& entry) override {
    ++changes_;
    if (entry.number != state_.audit.size() + 1) throw base::EnvironmentError("Ein anderer Vorgang hat gerade ins Protokoll geschrieben; bitte noch einmal.");
    state_.audit.push_back(entry);
  }
  std::vector<domain::AuditEntry> audit(std::uint64_t from) const override {
    const auto first = std::min<std::uint64_t>(from == 0 ? 0 : from - 1, state_.audit.size());
    return {state_.audit.begin() + static_cast<std::ptrdiff_t>(first), state_.audit.end()};
  }
  domain::AuditEntry audit_head() const override { return state_.audit.empty() ? domain::AuditEntry{} : state_.audit.back(); }
  void at_once(const std::function<void()>& work) override {
    auto before = state_;
    try {
      work();
    } catch (...) {
      state_ = std::move(before);
      throw;
    }
  }

  std::uint64_t state() const override { return changes_; }
  DraftStore& drafts() override {
    ++changes_;
    return state_.drafts;
  }
  const DraftStore& drafts() const override { return state_.drafts; }
  ActStore& steering() override {
    ++changes_;
    return state_.acts;
  }
  const ActStore& steering() const override { return state_.acts; }

  Health check() const override { return {"im Speicher", 0, 0, {}}; }

 private:
  const FactHistory& history(ProviderNumber jobcenter) const {
    static const FactHistory nothing;
    const auto found = state_.facts.find(jobcenter);
    return found == state_.facts.end() ? nothing : found->second;
  }

  struct State {
    std::vector<domain::Delivery> deliveries;
    std::map<ProviderNumber, FactHistory> facts;
    std::map<std::pair<std::string, int>, domain::StoredAgreement> agreements;
    std::map<std::tuple<std::string, int, int, std::string, int>, StoredVerdict> verdicts;
    std::map<std::string, StoredDeclaration> declarations;
    std::map<std::pair<ProviderNumber, std::string>, domain::PeerGroupMembership> peer_groups;
    std::map<std::string, domain::Account> accounts;
    std::map<std::string, domain::AccessKey> access_keys;
    std::vector<domain::AuditEntry> audit;
    MemoryDrafts drafts;
    MemoryActs acts;
  };
  State state_;
  std::uint64_t changes_ = 0;
};

}  // namespace

std::unique_ptr<Store> open_memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace zielwerk::store
