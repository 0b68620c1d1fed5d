#include "app/rights.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "report/calendar.h"

namespace zielwerk::app {
namespace {

using domain::Account;
using domain::Role;

struct Row {
  Role role;
  std::array<bool, 10> may;  // in the order of Right
};

// The administration of accounts sees no content; the revision sees everything that binds and changes nothing. Drafts and acts are for those
// who sit at a side (domain::Side).
constexpr std::array<Row, 8> table = {{
    //                     figures agreements deliveries take   drafts confirm steer  audit  accounts manage
    {Role::Ministry,       {true,  true,      true,      true,  true,  true,   true,  false, false, false}},
    {Role::Agency,         {true,  true,      true,      false, true,  true,   true,  false, false, false}},
    {Role::Municipality,   {true,  true,      true,      false, true,  true,   true,  false, false, false}},
    {Role::Controlling,    {true,  true,      true,      true,  true,  true,   true,  false, false, false}},
    {Role::Management,     {true,  true,      true,      false, true,  true,   true,  false, false, false}},
    {Role::Committee,      {true,  true,      false,     false, false, false,  false, false, false, false}},
    {Role::Audit,          {true,  true,      true,      false, false, false,  false, true,  true, false}},
    {Role::Administration, {false, false,     false,     false, false, false,  false, false, true, true}},
}};

bool valid_name(const std::string& name) {
  return name.size() >= 2 && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

base::Problem unknown(const std::string& name) { return {"account_unknown", fmt::format("Ein Konto {} gibt es nicht.", base::quoted(name)), ""}; }
base::Problem foreign() { return {"account_foreign", "Kennwort, Person, Rolle und Zuständigkeit dieses Kontos kommen vom Anmeldedienst; hier lässt es sich nur sperren.", ""}; }

base::Result<Account> change(Workspace& workspace, const std::string& name, const std::string& action, const std::function<void(Account&)>& work) {
  base::Result<Account> changed = tl::unexpected(unknown(name));
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    const auto accounts = store.accounts();
    const auto* found = find_account(accounts, name);
    if (!found) return std::nullopt;
    auto account = *found;
    work(account);
    account.changed_at = workspace.now();
    store.keep(account);
    changed = account;
    return Workspace::Change{action, name, ""};
  });
  return changed;
}

// Takes over what fits; all that does not is a problem.
void set(Account& account, const AccountChange& wanted, const domain::Directory& directory, base::Problems& problems) {
  if (wanted.locked) account.locked = *wanted.locked;
  if (wanted.person) {
    account.person = base::trim(*wanted.person);
    if (!base::fits_a_line(account.person)) problems.push_back({"person_invalid", "Der Name der Person fehlt oder passt nicht; erwartet sind 1 bis 80 Zeichen ohne Zeilenumbruch.", "person"});
  }
  if (wanted.role) {
    std::vector<std::string> known;
    for (const auto one : domain::all_roles()) known.push_back(domain::code(one));
    const auto role = domain::parse_role(*wanted.role);
    if (!role) problems.push_back({"role_unknown", fmt::format("Die Rolle {} gibt es nicht; es gibt {}.", base::quoted(*wanted.role), base::join(known, ", ")), "rolle"});
    account.role = role.value_or(account.role);
  }
  if (wanted.scope) {
    const auto scope = domain::Scope::parse(*wanted.scope, directory);
    if (!scope) problems.push_back({"scope_unknown", fmt::format("{} ist keine Zuständigkeit; erwartet ist „alle“, ein Land wie NW oder Trägernummern, durch Kommas getrennt.", base::quoted(*wanted.scope)), "zustaendigkeit"});
    else account.scope = scope->text();
  }
}

std::string standing(const Account& account) { return fmt::format("{}, {}", domain::code(account.role), account.scope.empty() ? "keine Zuständigkeit" : account.scope); }

}  // namespace

bool may(Role role, Right right) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const Row& one) { return one.role == role; });
  return row->may[static_cast<std::size_t>(right)];
}

base::Checked<Account> add_account(Workspace& workspace, const NewAccount& wanted) {
  base::Problems problems;
  if (!valid_name(wanted.name)) {
    problems.push_back({"account_name_invalid", fmt::format("{} taugt nicht als Name eines Kontos; erwartet sind 2 bis 40 Zeichen aus a–z, 0–9, Punkt, Strich.", base::quoted(wanted.name)), "konto"});
  }
  if (is_foreign(wanted.name)) problems.push_back({"account_name_invalid", "Namen, die mit oidc- beginnen, gehören den Konten der Anmeldung von außen.", "konto"});
  Account account{wanted.name, "", domain::Role::Committee, "", wanted.password_hash, false, workspace.now()};
  if (wanted.first_password) account.first_password_until = days_later(account.changed_at, first_password_days);
  set(account, {wanted.person, wanted.role, wanted.scope, {}}, workspace.directory(), problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  bool taken = false;
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    const auto accounts = store.accounts();
    taken = find_account(accounts, wanted.name) != nullptr;
    if (taken) return std::nullopt;
    store.keep(account);
    return Workspace::Change{"konto.anlegen", account.name, standing(account)};
  });
  if (taken) return base::problems({"account_exists", fmt::format("Das Konto {} gibt es schon.", base::quoted(wanted.name)), ""});
  return account;
}

base::Checked<Account> change_account(Workspace& workspace, const std::string& by, const std::string& name, const AccountChange& wanted) {
  base::Problems problems;
  Account account;
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    const auto accounts = store.accounts();
    const auto* found = find_account(accounts, name);
    const auto* administrator = find_account(accounts, by);
    if (!found) return problems.push_back(unknown(name)), std::nullopt;
    account = *found;
    if (name == by) problems.push_back({"own_account", "Das eigene Konto ändert ein anderes Konto der Benutzerverwaltung; so bleibt immer eines.", ""});
    if (!administrator || administrator->locked || administrator->scope != "alle" || !may(administrator->role, Right::ManageAccounts)) problems.push_back({"right_missing", "Dieses Konto darf keine Konten mehr ändern.", ""});
    if (is_foreign(name) && (wanted.person || wanted.role || wanted.scope)) problems.push_back(foreign());
    set(account, wanted, workspace.directory(), problems);
    const bool same = account.person == found->person && account.locked == found->locked && standing(account) == standing(*found);
    if (!problems.empty() || same) return std::nullopt;
    account.changed_at = workspace.now();
    store.keep(account);
    return Workspace::Change{account.locked == found->locked ? "konto.aendern" : account.locked ? "konto.sperren" : "konto.entsperren", name, standing(account)};
  });
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return account;
}

base::Result<Account> give_first_password(Workspace& workspace, const std::string& name, const std::string& password_hash) {
  if (is_foreign(name)) return tl::unexpected(foreign());
  return change(workspace, name, "konto.erstkennwort", [&](Account& account) {
    account.password_hash = password_hash;
    account.first_password_until = days_later(workspace.now(), first_password_days);
  });
}

bool is_foreign(std::string_view name) { return name.starts_with("oidc-"); }

base::Result<Account> arrive(Workspace& workspace, const Arrival& arrival) {
  base::Result<Account> arrived = base::problem("arrival_without_rights", "Die Anmeldung gelang, aber keine der Gruppen hat hier Rechte.");
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    const auto accounts = store.accounts();
    const auto* known = find_account(accounts, arrival.name);
    if (known && known->locked) {
      arrived = base::problem("account_locked", "Dieses Konto ist gesperrt.");
      return std::nullopt;
    }
    if (!known && !arrival.role) return std::nullopt;
    Account account = known ? *known : Account{arrival.name, "", *arrival.role, "", "", false, ""};
    account.person = arrival.person;
    account.role = arrival.role.value_or(account.role);
    account.scope = arrival.role ? arrival.scope : "";
    if (known && known->person == account.person && known->role == account.role && known->scope == account.scope) {
      if (arrival.role) arrived = account;
      return std::nullopt;
    }
    account.changed_at = workspace.now();
    store.keep(account);
    if (arrival.role) arrived = account;
    return Workspace::Change{known ? "konto.abgleichen" : "konto.anlegen", account.name, standing(account)};
  });
  return arrived;
}

base::Result<Account> lock_account(Workspace& workspace, const std::string& name, bool locked) {
  return change(workspace, name, locked ? "konto.sperren" : "konto.entsperren", [&](Account& account) { account.locked = locked; });
}

base::Result<Account> change_password(Workspace& workspace, const std::string& name, const std::string& password_hash) {
  return change(workspace, name, "konto.kennwort", [&](Account& account) {
    account.password_hash = password_hash;
    account.first_password_until.clear();
  });
}

base::Result<Account> change_mail(Workspace& workspace, const std::string& name, const std::string& mail) {
  if (!mail.empty() && !report::is_mail_address(mail)) return base::problem("mail_invalid", fmt::format("{} ist keine Mailadresse; erwartet ist eine wie a.beispiel@example.org.", base::quoted(mail)));
  return change(workspace, name, "konto.mail", [&](Account& account) {
    if (account.mail != mail) account.digest.clear();
    account.mail = mail;
  });
}

const Account* find_account(const std::vector<Account>& accounts, std::string_view name) {
  const auto found = std::find_if(accounts.begin(), accounts.end(), [&](const auto& one) { return one.name == name; });
  return found == accounts.end() ? nullptr : &*found;
}

bool covers(const domain::Scope& scope, const Workspace& workspace, const domain::StoredAgreement& stored, const domain::TargetAgreement& terms) {
  if (stored.jobcenter) return scope.covers(*stored.jobcenter, workspace.directory());
  return terms.state.empty() || terms.state == "DE" ? scope.everything() : scope.covers_land(terms.state);
}

}  // namespace zielwerk::app
