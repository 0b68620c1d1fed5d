#include "app/audit.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "documents/input_file.h"

namespace zielwerk::app {
namespace {

std::string hash_of(const domain::AuditEntry& entry) {
  const boost::json::array all = {std::to_string(entry.number), entry.at, entry.actor, entry.action, entry.object, entry.detail, entry.previous};
  return documents::sha256(boost::json::serialize(all));
}

}  // namespace

domain::AuditEntry next_entry(const domain::AuditEntry& head, const std::string& at, const std::string& actor, const Workspace::Change& change) {
  domain::AuditEntry entry{head.number + 1, at, actor, change.action, change.object, change.detail, head.hash, {}};
  entry.hash = hash_of(entry);
  return entry;
}

std::string text(const domain::AuditEntry& head) { return fmt::format("{}:{}", head.number, head.hash); }

AuditState verify_audit(const Workspace& workspace, const std::optional<std::string>& known_head) {
  AuditState state;
  domain::AuditEntry before;
  bool known_found = !known_head;
  for (const auto& entry : workspace.store().audit()) {
    const auto where = fmt::format("Eintrag {}", entry.number);
    if (entry.number != before.number + 1) {
      state.findings.push_back({"audit_gap", fmt::format("Zwischen den Einträgen {} und {} fehlt etwas.", before.number, entry.number), where});
    } else if (entry.previous != before.hash) {
      state.findings.push_back({"audit_broken", "Der Eintrag schließt nicht an den vorigen an.", where});
    }
    if (hash_of(entry) != entry.hash) state.findings.push_back({"audit_broken", "Der Eintrag wurde verändert: seine Prüfsumme stimmt nicht.", where});
    known_found = known_found || text(entry) == *known_head;
    ++state.entries;
    before = entry;
  }
  if (!known_found) state.findings.push_back({"audit_head_differs", fmt::format("Den Stand {} gibt es in diesem Protokoll nicht.", *known_head), ""});
  state.head = text(before);
  return state;
}

}  // namespace zielwerk::app
