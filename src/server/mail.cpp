#include "server/mail.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>

#include <curl/curl.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include "base/text.h"

namespace zielwerk::server {
namespace {

constexpr long connect_seconds = 20;
constexpr long whole_seconds = 60;

// "Sat, 03 Jul 2021 10:00:00 +0000" (RFC 5322)
std::string mail_date(const std::string& at) {
  using namespace std::chrono;
  constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const year_month_day day{year(std::stoi(at.substr(0, 4))), month(static_cast<unsigned>(std::stoi(at.substr(5, 2)))), std::chrono::day(static_cast<unsigned>(std::stoi(at.substr(8, 2))))};
  return fmt::format("{}, {} {} {} {} +0000", days[weekday(sys_days(day)).c_encoding()], at.substr(8, 2), months[static_cast<unsigned>(day.month()) - 1], at.substr(0, 4), at.substr(11, 8));
}

// Loaded by whoever sends mail: libcurl brings two dozen libraries along, and every start of the program would wait for them.
class Curl {
  void* library_ = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  template <class Function>
  Function find(const char* name) const {
    auto* found = library_ ? ::dlsym(library_, name) : nullptr;
    if (!found) throw base::EnvironmentError(fmt::format("Für Mails fehlt die Bibliothek libcurl.so.4 (Debian-Paket libcurl4), erwartet mit der Funktion {}.", name));
    return reinterpret_cast<Function>(found);
  }

 public:
  decltype(&curl_global_init) global_init = find<decltype(&curl_global_init)>("curl_global_init");
  decltype(&curl_easy_init) easy_init = find<decltype(&curl_easy_init)>("curl_easy_init");
  decltype(&curl_easy_cleanup) easy_cleanup = find<decltype(&curl_easy_cleanup)>("curl_easy_cleanup");
  decltype(&curl_easy_setopt) easy_setopt = find<decltype(&curl_easy_setopt)>("curl_easy_setopt");
  decltype(&curl_easy_perform) easy_perform = find<decltype(&curl_easy_perform)>("curl_easy_perform");
  decltype(&curl_easy_strerror) easy_strerror = find<decltype(&curl_easy_strerror)>("curl_easy_strerror");
  decltype(&curl_mime_init) mime_init = find<decltype(&curl_mime_init)>("curl_mime_init");
  decltype(&curl_mime_free) mime_free = find<decltype(&curl_mime_free)>("curl_mime_free");
  decltype(&curl_mime_addpart) mime_addpart = find<decltype(&curl_mime_addpart)>("curl_mime_addpart");
  decltype(&curl_mime_data) mime_data = find<decltype(&curl_mime_data)>("curl_mime_data");
  decltype(&curl_mime_type) mime_type = find<decltype(&curl_mime_type)>("curl_mime_type");
  decltype(&curl_mime_encoder) mime_encoder = find<decltype(&curl_mime_encoder)>("curl_mime_encoder");
  decltype(&curl_slist_append) slist_append = find<decltype(&curl_slist_append)>("curl_slist_append");
  decltype(&curl_slist_free_all) slist_free_all = find<decltype(&curl_slist_free_all)>("curl_slist_free_all");
};

// What went wrong, in German where it is known; what the line or the server said stands behind it.
const char* in_words(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return "der Mailserver ist nicht zu erreichen";
    case CURLE_OPERATION_TIMEDOUT: return "der Mailserver antwortete nicht rechtzeitig";
    case CURLE_PEER_FAILED_VERIFICATION: return "das Zertifikat des Mailservers gilt hier nicht; geschickt wurde nichts";
    case CURLE_USE_SSL_FAILED: return "der Mailserver bietet kein TLS an; geschickt wurde nichts";
    case CURLE_LOGIN_DENIED: return "der Mailserver lehnt die Anmeldung ab; erwartet sind mail.user und $ZIELWERK_MAIL_PASSWORD";
    default: return "der Mailserver nahm sie nicht an";
  }
}

struct Lists {
  const Curl& api;
  curl_slist* head = nullptr;
  curl_slist* to = nullptr;
  ~Lists() {
    api.slist_free_all(head);
    api.slist_free_all(to);
  }
};

}  // namespace

tl::expected<void, base::Problem> send_mail(const MailConfig& config, const MailMessage& message) {
  static const Curl api;
  static const auto ready = api.global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(api.easy_init(), api.easy_cleanup);
  base::ensure(ready == CURLE_OK && curl, "libcurl starts");
  const std::unique_ptr<curl_mime, void (*)(curl_mime*)> body(api.mime_init(curl.get()), api.mime_free);
  auto* part = api.mime_addpart(body.get());
  api.mime_data(part, message.text.data(), message.text.size());
  api.mime_type(part, "text/plain; charset=utf-8");
  api.mime_encoder(part, "quoted-printable");

  Lists lists{api};
  const auto domain = config.from.substr(config.from.find('@') + 1);
  for (const auto& line : {"Date: " + mail_date(message.at), "From: Zielwerk <" + config.from + ">", "To: <" + message.to + ">", "Subject: " + message.subject,
                           fmt::format("Message-ID: <{}@{}>", message.id, domain), std::string("Auto-Submitted: auto-generated")}) {
    lists.head = api.slist_append(lists.head, line.c_str());
  }
  lists.to = api.slist_append(nullptr, message.to.c_str());

  std::array<char, CURL_ERROR_SIZE> why{};
  const auto set = [&](CURLoption option, auto value) { api.easy_setopt(curl.get(), option, value); };
  set(CURLOPT_URL, config.server.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_USE_SSL, config.tls ? static_cast<long>(CURLUSESSL_ALL) : static_cast<long>(CURLUSESSL_NONE));
  // Who certifies: those of the system, or those OpenSSL is told of.
  if (const char* authorities = std::getenv("SSL_CERT_FILE")) set(CURLOPT_CAINFO, authorities);
  set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(CURLOPT_TIMEOUT, whole_seconds);
  set(CURLOPT_NOSIGNAL, 1L);
  if (!config.user.empty()) {
    set(CURLOPT_USERNAME, config.user.c_str());
    set(CURLOPT_PASSWORD, config.password.c_str());
  }
  set(CURLOPT_MAIL_FROM, config.from.c_str());
  set(CURLOPT_MAIL_RCPT, lists.to);
  set(CURLOPT_HTTPHEADER, lists.head);
  set(CURLOPT_MIMEPOST, body.get());
  set(CURLOPT_ERRORBUFFER, why.data());
  const auto code = api.easy_perform(curl.get());
  if (code == CURLE_OK) return {};
  const std::string reason = why.front() != '\0' ? why.data() : api.easy_strerror(code);
  return tl::unexpected(base::Problem{"mail_not_sent", fmt::format("Die Mail an {} ging nicht hinaus: {} ({}). Der nächste Lauf versucht es wieder.", message.to, in_words(code), base::quoted(reason)), config.server});
}

}  // namespace zielwerk::server
