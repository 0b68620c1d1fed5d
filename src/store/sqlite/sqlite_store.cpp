#include <filesystem>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "store/segment.h"
#include "store/sqlite/database.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/sqlite_acts.h"
#include "store/sqlite/sqlite_drafts.h"
#include "store/store.h"
#include "store/take_over.h"

namespace zielwerk::store {
namespace {

using domain::FactHistory;
using domain::Month;
using domain::ProviderNumber;
using domain::SeriesKey;
using sqlite::Statement;
using sqlite::Transaction;

constexpr std::int64_t application_id = 0x5A57524B;  // "ZWRK"

Month month_of(std::int64_t index) { return Month::from_index(static_cast<int>(index)); }

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& path, bool create) : database_(path, create) {
    // 16 KiB pages keep whole segments inside the tree; the size only counts for a new file.
    if (create) database_.run("PRAGMA page_size = 16384");
    if (!create && version() == 0 && empty()) {
      throw base::EnvironmentError(fmt::format("Die Datei {} ist leer, kein Zielwerk-Speicher; „zielwerk --store={} init“ legt einen an.", path, path));
    }
    migrate();
    database_.run("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
  }

  base::Checked<TakenOver> append(const domain::Delivery& delivery, const domain::FactTable& table, bool dry_run) override {
    // Series made in a transaction that is rolled back do not exist: whatever ends this without a commit, their numbers are forgotten.
    const std::unique_ptr<std::map<SeriesKey, std::int64_t>, void (*)(std::map<SeriesKey, std::int64_t>*)> forget(&series_ids_, [](auto* ids) { ids->clear(); });
    Transaction transaction(database_);
    if (auto known = delivery_with(delivery.sha256)) {
      TakenOver same;
      same.delivery = std::move(*known);
      same.already_known = true;
      return same;
    }
    const auto all = deliveries();
    auto taking = delivery;
    taking.id = all.empty() ? 1 : all.back().id + 1;
    // The row of the delivery comes first: segments refer to it. What it counts is only known at the end.
    Statement insert_delivery(database_, "INSERT INTO delivery VALUES(?,?,?,?,?,?,?,?,?,?)");
    if (!dry_run) {
      insert_delivery
          .with(taking.id, taking.source, taking.sha256, taking.received_at, taking.correction, taking.note, base::join(taking.sheets, "\n"), taking.facts,
                taking.first_state.index(), taking.last_state.index())
          .run();
    }

    // Only deliveries that share a Ladestand with this one can hold the same key; a dry run looks at all, to count revisions.
    std::vector<domain::DeliveryId> overlapping;
    for (const auto& one : all) {
      if (dry_run || (one.first_state <= taking.last_state && taking.first_state <= one.last_state)) overlapping.push_back(one.id);
    }
    FactHistory column_history;
    Statement segment(database_, "SELECT data FROM segment WHERE jobcenter = ? AND series = ? AND delivery = ?");
    Statement insert(database_, "INSERT INTO segment VALUES(?,?,?,?)");
    auto result = take_over(
        taking, table, dry_run,
        [&](const domain::Column& column) -> std::span<const domain::FactRecord> {
          if (overlapping.empty()) return {};
          column_history = {};
          const auto series = series_id(column.series);
          for (const auto id : overlapping) {
            if (segment.with(column.jobcenter.value(), series, id).next()) column_history.add(column.series, unpack(segment.bytes(0), id));
          }
          return column_history.series(column.series);
        },
        [&](const domain::FactRecord& record) {
          for (const auto& one : all) {
            if (one.id == record.delivery) return one.source + ", " + one.describe(record.place);
          }
          throw base::Bug("a record names a delivery that is not there");
        },
        [&](const domain::Column& column, std::span<const domain::FactRow> rows) {
          const auto data = pack(rows);
          insert.with(column.jobcenter.value(), series_id(column.series), taking.id, Statement::blob(data)).run();
        });
    if (!result || dry_run) return result;
    Statement(database_, "UPDATE delivery SET facts = ? WHERE id = ?").with(result->delivery.facts, taking.id).run();
    transaction.commit();
    return result;
  }

  std::vector<domain::Delivery> deliveries() const override {
    Statement query(database_, "SELECT * FROM delivery ORDER BY id");
    std::vector<domain::Delivery> all;
    while (query.next()) all.push_back(delivery_row(query));
    return all;
  }

  FactHistory read(ProviderNumber jobcenter, std::span<const SeriesKey> only) const override {
    FactHistory history;
    if (only.empty()) {
      Statement query(database_,
                      "SELECT measure, sex, members, delivery, data FROM segment JOIN series ON series.id = series WHERE jobcenter = ? "
                      "ORDER BY series, delivery");
      query.with(jobcenter.value());
      while (query.next()) {
        history.add({query.text(0), *domain::parse_sex(query.text(1)), query.text(2)}, unpack(query.bytes(4), delivery_id(query, 3)));
      }
      return history;
    }
    if (!read_series_) {
      read_series_ = std::make_unique<Statement>(database_, "SELECT delivery, data FROM segment WHERE jobcenter = ? AND series = ? ORDER BY delivery");
    }
    for (const auto& key : only) {
      const auto series = known_series(key);
      if (!series || !history.series(key).empty()) continue;
      read_series_->with(jobcenter.value(), *series);
      std::vector<domain::FactRecord> records;
      while (read_series_->next()) {
        auto more = unpack(read_series_->bytes(1), delivery_id(*read_series_, 0));
        if (records.empty()) {
          records = std::move(more);
        } else {
          records.insert(records.end(), more.begin(), more.end());
        }
      }
      if (!records.empty()) history.add(key, std::move(records));
    }
    return history;
  }

  std::vector<ProviderNumber> jobcenters() const override {
    // Skips from Jobcenter to Jobcenter along the key instead of reading all segments.
    Statement next(database_, "SELECT min(jobcenter) FROM segment WHERE jobcenter > ?");
    std::vector<ProviderNumber> numbers;
    for (std::int64_t last = -1; next.with(last).next() && !next.null(0);) {
      last = next.integer(0);
      numbers.push_back(ProviderNumber::from_value(static_cast<std::uint32_t>(last)));
    }
    return numbers;
  }

  void keep(const domain::StoredAgreement& agreement) override {
    Transaction transaction(database_);
    Statement insert(database_, "INSERT INTO agreement VALUES(?,?,?,?,?,?,?) ON CONFLICT DO NOTHING");
    if (agreement.jobcenter) {
      insert.with(agreement.id, agreement.version, agreement.jobcenter->value(), agreement.document, agreement.source, agreement.sha256, agreement.recorded_at);
    } else {
      insert.with(agreement.id, agreement.version, nullptr, agreement.document, agreement.source, agreement.sha256, agreement.recorded_at);
    }
    insert.run();
    if (sqlite3_changes(database_.handle()) == 0) throw AlreadyKept("Die Fassung ist schon abgelegt.");
    if (agreement.confirmation) sqlite::keep_confirmation(database_, agreement);
    transaction.commit();
  }
  std::vector<domain::StoredAgreement> agreements() const override {
    Statement query(database_, "SELECT * FROM agreement ORDER BY id, version");
    return agreement_rows(query);
  }
  std::vector<domain::StoredAgreement> versions(const std::string& id) const override {
    Statement query(database_, "SELECT * FROM agreement WHERE id = ? ORDER BY version");
    query.with(id);
    return agreement_rows(query);
  }

  void keep(std::span<const StoredVerdict> verdicts) override {
    // A power cut may cost the last verdicts, never their wholeness; they are made again from the same facts. Imports stay FULL.
    database_.run("PRAGMA synchronous = NORMAL");
    const std::unique_ptr<const sqlite::Database, void (*)(const sqlite::Database*)> full(
        &database_, [](const sqlite::Database* database) { sqlite3_exec(database->handle(), "PRAGMA synchronous = FULL", nullptr, nullptr, nullptr); });
    Transaction transaction(database_);
    Statement insert(database_, "INSERT INTO verdict VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING");
    for (const auto& verdict : verdicts) {
      insert
          .with(verdict.agreement, verdict.version, verdict.month.index(), verdict.target, verdict.waiting, verdict.rule_version, verdict.status,
                verdict.row, verdict.derivation, verdict.recorded_at)
          .run();
    }
    transaction.commit();
  }
  std::vector<StoredVerdict> verdicts(const std::string& agreement, int version, Month month) const override {
    Statement query(database_, "SELECT * FROM verdict WHERE agreement = ? AND version = ? AND month = ? ORDER BY target, waiting");
    query.with(agreement, version, month.index());
    std::vector<StoredVerdict> found;
    while (query.next()) {
      found.push_back({query.text(0), static_cast<int>(query.integer(1)), query.text(3), month_of(query.integer(2)), static_cast<int>(query.integer(4)),
                       query.text(5), query.text(6), query.text(7), query.text(8), query.text(9)});
    }
    return found;
  }

  void keep(const StoredDeclaration& declaration) override {
    Statement(database_, "INSERT OR REPLACE INTO declaration VALUES(?,?,?)").with(declaration.name, declaration.document, declaration.recorded_at).run();
  }
  std::vector<StoredDeclaration> declarations() const override {
    Statement query(database_, "SELECT name, document, recorded_at FROM declaration ORDER BY name");
    std::vector<StoredDeclaration> all;
    while (query.next()) all.push_back({query.text(0), query.text(1), query.text(2)});
    return all;
  }
  void keep(std::span<const domain::PeerGroupMembership> memberships) override {
    Transaction transaction(database_);
    Statement insert(database_, "INSERT OR REPLACE INTO peer_group VALUES(?,?,?,?,?)");
    for (const auto& one : memberships) insert.with(one.jobcenter.value(), one.from, one.until, one.peer_group, one.source).run();
    transaction.commit();
  }
  std::vector<domain::PeerGroupMembership> peer_groups() const override {
    Statement query(database_, "SELECT jobcenter, valid_from, valid_until, peer_group, source FROM peer_group ORDER BY jobcenter, valid_from");
    std::vector<domain::PeerGroupMembership> all;
    while (query.next()) {
      all.push_back({ProviderNumber::from_value(static_cast<std::uint32_t>(query.integer(0))), query.text(3), query.text(1), query.text(2), query.text(4)});
    }
    return all;
  }

  void keep(const domain::Account& account) override {
    Statement(database_, "INSERT INTO account VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(name) DO UPDATE SET person = excluded.person, role = excluded.role, "
                         "scope = excluded.scope, password_hash = excluded.password_hash, locked = excluded.locked, changed_at = excluded.changed_at, mail = excluded.mail, digest = excluded.digest, "
                         "first_password_until = excluded.first_password_until")
        .with(account.name, account.person, domain::code(account.role), account.scope, account.password_hash, account.locked, account.changed_at, account.mail, account.digest, account.first_password_until)
        .run();
  }
  std::vector<domain::Account> accounts() const override {
    Statement query(database_, "SELECT * FROM account ORDER BY name");
    std::vector<domain::Account> all;
    while (query.next()) {
      const auto role = domain::parse_role(query.text(2));
      if (!role) throw base::EnvironmentError(fmt::format("Speicher {}: Das Konto {} hat eine Rolle, die dieses Programm nicht kennt.", database_.path(), query.text(0)));
      all.push_back({query.text(0), query.text(1), *role, query.text(3), query.text(4), query.integer(5) != 0, query.text(6), query.text(7), query.text(8), query.text(9)});
    }
    return all;
  }
  void keep(const domain::AccessKey& key) override {
    Statement(database_, "INSERT INTO access_key VALUES(?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET ended_at = excluded.ended_at")
        .with(key.id, key.account, key.purpose, key.hash, key.made_at, key.expires_at, key.ended_at)
        .run();
  }
  std::vector<domain::AccessKey> access_keys() const override {
    Statement query(database_, "SELECT * FROM access_key ORDER BY made_at, id");
    std::vector<domain::AccessKey> all;
    while (query.next()) all.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), query.text(5), query.text(6)});
    return all;
  }
  void append(const domain::AuditEntry& entry) override {
    if (entry.number != audit_head().number + 1) throw base::EnvironmentError("Ein anderer Vorgang hat gerade ins Protokoll geschrieben; bitte noch einmal.");
    Statement(database_, "INSERT INTO audit VALUES(?,?,?,?,?,?,?,?)")
        .with(entry.number, entry.at, entry.actor, entry.action, entry.object, entry.detail, entry.previous, entry.hash)
        .run();
  }
  std::vector<domain::AuditEntry> audit(std::uint64_t from) const override {
    Statement query(database_, "SELECT * FROM audit WHERE number >= ? ORDER BY number");
    query.with(from);
    std::vector<domain::AuditEntry> all;
    while (query.next()) all.push_back(audit_row(query));
    return all;
  }
  domain::AuditEntry audit_head() const override {
    Statement query(database_, "SELECT * FROM audit ORDER BY number DESC LIMIT 1");
    return query.next() ? audit_row(query) : domain::AuditEntry{};
  }
  void at_once(const std::function<void()>& work) override {
    // Series made in a transaction that is rolled back do not exist.
    const std::unique_ptr<std::map<SeriesKey, std::int64_t>, void (*)(std::map<SeriesKey, std::int64_t>*)> forget(&series_ids_, [](auto* ids) { ids->clear(); });
    Transaction transaction(database_);
    work();
    transaction.commit();
  }

  std::uint64_t state() const override {
    Statement version_of_others(database_, "PRAGMA data_version");  // the total is what this connection did
    version_of_others.next();
    return (static_cast<std::uint64_t>(version_of_others.integer(0)) << 32) + static_cast<std::uint64_t>(sqlite3_total_changes(database_.handle()));
  }
  DraftStore& drafts() override { return drafts_; }
  const DraftStore& drafts() const override { return drafts_; }
  ActStore& steering() override { return acts_; }
  const ActStore& steering() const override { return acts_; }

  Health check() const override {
    Health health{fmt::format("SQLite {}", sqlite3_libversion()), version(), std::filesystem::file_size(database_.path()), {}};
    Statement integrity(database_, "PRAGMA integrity_check(20)");
    while (integrity.next()) {
      if (integrity.bytes(0) != "ok") health.findings.push_back(integrity.text(0));
    }
    Statement references(database_, "PRAGMA foreign_key_check");
    while (references.next()) health.findings.push_back("Verweis ins Leere in " + references.text(0));
    std::map<std::int64_t, std::uint64_t> counted;
    Statement segments(database_, "SELECT jobcenter, series, delivery, data FROM segment");
    while (segments.next()) {
      try {
        counted[segments.integer(2)] += unpack(segments.bytes(3), 1).size();
      } catch (const base::EnvironmentError& damaged) {
        health.findings.push_back(fmt::format("Abschnitt {}/{}/{}: {}", segments.integer(0), segments.integer(1), segments.integer(2), damaged.what()));
      }
    }
    for (const auto& delivery : deliveries()) {
      if (counted[delivery.id] != delivery.facts) {
        health.findings.push_back(fmt::format("Lieferung {} ({}) soll {} Werte haben, es sind {}.", delivery.id, delivery.source, delivery.facts, counted[delivery.id]));
      }
    }
    acts_.check(health.findings);
    return health;
  }

 private:
  int version() const {
    Statement query(database_, "PRAGMA user_version");
    query.next();
    return static_cast<int>(query.integer(0));
  }

  void migrate() {
    constexpr int newest = static_cast<int>(sqlite::migrations.size());
    const int found = version();
    if (found == newest && owned()) return;
    if ((found > 0 || !empty()) && !owned()) throw base::EnvironmentError(fmt::format("Die Datei {} ist kein Zielwerk-Speicher.", database_.path()));
    if (found > newest) {
      throw base::EnvironmentError(fmt::format("Der Speicher {} stammt von einer neueren Zielwerk-Version (Schema {}, dieses Programm kennt {}).",
                                               database_.path(), found, newest));
    }
    database_.write_ahead();
    Transaction transaction(database_);
    for (int step = version(); step < newest; ++step) database_.run(sqlite::migrations[static_cast<std::size_t>(step)]);
    database_.run(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {}", newest, application_id).c_str());
    transaction.commit();
  }
  bool owned() const {
    Statement query(database_, "PRAGMA application_id");
    return query.next() && query.integer(0) == application_id;
  }
  bool empty() const {
    Statement query(database_, "SELECT count(*) FROM sqlite_schema");
    return query.next() && query.integer(0) == 0;
  }

  static domain::AuditEntry audit_row(const Statement& query) {
    return {static_cast<std::uint64_t>(query.integer(0)), query.text(1), query.text(2), query.text(3), query.text(4), query.text(5), query.text(6), query.text(7)};
  }

  static domain::DeliveryId delivery_id(const Statement& query, int column) { return static_cast<domain::DeliveryId>(query.integer(column)); }

  static domain::Delivery delivery_row(const Statement& query) {
    domain::Delivery delivery;
    delivery.id = delivery_id(query, 0);
    delivery.source = query.text(1);
    delivery.sha256 = query.text(2);
    delivery.received_at = query.text(3);
    delivery.correction = query.integer(4) != 0;
    delivery.note = query.text(5);
    if (!query.bytes(6).empty()) delivery.sheets = base::split(query.bytes(6), '\n');
    delivery.facts = static_cast<std::uint64_t>(query.integer(7));
    delivery.first_state = month_of(query.integer(8));
    delivery.last_state = month_of(query.integer(9));
    return delivery;
  }

  std::optional<domain::Delivery> delivery_with(const std::string& sha256) const {
    Statement query(database_, "SELECT * FROM delivery WHERE sha256 = ?");
    if (!query.with(sha256).next()) return std::nullopt;
    return delivery_row(query);
  }

  std::vector<domain::StoredAgreement> agreement_rows(Statement& query) const {
    std::vector<domain::StoredAgreement> all;
    while (query.next()) {
      domain::StoredAgreement one{query.text(0), static_cast<int>(query.integer(1)), std::nullopt, query.text(3), query.text(4), query.text(5), query.text(6), std::nullopt};
      one.confirmation = sqlite::read_confirmation(database_, one);
      if (!query.null(2)) one.jobcenter = ProviderNumber::from_value(static_cast<std::uint32_t>(query.integer(2)));
      all.push_back(std::move(one));
    }
    return all;
  }

  std::optional<std::int64_t> known_series(const SeriesKey& key) const {
    if (series_ids_.empty()) {
      Statement query(database_, "SELECT id, measure, sex, members FROM series");
      while (query.next()) series_ids_[{query.text(1), *domain::parse_sex(query.text(2)), query.text(3)}] = query.integer(0);
    }
    if (const auto found = series_ids_.find(key); found != series_ids_.end()) return found->second;
    // Another process may have added it since.
    Statement query(database_, "SELECT id FROM series WHERE measure = ? AND sex = ? AND members = ?");
    const std::string sex(1, domain::letter(key.sex));
    if (!query.with(key.measure, sex, key.group).next()) return std::nullopt;
    return series_ids_[key] = query.integer(0);
  }

  std::int64_t series_id(const SeriesKey& key) {
    if (const auto known = known_series(key)) return *known;
    Statement(database_, "INSERT INTO series(measure, sex, members) VALUES(?,?,?)").with(key.measure, std::string(1, domain::letter(key.sex)), key.group).run();
    const auto id = sqlite3_last_insert_rowid(database_.handle());
    series_ids_[key] = id;
    return id;
  }

  sqlite::Database database_;
  sqlite::SqliteDrafts drafts_{database_};
  sqlite::SqliteActs acts_{database_};
  mutable std::map<SeriesKey, std::int64_t> series_ids_;
  mutable std::unique_ptr<Statement> read_series_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const std::string& path, bool create) { return std::make_unique<SqliteStore>(path, create); }

}  // namespace zielwerk::store
