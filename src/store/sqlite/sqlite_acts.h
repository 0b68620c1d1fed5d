// Steering files in the same SQLite file as the rest.
#pragma once

#include "store/act_store.h"
#include "store/sqlite/database.h"

namespace zielwerk::store::sqlite {

class SqliteActs final : public ActStore {
 public:
  explicit SqliteActs(Database& database) : database_(database) {}

  void keep(const domain::Act& act) override;
  std::vector<domain::Act> acts(const std::string& agreement, const std::string& room) const override;
  std::vector<std::string> agreements() const override;
  void keep(const domain::StoredFile& file) override;
  std::optional<domain::StoredFile> file(const std::string& sha256) const override;
  std::vector<std::string> files() const override;

  void check(std::vector<std::string>& findings) const;  // numbers without gaps

 private:
  Database& database_;
};

}  // namespace zielwerk::store::sqlite
