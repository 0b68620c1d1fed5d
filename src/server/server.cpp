#include "server/server.h"

#include <csignal>
#include <functional>
#include <map>
#include <set>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "server/pool.h"
#include "server/port.h"
#include "server/routes.h"

namespace zielwerk::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

constexpr std::uint32_t largest_head = 16 * 1024;
constexpr std::uint64_t largest_small_body = std::uint64_t{64} * 1024;
constexpr std::chrono::seconds last_words{10};
constexpr std::size_t most_waiting = 24;  // in a lane

// One after the other: however many log-ins there are, one Argon2 and its memory at once; a provider that hangs holds up nobody else.
struct OneByOne {
  std::size_t waiting = 0;  // touched by the io thread only
  asio::thread_pool worker{1};
};

struct Server {
  Config config;
  Sessions sessions;
  Throttle throttle;
  Metrics metrics;
  std::unique_ptr<app::Workspace> watcher;  // looks whether the store was changed, by whomever
  Kept kept;
  Shared shared;
  Pool pool;
  std::set<std::string> hosts;  // names this server answers to
  std::set<beast::tcp_stream*> open;  // touched by the io thread only
  std::optional<Oidc> oidc;
  bool stopping = false;
  asio::io_context io{1};  // after all that connections still touch when they end with it
  asio::thread_pool workers;
  std::map<Lane, OneByOne> lanes;  // all but that of the workers

  Server(Config given, const OpenWorkspace& open_workspace)
      : config(std::move(given)),
        sessions(config.session_idle, config.session_longest),
        watcher(open_workspace()),
        kept([this] { return watcher->store().state(); }),
        shared{config, sessions, throttle, metrics, kept},
        pool(open_workspace),
        workers(config.workers) {
    for (const auto lane : {Lane::Passwords, Lane::Provider, Lane::Papers}) lanes[lane];
  }
};

using Parser = http::request_parser<http::string_body>;
using Answer = http::response<http::string_body>;

Answer as_http(const Response& response, unsigned version, bool keep_alive, bool head) {
  Answer answer{static_cast<http::status>(response.status), version};
  answer.set(http::field::content_type, response.type);
  for (const auto& [name, value] : response.headers) answer.insert(name, value);
  answer.keep_alive(keep_alive);
  if (response.status == 304) {
    answer.erase(http::field::content_type);
    return answer;
  }
  answer.body() = head ? "" : response.body;
  answer.content_length(response.body.size());
  return answer;
}

std::optional<Response> unacceptable(const Server& server, const http::request_parser<http::string_body>& parser, Request& request) {
  const auto& head = parser.get();
  request.method = std::string(head.method_string());
  request.target = std::string(head.target());
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& field : head) fields.emplace_back(field.name_string(), field.value());
  return head_refused(request, fields, server.hosts);
}

const Route* route_of(const Request& request) {
  std::map<std::string, std::string> parts;
  std::vector<std::string> methods;
  return find_route(request.method == "HEAD" ? "GET" : request.method, request.path, parts, methods);
}

Response too_large(std::uint64_t limit) {
  return problem_response(413, "body_too_large", limit >= (std::uint64_t{1} << 20) ? fmt::format("Höchstens {} MiB werden angenommen.", limit >> 20) : "Hier werden höchstens 64 KiB angenommen.");
}

void log(const Request& request, int status, std::chrono::microseconds took) {
  fmt::print(stderr, "request peer={} method={} path=\"{}\" status={} ms={}.{:03}\n", request.peer, base::printable(request.method), base::printable(request.path), status, took.count() / 1000, took.count() % 1000);
}

// Databases take their time, the io thread must not.
awaitable<std::optional<Response>> aside(Server& server, asio::thread_pool& worker, const Request& request, const std::function<std::optional<Response>(app::Workspace&)>& work) {
  co_return co_await asio::co_spawn(
      worker,
      [&server, &request, &work]() -> awaitable<std::optional<Response>> {
        try {
          auto workspace = server.pool.take();
          workspace->act_as("");
          workspace->look_again();  // the console may have taken a declaration over since
          auto result = work(*workspace);
          server.pool.give_back(std::move(workspace));
          co_return result;
        } catch (const base::EnvironmentError& error) {
          co_return finished(request, problem_response(503, "environment", error.what()), server.config.secure());
        }
      },
      use_awaitable);
}

// One of those that wait for their turn; nullptr: there is no need to.
class Waiting {
 public:
  explicit Waiting(OneByOne* lane) : lane_(lane) {
    if (lane_) ++lane_->waiting;
  }
  ~Waiting() {
    if (lane_) --lane_->waiting;
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  OneByOne* lane_;
};

awaitable<Response> work(Server& server, const Request& request) {
  const auto* route = route_of(request);
  const auto found = server.lanes.find(route ? route->lane : Lane::Workers);
  auto* lane = found == server.lanes.end() ? nullptr : &found->second;
  if (lane && lane->waiting >= most_waiting) {
    auto busy = problem_response(503, "busy", "Gerade wollen das zu viele zugleich; bitte gleich noch einmal versuchen.");
    busy.headers.emplace_back("Retry-After", "5");
    co_return finished(request, std::move(busy), server.config.secure());
  }
  const Waiting turn(lane);
  co_return *co_await aside(server, lane ? lane->worker : server.workers, request, [&](app::Workspace& workspace) { return std::optional(answer(request, workspace, server.shared)); });
}

template <class Stream>
class Connection {
 public:
  Connection(Server& server, Stream& stream, std::string peer) : server_(server), stream_(stream), lowest_(beast::get_lowest_layer(stream)), peer_(std::move(peer)) {}

  awaitable<void> talk() {
    for (bool more = true; more && !server_.stopping;) more = co_await one_request();
  }

 private:
  awaitable<bool> send(const Response& response, const Parser& parser, bool keep_alive, bool head) {
    auto answer = as_http(response, parser.get().version() == 10 ? 10 : 11, keep_alive, head);
    lowest_.expires_after(server_.config.body_time);
    co_await http::async_write(stream_, answer, use_awaitable);
    co_return keep_alive;
  }

  // Said without reading on: the rest of the request is of no interest any more. What still comes is thrown away for a moment, so that the
  // answer is not lost in a reset connection.
  awaitable<bool> refuse(const Request& request, Response response, const Parser& parser) {
    co_return co_await close_with(request, finished(request, std::move(response), server_.config.secure()), parser);
  }

  awaitable<bool> close_with(const Request& request, const Response& response, const Parser& parser) {
    ++server_.metrics.refused;
    co_await send(response, parser, false, request.method == "HEAD");
    log(request, response.status, {});
    boost::system::error_code ignored;
    lowest_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    lowest_.expires_after(std::chrono::seconds(2));
    std::array<char, 16 * 1024> waste{};
    for (std::size_t thrown = 0; thrown < (std::size_t{4} << 20);) {
      const auto [error, count] = co_await lowest_.async_read_some(asio::buffer(waste), asio::as_tuple(use_awaitable));
      if (error) break;
      thrown += count;
    }
    co_return false;
  }

  // Waits for the first byte longer than for the rest of the head: an idle connection is no slow one.
  awaitable<bool> first_byte() {
    if (buffer_.size() > 0) co_return true;
    lowest_.expires_after(server_.config.idle_time);
    const auto [error, count] = co_await stream_.async_read_some(buffer_.prepare(4096), asio::as_tuple(use_awaitable));
    buffer_.commit(count);
    co_return !error;
  }

  awaitable<bool> one_request() {
    if (!co_await first_byte()) co_return false;
    Parser parser;
    parser.header_limit(largest_head);
    parser.body_limit(boost::none);
    Request request;
    request.peer = peer_;
    lowest_.expires_after(server_.config.head_time);
    const auto [error, read] = co_await http::async_read_header(stream_, buffer_, parser, asio::as_tuple(use_awaitable));
    if (error == beast::error::timeout) {
      ++server_.metrics.refused;
      co_return false;
    }
    if (error == http::error::header_limit) co_return co_await refuse(request, problem_response(431, "head_too_large", "Der Kopf der Anfrage hat höchstens 16 KiB."), parser);
    if (error && error.category() == http::make_error_code(http::error::bad_method).category() && error != http::error::end_of_stream && error != http::error::partial_message) {
      co_return co_await refuse(request, problem_response(400, "request_invalid", "Das ist keine Anfrage nach HTTP."), parser);
    }
    if (error) co_return false;
    if (auto no = unacceptable(server_, parser, request)) co_return co_await refuse(request, *no, parser);
    const auto* route = route_of(request);
    const bool upload = route && route->upload;
    if (upload) {  // strangers, and those who may not, must not fill memory
      const auto no = co_await aside(server_, server_.workers, request, [&](app::Workspace& workspace) { return refusal_before_body(request, workspace, server_.shared); });
      if (no) co_return co_await close_with(request, *no, parser);
    }
    const auto limit = upload ? server_.config.largest_upload : largest_small_body;
    if (const auto length = parser.content_length(); length && *length > limit) co_return co_await refuse(request, too_large(limit), parser);
    co_return co_await with_body(parser, request, limit);
  }

  awaitable<bool> with_body(Parser& parser, Request& request, std::uint64_t limit) {
    if (beast::iequals(request.header("expect"), "100-continue")) {
      http::response<http::empty_body> go_on{http::status::continue_, 11};
      co_await http::async_write(stream_, go_on, use_awaitable);
    }
    parser.body_limit(limit);
    lowest_.expires_after(server_.config.body_time);
    const auto [error, read] = co_await http::async_read(stream_, buffer_, parser, asio::as_tuple(use_awaitable));
    if (error == http::error::body_limit) co_return co_await refuse(request, too_large(limit), parser);
    if (error == beast::error::timeout) ++server_.metrics.refused;
    if (error && error.category() == http::make_error_code(http::error::bad_method).category() && error != http::error::partial_message) {
      co_return co_await refuse(request, problem_response(400, "request_invalid", "Der Inhalt der Anfrage ist nicht wohlgeformt."), parser);
    }
    if (error) co_return false;
    request.body = std::move(parser.get().body());
    lowest_.expires_never();
    const auto start = std::chrono::steady_clock::now();
    const auto response = co_await work(server_, request);
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    const auto* route = route_of(request);
    server_.metrics.request(route ? route->path : "pages", response.status, took);
    log(request, response.status, took);
    co_return co_await send(response, parser, parser.get().keep_alive() && !server_.stopping, request.method == "HEAD");
  }

  Server& server_;
  Stream& stream_;
  beast::tcp_stream& lowest_;
  std::string peer_;
  beast::flat_buffer buffer_;
};

// Counts a connection as long as it lives.
class Counted {
 public:
  Counted(Server& server, beast::tcp_stream& stream) : server_(server), stream_(stream) {
    ++server_.metrics.connections;
    server_.open.insert(&stream_);
  }
  ~Counted() {
    server_.open.erase(&stream_);
    --server_.metrics.connections;
  }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  Server& server_;
  beast::tcp_stream& stream_;
};

std::string peer_of(const tcp::socket& socket) {
  boost::system::error_code gone;
  const auto endpoint = socket.remote_endpoint(gone);
  return gone ? "" : endpoint.address().to_string();
}

awaitable<void> plain_connection(Server& server, tcp::socket socket) {
  auto peer = peer_of(socket);
  beast::tcp_stream stream(std::move(socket));
  const Counted counted(server, stream);
  Connection<beast::tcp_stream> connection(server, stream, std::move(peer));
  co_await connection.talk();
  boost::system::error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

awaitable<void> tls_connection(Server& server, tcp::socket socket, asio::ssl::context& tls) {
  auto peer = peer_of(socket);
  beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), tls);
  auto& lowest = beast::get_lowest_layer(stream);
  const Counted counted(server, lowest);
  lowest.expires_after(server.config.head_time);
  co_await stream.async_handshake(asio::ssl::stream_base::server, use_awaitable);
  Connection<beast::ssl_stream<beast::tcp_stream>> connection(server, stream, std::move(peer));
  co_await connection.talk();
  lowest.expires_after(std::chrono::seconds(2));
  co_await stream.async_shutdown(asio::as_tuple(use_awaitable));
}

// A connection that ends badly is the other end's business; anything else is ours.
void ended(const std::exception_ptr& error) {
  if (!error) return;
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error&) {
  } catch (const std::exception& bug) {
    fmt::print(stderr, "error connection=\"{}\"\n", base::printable(bug.what()));
  }
}

awaitable<void> accept_all(Server& server, tcp::acceptor& acceptor, asio::ssl::context* tls) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(use_awaitable));
    if (server.stopping) co_return;
    if (error) {  // out of descriptors, most likely: others must end first
      asio::steady_timer pause(server.io, std::chrono::milliseconds(100));
      co_await pause.async_wait(use_awaitable);
      continue;
    }
    if (server.open.size() >= server.config.connections) {
      ++server.metrics.refused;
      continue;  // closes it
    }
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);  // an answer's last packet waits for nobody's acknowledgement
    if (tls) {
      asio::co_spawn(server.io, tls_connection(server, std::move(socket), *tls), ended);
    } else {
      asio::co_spawn(server.io, plain_connection(server, std::move(socket)), ended);
    }
  }
}

void name_hosts(Server& server, std::uint16_t port) {
  auto& origin = server.config.origin;
  if (origin.empty()) origin = fmt::format("{}://localhost:{}", server.config.tls() ? "https" : "http", port);
  server.hosts.insert(origin.substr(origin.find("://") + 3));
  for (const char* local : {"localhost", "127.0.0.1", "[::1]"}) server.hosts.insert(fmt::format("{}:{}", local, port));
}

// SIGTERM, SIGINT: no new connections, idle ones are closed, requests under way get their answer.
void stop(Server& server, tcp::acceptor& acceptor, asio::steady_timer& end) {
  server.stopping = true;
  boost::system::error_code ignored;
  acceptor.close(ignored);
  for (auto* stream : server.open) stream->socket().shutdown(tcp::socket::shutdown_receive, ignored);
  end.expires_after(last_words);
  end.async_wait([&server](const boost::system::error_code& error) {
    if (!error) server.io.stop();
  });
}

}  // namespace

void serve(Config config, const OpenWorkspace& open, const std::function<void(const std::string& url)>& ready) {
  Server server(std::move(config), open);
  server.pool.give_back(open());  // a store that is away is noticed now
  const auto tls = own_tls(server.config);
  auto acceptor = open_port(server.io, server.config);
  const auto port = acceptor.local_endpoint().port();
  name_hosts(server, port);
  if (!server.config.oidc.issuer.empty()) {
    server.oidc.emplace(server.config.oidc, server.config.origin + "/api/v1/session/oidc/return", fetch);
    server.shared.oidc = &*server.oidc;
  }
  std::signal(SIGPIPE, SIG_IGN);
  asio::steady_timer end(server.io);
  asio::signal_set signals(server.io, SIGTERM, SIGINT);
  signals.async_wait([&](const boost::system::error_code&, int) { stop(server, acceptor, end); });
  asio::co_spawn(server.io, accept_all(server, acceptor, tls.get()), [&](const std::exception_ptr& error) { ended(error); });
  ready(server.config.origin);
  // Once stopping, the timer alone would keep the loop alive for its ten seconds.
  while (!server.stopping || !server.open.empty()) {
    if (server.io.run_one() == 0) break;
  }
  server.workers.join();
  for (auto& [kind, lane] : server.lanes) lane.worker.join();
}

}  // namespace zielwerk::server
