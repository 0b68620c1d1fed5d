#include "cli/session.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

namespace zielwerk::cli {
namespace {

std::string utc_now() {
  const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(now));
}

std::string user_name() {
  const auto* entry = ::getpwuid(::geteuid());
  return entry ? entry->pw_name : std::to_string(::geteuid());
}

std::size_t terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  const int wanted = columns ? std::atoi(columns) : 0;
  return wanted >= 40 ? static_cast<std::size_t>(wanted) : 120;
}

}  // namespace

app::Workspace Session::open(bool create) const { return {store::open_sqlite_store(store_path, create), utc_now, "Konsole: " + user_name()}; }

app::Workspace Session::open_or_empty() const {
  if (std::filesystem::exists(store_path)) return open();
  return {store::open_memory_store(), utc_now, "Konsole"};
}

app::Workspace Session::open_for(const std::vector<std::string>& ids_or_files) const {
  const bool files = std::all_of(ids_or_files.begin(), ids_or_files.end(), [](const std::string& one) { return std::filesystem::exists(one); });
  return files ? open_or_empty() : open();
}

report::TextStyle Session::style() const {
  const bool wanted = ::isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return {terminal_width(), wanted && !(terminal && std::string_view(terminal) == "dumb")};
}

void Session::print(const report::Table& table) const {
  std::cout << (format == "json" ? report::as_json(table) : format == "csv" ? report::as_csv(table) : report::as_text(table, style()));
}

void Session::say(const std::string& sentence) const {
  if (format != "table") return;
  for (const auto& line : base::wrap(sentence, terminal_width())) std::cout << line << "\n";
}

void Session::fail(const base::Problems& problems, int code) {
  for (const auto& problem : problems) {
    std::cerr << base::printable((problem.where.empty() ? "" : problem.where + ": ") + problem.message) << " [" << problem.code << "]\n";
  }
  exit_code = std::max(exit_code, code);
}

intake::Progress Session::progress(const std::string& what) const {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [what, last = -1](std::uint64_t done, std::uint64_t all) mutable {
    const int percent = all == 0 ? 100 : static_cast<int>(done * 100 / all);
    if (percent == last) return;
    last = percent;
    std::cerr << "\r" << what << " … " << percent << " %" << (percent >= 100 ? "\r\x1b[K" : "") << std::flush;
  };
}

report::Cell cell(std::string text) { return {std::move(text), {}, {}}; }

report::Cell day_cell(const std::string& moment) { return {moment.substr(0, 10), moment, {}}; }

CLI::App* command(CLI::App& parent, const std::string& name, const std::string& description, const std::string& example) {
  auto* added = parent.add_subcommand(name, description);
  added->footer("Beispiel:\n  " + example);
  added->group("Befehle");
  added->fallthrough();
  added->set_help_flag("-h,--help", "Diese Hilfe")->group("Optionen");
  return added;
}

void with_format(CLI::App& added, Session& session) {
  added.add_option("--format", session.format, "Ausgabe: table (Vorgabe), json oder csv")
      ->check([](const std::string& value) {
        return value == "table" || value == "json" || value == "csv" ? std::string() : fmt::format("„{}“ gibt es nicht; erwartet ist table, json oder csv", value);
      })
      ->type_name("FORM")
      ->group("Optionen");
}

CLI::Option* month_option(CLI::App& added, std::string& value, const std::string& name, const std::string& description) {
  return added.add_option(name, value, description)
      ->check([](const std::string& text) {
        return base::Month::parse(text) ? std::string() : fmt::format("„{}“ ist kein Monat; erwartet ist JJJJ-MM mit Monat 01 bis 12", text);
      })
      ->type_name("JJJJ-MM")
      ->group("Optionen");
}

CLI::Option* waiting_option(CLI::App& added, std::string& value) {
  return added.add_option("--waiting", value, "Wartezeit: 0, 1, 2 oder 3 Monate (t-0 … t-3)")
      ->check([](const std::string& text) {
        return text.size() == 1 && text[0] >= '0' && text[0] <= '3' ? std::string() : fmt::format("„{}“ ist keine Wartezeit; erwartet ist 0, 1, 2 oder 3", text);
      })
      ->type_name("0..3")
      ->group("Optionen");
}

}  // namespace zielwerk::cli
