// Mails by SMTP: the one place that sends any.
#pragma once

#include <string>

#include "base/problem.h"

namespace zielwerk::server {

struct MailConfig {
  std::string server;  // "smtp://mail.example.org:587" (STARTTLS) or "smtps://…:465"; empty: no mail is sent
  std::string from;    // address
  std::string user;    // empty: no log-in
  std::string password;  // $ZIELWERK_MAIL_PASSWORD
  bool tls = true;       // false only for a server on this machine
};

struct MailMessage {
  std::string to;
  std::string subject;  // ASCII
  std::string text;     // UTF-8
  std::string at;       // UTC, ISO 8601
  std::string id;       // left part of the Message-ID
};

// Returns when the server has taken it. Problem mail_not_sent, with what the server or the line said.
tl::expected<void, base::Problem> send_mail(const MailConfig& config, const MailMessage& message);

}  // namespace zielwerk::server
