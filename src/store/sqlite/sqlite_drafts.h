// Drafts and papers in the same SQLite file as the rest.
#pragma once

#include "store/draft_store.h"
#include "store/sqlite/database.h"

namespace zielwerk::store::sqlite {

class SqliteDrafts final : public DraftStore {
 public:
  explicit SqliteDrafts(Database& database) : database_(database) {}

  void keep(const domain::StoredDraft& draft) override;
  void keep(const std::string& draft, const domain::DraftVersion& version) override;
  void keep(const std::string& draft, const domain::DraftShare& share) override;
  void keep(const std::string& draft, const domain::DraftComment& comment) override;
  void keep(const std::string& draft, const domain::DraftEnd& end) override;
  std::optional<domain::StoredDraft> find(const std::string& id) const override;
  std::vector<domain::StoredDraft> heads() const override;
  void keep(const StoredPaper& paper) override;
  std::optional<StoredPaper> paper(const std::string& sha256) const override;

 private:
  domain::StoredDraft head(const Statement& query) const;  // id, side, source, title

  Database& database_;
};

// Who confirmed a version of an agreement, and what was corrected in its draft.
void keep_confirmation(const Database& database, const domain::StoredAgreement& agreement);
std::optional<domain::Confirmation> read_confirmation(const Database& database, const domain::StoredAgreement& agreement);

}  // namespace zielwerk::store::sqlite
