#include "server/fetch.h"

#include <chrono>
#include <future>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/url.hpp>
#include <fmt/format.h>

#include "base/problem.h"

namespace zielwerk::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace urls = boost::urls;
using asio::awaitable;
using asio::use_awaitable;

constexpr std::chrono::seconds patience{10};
constexpr std::uint64_t most = std::uint64_t{1} << 20;

http::request<http::string_body> as_http(const FetchRequest& wanted, const urls::url_view& url) {
  http::request<http::string_body> request{wanted.form.empty() ? http::verb::get : http::verb::post, url.encoded_target().empty() ? "/" : std::string(url.encoded_target()), 11};
  request.set(http::field::host, std::string(url.encoded_host_and_port()));
  request.set(http::field::accept, "application/json");
  if (!wanted.authorization.empty()) request.set(http::field::authorization, wanted.authorization);
  if (!wanted.form.empty()) request.set(http::field::content_type, "application/x-www-form-urlencoded");
  request.body() = wanted.form;
  request.prepare_payload();
  return request;
}

template <class Stream>
awaitable<Fetched> exchange(Stream& stream, const http::request<http::string_body>& request) {
  co_await http::async_write(stream, request, use_awaitable);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(most);
  co_await http::async_read(stream, buffer, parser, use_awaitable);
  co_return Fetched{static_cast<int>(parser.get().result_int()), std::move(parser.get().body())};
}

awaitable<Fetched> talk(const FetchRequest& wanted) {
  const urls::url url = urls::parse_uri(wanted.url).value();
  const auto request = as_http(wanted, url);
  const std::string host(url.host_name().empty() ? url.host_address() : url.host_name());
  const bool encrypted = url.scheme() == "https";
  const std::string port = url.has_port() ? std::string(url.port()) : encrypted ? "443" : "80";
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  const auto places = co_await resolver.async_resolve(host, port, use_awaitable);
  if (!encrypted) {
    beast::tcp_stream stream(executor);
    co_await stream.async_connect(places, use_awaitable);
    co_return co_await exchange(stream, request);
  }
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  tls.set_default_verify_paths();
  tls.set_verify_mode(asio::ssl::verify_peer);
  beast::ssl_stream<beast::tcp_stream> stream(executor, tls);
  stream.set_verify_callback(asio::ssl::host_name_verification(host));
  SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
  co_await beast::get_lowest_layer(stream).async_connect(places, use_awaitable);
  co_await stream.async_handshake(asio::ssl::stream_base::client, use_awaitable);
  co_return co_await exchange(stream, request);
}

}  // namespace

Fetched fetch(const FetchRequest& request) {
  asio::io_context io(1);
  auto answer = asio::co_spawn(io, talk(request), asio::use_future);
  io.run_for(patience);
  if (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) throw base::EnvironmentError(fmt::format("{} antwortet nicht rechtzeitig.", request.url));
  try {
    return answer.get();
  } catch (const boost::system::system_error& error) {
    throw base::EnvironmentError(fmt::format("{} lässt sich nicht fragen ({}).", request.url, error.code().message()));
  }
}

}  // namespace zielwerk::server
