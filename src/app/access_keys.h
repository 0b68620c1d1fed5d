// Zugangsschlüssel: programs work with them as an account, with its rights of that moment. The secret is shown once and never kept.
#pragma once

#include "app/workspace.h"

namespace zielwerk::app {

struct NewAccessKey {
  std::string account;
  std::string purpose;
  int days = 0;  // it is good for
  std::string hash;  // SHA-256 of the secret
};

inline constexpr int longest_key_days = 366;
// Whose rights come from somewhere else (OIDC) shows them by logging in again; keys of such accounts do not outlive that by more.
inline constexpr int longest_foreign_key_days = 7;

// Problems, all at once: account_unknown, account_locked, purpose_invalid, days_invalid, keys_too_many (of one account: 20).
base::Checked<domain::AccessKey> make_access_key(Workspace& workspace, const NewAccessKey& wanted);

// Problem access_key_unknown, also where it belongs to another account; `account` empty: whoever's it is (the console).
base::Result<domain::AccessKey> end_access_key(Workspace& workspace, const std::string& id, const std::string& account);

// Who may work with this secret now.
struct KeyHolder {
  domain::Account account;
  std::string key;  // its id
};
std::optional<KeyHolder> holder_of_key(const Workspace& workspace, const std::string& hash);

}  // namespace zielwerk::app
