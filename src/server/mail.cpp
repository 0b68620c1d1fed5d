#include "server/mail.h"

#include <array>
#include <chrono>
#include <memory>

#include <curl/curl.h>
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

struct Lists {
  curl_slist* head = nullptr;
  curl_slist* to = nullptr;
  ~Lists() {
    curl_slist_free_all(head);
    curl_slist_free_all(to);
  }
};

}  // namespace

tl::expected<void, base::Problem> send_mail(const MailConfig& config, const MailMessage& message) {
  static const auto ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  base::ensure(ready == CURLE_OK && curl, "libcurl starts");
  const std::unique_ptr<curl_mime, void (*)(curl_mime*)> body(curl_mime_init(curl.get()), curl_mime_free);
  auto* part = curl_mime_addpart(body.get());
  curl_mime_data(part, message.text.data(), message.text.size());
  curl_mime_type(part, "text/plain; charset=utf-8");
  curl_mime_encoder(part, "quoted-printable");

  Lists lists;
  const auto domain = config.from.substr(config.from.find('@') + 1);
  for (const auto& line : {"Date: " + mail_date(message.at), "From: Zielwerk <" + config.from + ">", "To: <" + message.to + ">", "Subject: " + message.subject,
                           fmt::format("Message-ID: <{}@{}>", message.id, domain), std::string("Auto-Submitted: auto-generated")}) {
    lists.head = curl_slist_append(lists.head, line.c_str());
  }
  lists.to = curl_slist_append(nullptr, message.to.c_str());

  std::array<char, CURL_ERROR_SIZE> why{};
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
  set(CURLOPT_URL, config.server.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_USE_SSL, config.tls ? static_cast<long>(CURLUSESSL_ALL) : static_cast<long>(CURLUSESSL_NONE));
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
  const auto code = curl_easy_perform(curl.get());
  if (code == CURLE_OK) return {};
  const std::string reason = why.front() != '\0' ? why.data() : curl_easy_strerror(code);
  return tl::unexpected(base::Problem{"mail_not_sent", fmt::format("Die Mail an {} ging nicht hinaus ({}); der nächste Lauf versucht es wieder.", message.to, base::quoted(reason)), config.server});
}

}  // namespace zielwerk::server
