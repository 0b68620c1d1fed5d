#include "server/assets.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace zielwerk::server {
namespace {

struct File {
  const char* path;
  const char* type;
  bool packed;  // also as .br and .gz
};
constexpr std::array<File, 6> files = {{{"/index.html", "text/html; charset=utf-8", true},
                                        {"/app.js", "text/javascript; charset=utf-8", true},
                                        {"/app.css", "text/css; charset=utf-8", true},
                                        {"/icon.svg", "image/svg+xml", true},
                                        {"/fira-sans-400.woff2", "font/woff2", false},
                                        {"/fira-sans-600.woff2", "font/woff2", false}}};

bool is_page(const std::string& path) {
  const auto given = base::split(path, '/');
  return std::any_of(page_addresses().begin(), page_addresses().end(), [&](const std::string& page) {
    const auto wanted = base::split(page, '/');
    return wanted.size() == given.size() &&
           std::equal(wanted.begin(), wanted.end(), given.begin(), [](const auto& a, const auto& b) { return a == b || (a == "*" && !b.empty()); });
  });
}

}  // namespace

const std::vector<std::string>& page_addresses() {
  static const std::vector<std::string> all = {"/", "/anmelden", "/jobcenter/*", "/vereinbarung/*/ziel/*", "/vereinbarung/*", "/vereinbarungen", "/entwurf/*", "/konten", "/kennwort", "/vergleich", "/lieferungen", "/protokoll", "/schnittstelle", "/zugaenge", "/oeffentlich", "/steuerung", "/steuerung/*"};
  return all;
}

std::optional<Response> find_asset(const Request& request) {
  const auto path = is_page(request.path) ? std::string("/index.html") : request.path;
  const auto file = std::find_if(files.begin(), files.end(), [&](const File& one) { return one.path == path; });
  if (file == files.end()) return std::nullopt;
  Response response;
  response.type = file->type;
  const auto name = path.substr(1);
  const char* coding = !file->packed ? nullptr : accepts(request, "br") ? "br" : accepts(request, "gzip") ? "gzip" : nullptr;
  response.body = web_file(coding == nullptr ? name : name + (coding == std::string_view("br") ? ".br" : ".gz"));
  if (coding != nullptr) response.headers.emplace_back("Content-Encoding", coding);
  if (file->packed) response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

}  // namespace zielwerk::server
