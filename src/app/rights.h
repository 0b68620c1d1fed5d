// Who may do what: one table, role by right. What an account may see of it is its Zuständigkeit (domain::Scope).
#pragma once

#include "app/workspace.h"

namespace zielwerk::app {

enum class Right { ReadFigures, ReadAgreements, ReadDeliveries, TakeDelivery, WriteDrafts, ConfirmAgreement, Steer, ReadAudit, ReadAccounts, ManageAccounts };

bool may(domain::Role role, Right right);

// Accounts are made on the console by whoever runs the server, and on the pages by administrators. Problems: account_name_invalid,
// person_invalid, role_unknown, scope_unknown, account_exists.
struct NewAccount {
  std::string name;
  std::string person;
  std::string role;
  std::string scope;
  std::string password_hash;
  bool first_password = false;  // the person has to choose an own one
};
base::Checked<domain::Account> add_account(Workspace& workspace, const NewAccount& wanted);

// What an administrator changes of somebody else's account; what is not named stays. Never of the own one: so whoever changes accounts
// remains an administrator, and the last one cannot go. Problems: account_unknown, own_account, right_missing (`by` was locked meanwhile),
// account_foreign (its person, role and Zuständigkeit come from elsewhere), person_invalid, role_unknown, scope_unknown.
struct AccountChange {
  std::optional<std::string> person;
  std::optional<std::string> role;
  std::optional<std::string> scope;
  std::optional<bool> locked;
};
base::Checked<domain::Account> change_account(Workspace& workspace, const std::string& by, const std::string& name, const AccountChange& wanted);

// A password that its owner has to replace within so many days; all sessions end. Problems: account_unknown, account_foreign.
inline constexpr int first_password_days = 7;
base::Result<domain::Account> give_first_password(Workspace& workspace, const std::string& name, const std::string& password_hash);

// Accounts of people who log in somewhere else (OIDC): role and Zuständigkeit are what the other side says, anew with each log-in. Their
// names begin with "oidc-", which add_account refuses, so that nobody can take over an account by choosing its name there.
bool is_foreign(std::string_view name);
struct Arrival {
  std::string name;
  std::string person;
  std::optional<domain::Role> role;  // none: no rights any more; a known account loses its Zuständigkeit
  std::string scope;
};
// Makes or changes the account. Problems: account_locked, arrival_without_rights.
base::Result<domain::Account> arrive(Workspace& workspace, const Arrival& arrival);

// Problem account_unknown.
base::Result<domain::Account> lock_account(Workspace& workspace, const std::string& name, bool locked);
base::Result<domain::Account> change_password(Workspace& workspace, const std::string& name, const std::string& password_hash);

// An empty address ends the mails. Problems: account_unknown, mail_invalid.
base::Result<domain::Account> change_mail(Workspace& workspace, const std::string& name, const std::string& mail);

const domain::Account* find_account(const std::vector<domain::Account>& accounts, std::string_view name);

// May the account see that agreement? By its Jobcenter; a Land's by the Land; a federal one by all.
bool covers(const domain::Scope& scope, const Workspace& workspace, const domain::StoredAgreement& stored, const domain::TargetAgreement& terms);

}  // namespace zielwerk::app
