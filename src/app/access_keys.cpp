#include "app/access_keys.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/rights.h"
#include "base/text.h"

namespace zielwerk::app {
namespace {

constexpr std::size_t most_keys = 20;

bool good(const domain::AccessKey& key, const std::string& now) { return key.ended_at.empty() && now < key.expires_at; }

}  // namespace

base::Checked<domain::AccessKey> make_access_key(Workspace& workspace, const NewAccessKey& wanted) {
  base::Problems problems;
  const auto longest = is_foreign(wanted.account) ? longest_foreign_key_days : longest_key_days;
  if (!base::fits_a_line(wanted.purpose)) problems.push_back({"purpose_invalid", "Der Zweck fehlt oder passt nicht; erwartet sind 1 bis 80 Zeichen ohne Zeilenumbruch.", "zweck"});
  if (wanted.days < 1 || wanted.days > longest) {
    problems.push_back({"days_invalid", fmt::format("Die Dauer {} passt nicht; erwartet sind 1 bis {} Tage.", wanted.days, longest), "tage"});
  }
  domain::AccessKey key{wanted.hash.substr(0, 12), wanted.account, std::string(base::trim(wanted.purpose)), wanted.hash, workspace.now(), "", ""};
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    const auto accounts = store.accounts();
    const auto* account = find_account(accounts, wanted.account);
    if (!account) problems.push_back({"account_unknown", fmt::format("Ein Konto {} gibt es nicht.", base::quoted(wanted.account)), ""});
    if (account && account->locked) problems.push_back({"account_locked", fmt::format("Das Konto {} ist gesperrt.", base::quoted(wanted.account)), ""});
    const auto keys = store.access_keys();
    if (std::count_if(keys.begin(), keys.end(), [&](const auto& one) { return one.account == wanted.account && good(one, key.made_at); }) >= std::ptrdiff_t{most_keys}) {
      problems.push_back({"keys_too_many", fmt::format("Das Konto hat schon {} Zugangsschlüssel; einer davon muss zuerst beendet werden.", most_keys), ""});
    }
    if (!problems.empty()) return std::nullopt;
    key.expires_at = days_later(key.made_at, wanted.days);
    store.keep(key);
    return Workspace::Change{"zugang.anlegen", key.id, fmt::format("{}: {}, bis {}", key.account, key.purpose, key.expires_at.substr(0, 10))};
  });
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return key;
}

base::Result<domain::AccessKey> end_access_key(Workspace& workspace, const std::string& id, const std::string& account) {
  base::Result<domain::AccessKey> ended = base::problem("access_key_unknown", fmt::format("Einen Zugangsschlüssel {} gibt es nicht.", base::quoted(id)));
  workspace.commit([&](store::Store& store) -> std::optional<Workspace::Change> {
    const auto keys = store.access_keys();
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& one) { return one.id == id && (account.empty() || one.account == account); });
    if (found == keys.end()) return std::nullopt;
    auto key = *found;
    ended = key;
    if (!key.ended_at.empty()) return std::nullopt;
    key.ended_at = workspace.now();
    store.keep(key);
    ended = key;
    return Workspace::Change{"zugang.beenden", key.id, fmt::format("{}: {}", key.account, key.purpose)};
  });
  return ended;
}

std::optional<KeyHolder> holder_of_key(const Workspace& workspace, const std::string& hash) {
  const auto keys = workspace.store().access_keys();
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const auto& one) { return one.hash == hash; });
  if (key == keys.end() || !good(*key, workspace.now())) return std::nullopt;
  const auto accounts = workspace.store().accounts();
  const auto* account = find_account(accounts, key->account);
  return account && !account->locked ? std::optional(KeyHolder{*account, key->id}) : std::nullopt;
}

}  // namespace zielwerk::app
