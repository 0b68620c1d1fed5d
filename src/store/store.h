// What Zielwerk remembers. Facts are append-only: a correction is a further delivery, never an update, so every reading can be
// repeated. One interface, one contract suite (tests/contract); nothing of a database leaks above it. Every method throws
// base::EnvironmentError if the database cannot be reached, is full or is damaged; then nothing has changed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/problem.h"
#include "domain/account.h"
#include "domain/agreement.h"
#include "domain/fact_table.h"
#include "store/act_store.h"
#include "store/draft_store.h"

namespace zielwerk::store {

// What taking over a delivery did, or in a dry run would do.
struct TakenOver {
  domain::Delivery delivery;
  bool already_known = false;  // same checksum: nothing changed
  std::uint64_t added = 0;
  std::uint64_t known = 0;      // same key, same value
  std::uint64_t corrected = 0;  // same key, other value, in a correction
  std::uint64_t revised = 0;    // of `added`: month known from an older Ladestand (counted in a dry run only)
  std::uint64_t withheld = 0;   // marks * x .
  base::Problems refused;       // fact_conflict; in a dry run only, else they are the error
};

// A verdict with what it rested on; asking again gives this row, whatever was delivered since.
struct StoredVerdict {
  std::string agreement;
  int version = 1;
  std::string target;
  domain::Month month;
  domain::Waiting waiting = 0;
  std::string rule_version;
  std::string status;
  std::string row;         // the row of the evaluation (JSON), to the letter
  std::string derivation;  // JSON, docs/formats/derivation.md
  std::string recorded_at;
};

// A declaration file of the user (measures, groups, figures), as it came.
struct StoredDeclaration {
  std::string name;
  std::string document;  // TOML
  std::string recorded_at;
};

// Which Ladestände are kept for a series, for coverage.
struct SeriesStates {
  domain::SeriesKey series;
  std::vector<domain::DataState> states;
  domain::Month first_month;
  domain::Month last_month;
  std::uint64_t facts = 0;
};

// Another process was quicker: this (id, version) of an agreement is kept already. Look again and decide anew.
struct AlreadyKept : base::EnvironmentError {
  using base::EnvironmentError::EnvironmentError;
};

class Store {
 public:
  virtual ~Store() = default;

  // --- facts -------------------------------------------------------------------------------------------------------------
  // Keeps a delivery whole or not at all. The rows are ordered and free of repetitions (intake::order_rows). Problems, all at
  // once: fact_conflict, where a key has another value and the delivery is not a correction. A dry run writes nothing and lists
  // the conflicts in its result.
  virtual base::Checked<TakenOver> append(const domain::Delivery& delivery, const domain::FactTable& table, bool dry_run = false) = 0;
  virtual std::vector<domain::Delivery> deliveries() const = 0;  // by id
  // Everything known of a Jobcenter: all series, or the ones named. A series without facts is absent.
  virtual domain::FactHistory read(domain::ProviderNumber jobcenter, std::span<const domain::SeriesKey> only = {}) const = 0;
  virtual std::vector<domain::ProviderNumber> jobcenters() const = 0;  // that have facts, by number

  // --- agreements --------------------------------------------------------------------------------------------------------
  // A new (id, version) with its confirmation, if it has one; both or nothing. Else AlreadyKept.
  virtual void keep(const domain::StoredAgreement& agreement) = 0;
  virtual std::vector<domain::StoredAgreement> agreements() const = 0;  // all versions, by id and version
  virtual std::vector<domain::StoredAgreement> versions(const std::string& id) const = 0;

  virtual DraftStore& drafts() = 0;
  virtual const DraftStore& drafts() const = 0;
  virtual ActStore& steering() = 0;
  virtual const ActStore& steering() const = 0;

  // --- verdicts ----------------------------------------------------------------------------------------------------------
  virtual void keep(std::span<const StoredVerdict> verdicts) = 0;  // the first one of a key stays
  virtual std::vector<StoredVerdict> verdicts(const std::string& agreement, int version, domain::Month month) const = 0;

  // --- declarations and peer groups --------------------------------------------------------------------------------------
  virtual void keep(const StoredDeclaration& declaration) = 0;  // replaces one of the same name
  virtual std::vector<StoredDeclaration> declarations() const = 0;
  virtual void keep(std::span<const domain::PeerGroupMembership> memberships) = 0;  // replaces those with the same jobcenter and from
  virtual std::vector<domain::PeerGroupMembership> peer_groups() const = 0;

  // --- accounts and the record of changes --------------------------------------------------------------------------------
  virtual void keep(const domain::Account& account) = 0;  // replaces one of the same name
  virtual std::vector<domain::Account> accounts() const = 0;  // by name
  virtual void keep(const domain::AccessKey& key) = 0;  // a known id: takes its end
  virtual std::vector<domain::AccessKey> access_keys() const = 0;  // by the moment they were made
  virtual void append(const domain::AuditEntry& entry) = 0;  // EnvironmentError unless its number is the next one
  virtual std::vector<domain::AuditEntry> audit(std::uint64_t from = 1) const = 0;  // by number
  virtual domain::AuditEntry audit_head() const = 0;  // the last one; number 0 if there is none
  // Everything `work` does to this store happens, or, if it throws, nothing of it.
  virtual void at_once(const std::function<void()>& work) = 0;

  // Another number whenever anything was changed since, by this process or another; comparable with what this object said before.
  virtual std::uint64_t state() const = 0;

  // --- health ------------------------------------------------------------------------------------------------------------
  struct Health {
    std::string kind;           // "SQLite 3.40.1"
    int schema_version = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string> findings;  // empty: sound
  };
  virtual Health check() const = 0;  // reads everything once
};

// Empty, gone with the process: for tests and for trying things out.
std::unique_ptr<Store> open_memory_store();

// One SQLite file. `create` makes it if absent; otherwise an absent file is an EnvironmentError that says how to make one. An older
// schema is brought up to date, a newer one refused.
std::unique_ptr<Store> open_sqlite_store(const std::string& path, bool create);

}  // namespace zielwerk::store
