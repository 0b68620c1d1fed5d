// Who is logged in, and who tried too often. Both live in the process only: after a restart everybody logs in anew, and no token is ever
// written anywhere. All methods may be called from any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace zielwerk::server {

using Instant = std::chrono::steady_clock::time_point;

struct Session {
  std::string account;
  std::string csrf;  // what a page sends with every change; never in a cookie
  std::string signed_with;  // the password hash at log-in: a changed password ends the session
  Instant began;
  Instant seen;
};

class Sessions {
 public:
  Sessions(std::chrono::minutes idle, std::chrono::minutes longest) : idle_(idle), longest_(longest) {}

  // A new token, whatever the browser sent before.
  std::string begin(const std::string& account, const std::string& password_hash, Instant now);
  std::optional<Session> find(const std::string& token, Instant now);  // and notes that it was seen
  void end(const std::string& token);
  void end_all(const std::string& account);
  int count(const std::string& account, Instant now);

 private:
  std::chrono::minutes idle_;
  std::chrono::minutes longest_;
  std::mutex mutex_;
  std::map<std::string, Session> sessions_;  // by the hash of the token
};

// After five failures for one name, or thirty from one address, within a quarter of an hour: wait. A success forgets the name's failures.
class Throttle {
 public:
  // Seconds to wait; 0: go on. An empty `peer` is not counted.
  int wait(const std::string& name, const std::string& peer, Instant now);
  void failed(const std::string& name, const std::string& peer, Instant now);
  void succeeded(const std::string& name);

 private:
  struct Count {
    int failures = 0;
    Instant first;
  };
  static int left(const std::map<std::string, Count>& counts, const std::string& key, int most, Instant now);
  static void count(std::map<std::string, Count>& counts, const std::string& key, Instant now);

  std::mutex mutex_;
  std::map<std::string, Count> names_;
  std::map<std::string, Count> peers_;
};

}  // namespace zielwerk::server
