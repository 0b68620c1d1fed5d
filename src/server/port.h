// What the server listens with: its port, and the certificate of its own TLS.
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "server/config.h"

namespace zielwerk::server {

// Open from here on; port 0 is any free one. EnvironmentError names address and port if they are taken or not this machine's.
boost::asio::ip::tcp::acceptor open_port(boost::asio::io_context& io, const Config& config);

// TLS 1.2 and 1.3; nullptr where a proxy has it. EnvironmentError if certificate or key cannot be read or do not belong together.
std::unique_ptr<boost::asio::ssl::context> own_tls(const Config& config);

}  // namespace zielwerk::server
