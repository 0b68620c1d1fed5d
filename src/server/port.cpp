#include "server/port.h"

#include <fmt/format.h>

#include "base/problem.h"

namespace zielwerk::server {

namespace asio = boost::asio;
using asio::ip::tcp;

tcp::acceptor open_port(asio::io_context& io, const Config& config) {
  try {
    const tcp::endpoint endpoint(asio::ip::make_address(config.address), config.port);
    tcp::acceptor acceptor(io);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
    return acceptor;
  } catch (const boost::system::system_error& error) {
    throw base::EnvironmentError(fmt::format("Der Anschluss {}:{} lässt sich nicht öffnen ({}).", config.address, config.port, error.code().message()));
  }
}

std::unique_ptr<asio::ssl::context> own_tls(const Config& config) {
  if (!config.tls()) return nullptr;
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  try {
    tls->use_certificate_chain_file(config.certificate);
    tls->use_private_key_file(config.key, asio::ssl::context::pem);
  } catch (const boost::system::system_error& error) {
    throw base::EnvironmentError(fmt::format("Zertifikat {} oder Schlüssel {} lassen sich nicht verwenden ({}).", config.certificate, config.key, error.code().message()));
  }
  return tls;
}

}  // namespace zielwerk::server
