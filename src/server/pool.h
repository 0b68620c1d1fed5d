// Workspaces for the workers, made when needed, used by one at a time.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "server/server.h"

namespace zielwerk::server {

class Pool {
 public:
  explicit Pool(const OpenWorkspace& open) : open_(open) {}
  std::unique_ptr<app::Workspace> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto one = std::move(free_.back());
        free_.pop_back();
        return one;
      }
    }
    return open_();
  }
  void give_back(std::unique_ptr<app::Workspace> one) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(one));
  }

 private:
  const OpenWorkspace& open_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<app::Workspace>> free_;
};

}  // namespace zielwerk::server
