// Answers kept for as long as the store stays as it is: the same question of the same Zuständigkeit is answered with the same bytes,
// packed once. All methods may be called from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/overview.h"
#include "server/http.h"

namespace zielwerk::server {

class Kept {
 public:
  // `state` says another number whenever anybody changed the store, the console included; it is called by one thread at a time.
  explicit Kept(std::function<std::uint64_t()> state, std::size_t most_bytes = std::size_t{16} << 20) : state_(std::move(state)), most_bytes_(most_bytes) {}

  // What was kept for that key, or what `answer` says, packed for this request; only answers with status 200 are kept.
  Response answer(const Request& request, const std::string& key, const std::function<Response()>& answer);

  // The evaluated view of a month and Ladestand, for all accounts. Whoever comes while it is made waits for it.
  base::Result<std::shared_ptr<const app::Overview>> overview(const std::string& key, const std::function<base::Result<app::Overview>()>& make);

 private:
  struct One {
    std::string key;
    std::uint64_t state = 0;
    Response response;
  };
  static std::size_t size(const One& one) { return one.response.body.size() + 2 * one.key.size() + 512; }
  std::uint64_t state_now();
  void keep(const std::string& key, std::uint64_t state, const Response& response);
  void drop_last();

  std::function<std::uint64_t()> state_;
  std::size_t most_bytes_;
  std::mutex state_mutex_;
  std::mutex mutex_;
  std::list<One> answers_;  // the last asked first
  std::map<std::string, std::list<One>::iterator> by_key_;
  std::size_t bytes_ = 0;

  std::mutex making_;
  std::map<std::string, std::pair<std::uint64_t, std::shared_ptr<const app::Overview>>> overviews_;
};

}  // namespace zielwerk::server
