// A story of up to eight changes by logged-in people of several sides: drafts corrected, shared, commented, confirmed; acts of the steering
// year; keys, log-ins, deliveries. Each, separated by lines of "--": WHO METHOD TARGET [VERSION] in one line, then the body. {entwurf} is a draft of the Jobcenter.
// Whatever is sent: what is refused changes nothing, draft and steering file can be read afterwards, and the record stays whole.
#include <boost/json.hpp>

#include "app/audit.h"
#include "app/drafts.h"
#include "app/reading.h"
#include "base/text.h"
#include "house.h"

using namespace zielwerk;

namespace {

server::Request request_of(const std::vector<std::string>& words, std::string_view body, const std::string& draft) {
  server::Request request;
  request.peer = "127.0.0.1";  // not counted, so that one story does not lock out the next
  request.method = words[1];
  request.target = words[2];
  if (const auto at = request.target.find("{entwurf}"); at != std::string::npos) request.target.replace(at, 9, draft);
  request.headers["content-type"] = request.target.find("/deliveries") != std::string::npos ? "text/csv" : "application/json";
  if (words.size() > 3) request.headers["if-match"] = words[3];
  request.body = body;
  return request;
}

void expect(bool holds, const char* what) {
  if (holds) return;
  fmt::print(stderr, "{}\n", what);
  std::abort();
}

std::string new_draft(app::Workspace& workspace) {
  static const auto paper = app::read_paper(workspace, ZIELWERK_ROOT "/agreements/texte/lippe_2021.txt", {});
  const domain::Account account{"controlling", "A. Beispiel", domain::Role::Controlling, "33148", "", false, ""};
  return app::keep_draft(workspace, {account, *domain::Scope::parse("33148", workspace.directory())}, paper->draft, {})->id;
}

int asked(fuzz::House& house, const char* who, const std::string& path) {
  server::Request request;
  request.method = "GET";
  request.target = request.path = path;
  house.act_as(request, who);
  return house.ask(request).status;
}

void can_be_read(fuzz::House& house, const std::string& draft) {
  const auto address = "/api/v1/drafts/" + draft;
  expect(asked(house, "controlling", address) == 200, "the draft can no longer be read");
  for (const char* what : {"/document", "/docx", "/differences"}) asked(house, "controlling", address + what);
  for (const char* side : {"controlling", "ministerium"}) expect(asked(house, side, "/api/v1/agreements/33148-2021/steering") == 200, "the steering file can no longer be read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::unique_ptr<fuzz::House> house;
  static std::string draft;
  static int stories = 0;  // that changed something
  if (!house) house = std::make_unique<fuzz::House>();
  auto& workspace = house->workspace;
  if (draft.empty()) draft = new_draft(workspace);
  for (const auto& account : workspace.store().accounts()) house->throttle.succeeded(account.name);
  const auto begin = workspace.store().state();
  std::string_view story(reinterpret_cast<const char*>(data), size);
  for (int step = 0; step < 8 && !story.empty(); ++step) {
    auto part = fuzz::until(story, "\n--\n");
    const auto words = base::split(fuzz::until(part, "\n"), ' ');
    if (words.size() < 3) continue;
    auto request = request_of(words, part, draft);
    if (!server::split_target(request)) continue;
    house->act_as(request, words[0]);
    if (fuzz::too_slow(request, workspace)) continue;
    const auto before = workspace.store().state();
    const auto response = house->ask(request);
    expect(response.status < 400 || workspace.store().state() == before, "what was refused changed the store");
  }
  if (workspace.store().state() == begin) return 0;
  can_be_read(*house, draft);
  draft.clear();
  if (++stories % 100 == 0) {
    expect(app::verify_audit(workspace).findings.empty(), "the record is broken");
    house.reset();
  }
  return 0;
}
