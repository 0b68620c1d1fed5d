#include "server/sessions.h"

#include <algorithm>

#include "documents/input_file.h"
#include "server/passwords.h"

namespace zielwerk::server {
namespace {

constexpr std::chrono::minutes window{15};
constexpr int most_per_name = 5;
constexpr int most_per_peer = 30;
constexpr std::size_t most_counts = 10'000;  // made-up names must not fill memory

}  // namespace

std::string Sessions::begin(const std::string& account, const std::string& password_hash, Instant now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& one) { return now - one.second.seen > idle_ || now - one.second.began > longest_; });
  auto token = random_token();
  sessions_[documents::sha256(token)] = {account, random_token(), password_hash, now, now};
  return token;
}

std::optional<Session> Sessions::find(const std::string& token, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(documents::sha256(token));
  if (found == sessions_.end()) return std::nullopt;
  if (now - found->second.seen > idle_ || now - found->second.began > longest_) {
    sessions_.erase(found);
    return std::nullopt;
  }
  found->second.seen = now;
  return found->second;
}

void Sessions::end(const std::string& token) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(documents::sha256(token));
}

void Sessions::end_all(const std::string& account) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& one) { return one.second.account == account; });
}

int Sessions::count(const std::string& account, Instant now) {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::count_if(sessions_.begin(), sessions_.end(), [&](const auto& one) { return one.second.account == account && now - one.second.seen <= idle_ && now - one.second.began <= longest_; }));
}

int Throttle::left(const std::map<std::string, Count>& counts, const std::string& key, int most, Instant now) {
  const auto found = counts.find(key);
  if (found == counts.end() || found->second.failures < most || now - found->second.first >= window) return 0;
  return static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(window - (now - found->second.first)).count()) + 1;
}

void Throttle::count(std::map<std::string, Count>& counts, const std::string& key, Instant now) {
  std::erase_if(counts, [&](const auto& one) { return now - one.second.first >= window; });
  if (counts.size() >= most_counts && !counts.contains(key)) return;
  auto& one = counts[key];
  if (one.failures == 0) one.first = now;
  ++one.failures;
}

int Throttle::wait(const std::string& name, const std::string& peer, Instant now) {
  const std::lock_guard lock(mutex_);
  return std::max(left(names_, name, most_per_name, now), peer.empty() ? 0 : left(peers_, peer, most_per_peer, now));
}

void Throttle::failed(const std::string& name, const std::string& peer, Instant now) {
  const std::lock_guard lock(mutex_);
  count(names_, name, now);
  if (!peer.empty()) count(peers_, peer, now);
}

void Throttle::succeeded(const std::string& name) {
  const std::lock_guard lock(mutex_);
  names_.erase(name);
}

}  // namespace zielwerk::server
