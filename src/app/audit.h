// The audit chain: what the record of changes says next, and whether it is whole.
#pragma once

#include <optional>
#include <string>

#include "app/workspace.h"

namespace zielwerk::app {

// SHA-256 over number, time, actor, action, object, detail and the hash before, as a JSON array of texts.
domain::AuditEntry next_entry(const domain::AuditEntry& head, const std::string& at, const std::string& actor, const Workspace::Change& change);

// The exported head of an earlier day: "17:3f9a…". Whoever keeps it elsewhere can tell that nothing before it was altered.
std::string text(const domain::AuditEntry& head);

struct AuditState {
  std::uint64_t entries = 0;
  std::string head;
  base::Problems findings;  // audit_broken, audit_gap, audit_head_differs; empty: whole
};
AuditState verify_audit(const Workspace& workspace, const std::optional<std::string>& known_head = {});

}  // namespace zielwerk::app
