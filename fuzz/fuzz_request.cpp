// A whole request without its socket: head, address, cookies, route, rights, body, handler. Whatever is sent, the answer is one the contract
// knows. First byte: who asks. Then METHOD, a blank, the target, lines of the head, an empty line, the body.
#include <boost/json.hpp>

#include "house.h"

using namespace zielwerk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto house = std::make_unique<fuzz::House>();
  static int count = 0;
  if (++count % 2000 == 0) house = std::make_unique<fuzz::House>();
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  server::Request request;
  request.peer = "203.0.113.7";
  request.method = fuzz::until(text, " ");
  request.target = fuzz::until(text, "\n");
  std::vector<std::pair<std::string, std::string>> head = {{"Host", "localhost:8080"}};
  for (auto line = fuzz::until(text, "\n"); !line.empty(); line = fuzz::until(text, "\n")) {
    const auto name = fuzz::until(line, ": ");
    head.emplace_back(name, line);
  }
  if (server::head_refused(request, head, {"localhost:8080"})) return 0;
  request.body = text;
  const auto roles = domain::all_roles();
  const auto who = data[0] % (roles.size() + 2);
  house->act_as(request, who < roles.size() ? domain::code(roles[who]) : who == roles.size() ? "programm" : "");
  if (!fuzz::too_slow(request, house->workspace)) house->ask(request);
  return 0;
}
