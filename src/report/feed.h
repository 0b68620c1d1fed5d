// Atom (RFC 4287): what is due as a feed. An entry keeps its id for as long as the duty stands.
#pragma once

#include <string>
#include <vector>

namespace zielwerk::report {

struct FeedEntry {
  std::string key;      // what makes it this entry and no other, among all of the program; its id is made of it
  std::string title;
  std::string text;
  std::string updated;  // a day
  std::string link;     // may be empty
};

struct Feed {
  std::string key;
  std::string title;
  std::string link;  // of the feed itself; may be empty
  std::vector<FeedEntry> entries;
};

// The same entries give the same characters; without any, the feed is as old as `today`.
std::string atom(const Feed& feed, const std::string& today);

}  // namespace zielwerk::report
