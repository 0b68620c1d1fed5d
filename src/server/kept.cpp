#include "server/kept.h"

#include "server/compression.h"

namespace zielwerk::server {

std::uint64_t Kept::state_now() {
  const std::lock_guard lock(state_mutex_);
  return state_();
}

void Kept::drop_last() {
  bytes_ -= size(answers_.back());
  by_key_.erase(answers_.back().key);
  answers_.pop_back();
}

void Kept::keep(const std::string& key, std::uint64_t state, const Response& response) {
  const std::lock_guard lock(mutex_);
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    bytes_ -= size(*known->second);
    answers_.erase(known->second);
    by_key_.erase(known);
  }
  answers_.push_front({key, state, response});
  by_key_[key] = answers_.begin();
  bytes_ += size(answers_.front());
  while (bytes_ > most_bytes_ && answers_.size() > 1) drop_last();
}

Response Kept::answer(const Request& request, const std::string& question, const std::function<Response()>& answer) {
  const auto key = question + (accepts(request, "br") ? " br" : accepts(request, "gzip") ? " gzip" : "");
  // Asked before the work: what changes meanwhile is noticed by the next one who asks.
  const auto state = state_now();
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found != by_key_.end() && found->second->state == state) {
      answers_.splice(answers_.begin(), answers_, found->second);
      return found->second->response;
    }
  }
  auto response = answer();
  if (response.status != 200) return response;
  pack(request, response);
  response.tag = fingerprint(response.body);
  keep(key, state, response);
  return response;
}

base::Result<std::shared_ptr<const app::Overview>> Kept::overview(const std::string& key, const std::function<base::Result<app::Overview>()>& make) {
  constexpr std::size_t most = 4;
  const std::lock_guard lock(making_);
  const auto state = state_now();
  std::erase_if(overviews_, [&](const auto& one) { return one.second.first != state; });
  if (const auto found = overviews_.find(key); found != overviews_.end()) return found->second.second;
  auto made = make();
  if (!made) return tl::unexpected(made.error());
  if (overviews_.size() >= most) overviews_.erase(overviews_.begin());
  auto shared = std::make_shared<const app::Overview>(std::move(*made));
  overviews_[key] = {state, shared};
  return shared;
}

}  // namespace zielwerk::server
