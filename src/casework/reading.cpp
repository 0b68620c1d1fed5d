#include "casework/reading.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "casework/csv_file.h"
#include "casework/duckdb_library.h"
#include "casework/inbox.h"
#include "casework/parallel.h"

namespace zielwerk::casework {
namespace {

using Files = std::vector<std::unique_ptr<CsvFile>>;

constexpr std::uint64_t piece_bytes = 128U << 10;

// How far a thread may read ahead of the slowest one.
constexpr std::size_t most_pieces_ahead = 8;

struct Piece {
  std::size_t file = 0;
  std::uint64_t begin = 0;
};

// A problem with the file it is in; `offset` is a byte of a CSV file or a row of a Parquet file.
struct Found {
  std::size_t file = 0;
  RowProblem what;
};

constexpr std::array<bool, column_count> is_flag = {false, false, false, false, false, true, true, true, false, true, true, true, false, false, false};

// Rows of a Parquet file, as texts, with their number. Returns what is wrong with the file as a whole.
base::Problems for_each_parquet_row(const std::filesystem::path& path, unsigned threads, const std::function<void(const std::array<std::string_view, column_count>&, std::uint64_t)>& take) {
  const auto name = path.filename().string();
  auto duck = DuckDb::open(threads);
  if (!duck) return {{duck.error().code, duck.error().message, name}};
  std::string columns;
  for (unsigned column = 0; column < column_count; ++column) {
    const auto text = fmt::format("\"{}\"::VARCHAR", column_names[column]);
    columns += (column == 0 ? "" : ", ") + (is_flag[column] ? fmt::format("replace(replace({}, 'true', '1'), 'false', '0')", text) : text);
  }
  std::uint64_t number = 0;
  std::array<std::string_view, column_count> fields;
  const auto error = (*duck)->query(fmt::format("SELECT {} FROM read_parquet({})", columns, sql_text(path.string())), [&](const std::vector<std::string_view>& row) {
    std::copy(row.begin(), row.end(), fields.begin());
    take(fields, ++number);
  });
  if (error.empty()) return {};
  const bool column = error.find("Binder Error") != std::string::npos;
  return {{"parquet_unreadable", column ? fmt::format("Die Parquet-Datei hat nicht alle Spalten; erwartet sind {}.", fmt::join(column_names, ", ")) : "Die Parquet-Datei ist beschädigt oder abgeschnitten und nicht zu lesen.", name}};
}

bool in_order(const Found& a, const Found& b) { return std::pair(a.file, a.what.offset) < std::pair(b.file, b.what.offset); }

class Reader {
 public:
  Reader(const Files& files, const ReadOptions& options, Caseload& into) : files_(files), options_(options), into_(into) {
    for (unsigned thread = 0; thread < options.threads; ++thread) inboxes_.emplace_back(options.threads);
    for (std::size_t file = 0; file < files.size(); ++file) {
      bytes_ += files[file]->size();
      if (files[file]->is_parquet()) {
        pieces_.push_back({file, 0});
        continue;
      }
      for (auto begin = files[file]->first_row(); begin < files[file]->size(); begin += piece_bytes) pieces_.push_back({file, begin});
    }
    constexpr std::uint64_t usual_row = 50, fewest_months = 8, most_reserved = 4'000'000;
    const auto rows = static_cast<std::size_t>(bytes_ / usual_row / options.threads);
    for (auto& shard : into.shards) {
      if (options.one_month) shard->expect(rows);
      else shard->reserve(std::min(rows / fewest_months, most_reserved));
    }
  }

  // False if rows of a person came in the wrong order: then everything must be read again with `sorting`.
  bool read(bool sorting) {
    sorting_ = sorting;
    in_parallel(options_.threads, [this](unsigned thread) {
      try {
        work(thread);
      } catch (...) {
        late_ = true;  // nobody must wait for the pieces of this thread
        throw;
      }
    });
    std::stable_sort(found_.begin(), found_.end(), in_order);
    return !late_;
  }

  std::vector<Found>& found() { return found_; }
  std::uint64_t problem_count() const { return problem_count_; }

 private:
  void work(unsigned thread) {
    RowSink sink(options_.threads, options_.part);
    ZeroVector<char> memory(piece_bytes + longest_row + 4 * padding);
    std::vector<std::unique_ptr<QuickRows>> rows(files_.size());
    Inbox::Taken mine;
    std::vector<PersonRow> all;
    auto& table = *into_.shards[thread];
    const auto empty_inbox = [&] {
      while (inboxes_[thread].take(mine)) {
        if (sorting_) all.insert(all.end(), mine.rows.begin(), mine.rows.end());
        else if (!late_ && !table.add(mine.rows.begin(), mine.rows.size())) late_ = true;
      }
    };
    for (auto next = next_piece_++; next < pieces_.size() && !late_; next = next_piece_++) {
      const auto& piece = pieces_[next];
      const bool parquet = files_[piece.file]->is_parquet();
      if (parquet) read_parquet(*files_[piece.file], sink);
      else if (!rows[piece.file]) rows[piece.file] = std::make_unique<QuickRows>(files_[piece.file]->layout(), options_.groups, *options_.path);
      if (!parquet) read_piece(piece, memory, *rows[piece.file], sink);
      note_problems(piece.file, sink);
      for (unsigned shard = 0; shard < options_.threads; ++shard) inboxes_[shard].put(next, thread, sink.by_shard[shard]);
      empty_inbox();
      while (!late_ && next > most_pieces_ahead + slowest()) {
        std::this_thread::yield();
        empty_inbox();
      }
      if (thread == 0 && options_.progress) options_.progress(std::min(bytes_, (next + 1) * piece_bytes), bytes_);
    }
    while (!late_ && inboxes_[thread].next() < pieces_.size()) {
      empty_inbox();
      std::this_thread::yield();
    }
    if (late_) return;
    if (sorting_) {
      std::sort(all.begin(), all.end(), [](const PersonRow& a, const PersonRow& b) { return std::tie(a.key, a.month, a.class_id) < std::tie(b.key, b.month, b.class_id); });
      table.add(all.data(), all.size());
    }
    const std::lock_guard lock(mutex_);
    const auto classes = sink.money.classes();
    for (unsigned month = 0; month < possible_months; ++month) {
      if (sink.rows[month] == 0) continue;
      into_.rows[month] += sink.rows[month];
      for (const auto id : classes) into_.money.add(month, id, sink.money.at(month, id));
    }
  }

  std::size_t slowest() {
    std::size_t least = pieces_.size();
    for (auto& inbox : inboxes_) least = std::min(least, inbox.next());
    return least;
  }

  void read_parquet(const CsvFile& file, RowSink& sink) const {
    const auto wrong = for_each_parquet_row(file.path(), options_.threads, [&](const std::array<std::string_view, column_count>& fields, std::uint64_t number) {
      std::vector<FieldProblem> problems;
      FullRow full;
      sink.make_room(1);
      if (read_fields(fields, options_.groups, full, problems)) sink.add(full);
      for (auto& problem : problems) sink.problems.push_back({number, std::move(problem)});
    });
    for (const auto& problem : wrong) sink.problems.push_back({0, {column_count, problem.code, problem.message}});
  }

  // Rows that begin in the piece; the byte before it tells whether one begins with it.
  void read_piece(const Piece& piece, ZeroVector<char>& memory, QuickRows& rows, RowSink& sink) const {
    const auto& file = *files_[piece.file];
    const bool first = piece.begin == file.first_row();
    const auto from = first ? piece.begin : piece.begin - 1;
    const auto end = std::min(piece.begin + piece_bytes, file.size());
    char* bytes = memory.data() + padding;
    auto size = file.read(bytes, end - from + longest_row + 2, from);
    if (size == 0) return;
    std::size_t begin = 0;
    if (!first) {
      const auto* line_end = static_cast<const char*>(std::memchr(bytes, '\n', std::min<std::size_t>(size, end - from)));
      if (!line_end) return;
      begin = static_cast<std::size_t>(line_end - bytes) + 1;
    }
    const auto limit = std::min<std::size_t>(end - from, size);
    if (begin >= limit) return;
    if (bytes[size - 1] != '\n') bytes[size++] = '\n';
    std::memset(bytes + size, 0, padding);
    rows.read(bytes + begin, size - begin, limit - begin, from + begin, sink);
  }

  void note_problems(std::size_t file, RowSink& sink) {
    if (sink.problems.empty()) return;
    const std::lock_guard lock(mutex_);
    problem_count_ += sink.problems.size();
    for (auto& problem : sink.problems) found_.push_back({file, std::move(problem)});
    sink.problems.clear();
    // The first ones are wanted, and pieces do not come quite in order.
    if (found_.size() > 20 * most_problems) {
      std::stable_sort(found_.begin(), found_.end(), in_order);
      found_.resize(most_problems);
    }
  }

  const Files& files_;
  const ReadOptions& options_;
  Caseload& into_;
  std::deque<Inbox> inboxes_;
  std::vector<Piece> pieces_;
  std::uint64_t bytes_ = 0;
  std::atomic<std::size_t> next_piece_ = 0;
  std::mutex mutex_;
  std::vector<Found> found_;
  std::uint64_t problem_count_ = 0;
  bool sorting_ = false;
  std::atomic<bool> late_ = false;  // a row came after a later month of its person
};

std::string where(const CsvFile& file, std::uint64_t line, unsigned column) {
  if (file.is_parquet() && line == 0) return file.name();
  const auto place = fmt::format("{}, {} {}", file.name(), file.is_parquet() ? "Satz" : "Zeile", line);
  return column < column_count ? fmt::format("{}, Spalte {} ({})", place, file.layout().at[column] + 1, column_names[column]) : place;
}

base::Problems with_lines(const Files& files, std::vector<Found>& found, std::uint64_t all) {
  base::Problems problems;
  if (found.size() > most_problems) found.resize(most_problems);
  for (std::size_t file = 0; file < files.size(); ++file) {
    std::vector<std::uint64_t> offsets;
    for (const auto& one : found) {
      if (one.file == file) offsets.push_back(one.what.offset);
    }
    if (offsets.empty()) continue;
    const auto lines = files[file]->is_parquet() ? offsets : files[file]->lines_at(offsets);
    auto line = lines.begin();
    for (auto& one : found) {
      if (one.file == file) problems.push_back({one.what.problem.code, std::move(one.what.problem.message), where(*files[file], *line++, one.what.problem.column)});
    }
  }
  if (all > problems.size()) problems.push_back({"more_problems", fmt::format("… und {} weitere Fehler.", all - problems.size()), ""});
  return problems;
}

// A row that contradicts another, found again in the files.
struct Seen {
  std::string where;
  ClassId class_id = 0;
  bool in_stock = false;
};

base::Problems explain(const Files& files, const std::vector<Contradiction>& contradictions, const GroupRules& groups) {
  std::map<std::pair<std::uint64_t, std::uint16_t>, std::vector<Seen>> rows;
  for (const auto& one : contradictions) rows[{one.key, one.month}];
  for (const auto& file : files) {
    std::vector<std::pair<std::uint64_t, std::vector<Seen>*>> offsets;
    std::vector<Seen> seen;
    const auto look = [&](const std::array<std::string_view, column_count>& fields, std::uint64_t offset) {
      std::vector<FieldProblem> ignored;
      FullRow full;
      if (!read_fields(fields, groups, full, ignored)) return;
      const auto wanted = rows.find({full.row.key, full.row.month});
      if (wanted == rows.end()) return;
      offsets.emplace_back(offset, &wanted->second);
      seen.push_back({{}, full.row.class_id, (full.row.cell & stock_mask) == here});
    };
    if (file->is_parquet()) {
      for_each_parquet_row(file->path(), 1, look);
    } else {
      file->for_each_line([&](std::string_view line, std::uint64_t offset) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        std::array<std::string_view, column_count> fields;
        std::size_t found = 0;
        if (split_row(line, file->layout(), fields, found)) look(fields, offset);
      });
    }
    std::vector<std::uint64_t> bare;
    for (const auto& one : offsets) bare.push_back(one.first);
    const auto lines = file->is_parquet() ? bare : file->lines_at(bare);
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      seen[i].where = where(*file, lines[i], column_count);
      offsets[i].second->push_back(std::move(seen[i]));
    }
  }
  base::Problems problems;
  for (const auto& one : contradictions) {
    const auto month = (first_possible + one.month).text();
    const auto& all = rows[{one.key, one.month}];
    if (one.kind == Contradiction::Kind::KeyClash) {
      problems.push_back({"key_clash", "Zwei verschiedene Personenschlüssel (Text) ergeben dieselbe Prüfsumme; bitte einen davon ändern.", all.empty() ? "" : all.back().where});
      continue;
    }
    const bool stocks = one.kind == Contradiction::Kind::TwoStocks;
    for (std::size_t i = 1; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const bool meant = stocks ? all[i].in_stock && all[j].in_stock && all[i].class_id / 3 != all[j].class_id / 3 : all[i].class_id / 3 == all[j].class_id / 3;
        if (!meant) continue;
        const auto sentence = stocks ? fmt::format("Person {} ist im Monat {} schon beim Träger {} im Bestand ({}), hier noch einmal beim Träger {}.", shown(one.key), month,
                                                   jobcenter_of(all[j].class_id).text(), all[j].where, jobcenter_of(all[i].class_id).text())
                                     : fmt::format("Für Person {}, Monat {} und Träger {} gibt es schon eine Zeile ({}); erlaubt ist eine.", shown(one.key), month,
                                                   jobcenter_of(all[i].class_id).text(), all[j].where);
        problems.push_back({stocks ? "two_stocks" : "row_twice", sentence, all[i].where});
        break;
      }
    }
  }
  return problems;
}

}  // namespace

std::size_t Caseload::persons() const {
  std::size_t all = 0;
  for (const auto& shard : shards) all += shard->persons();
  return all;
}

std::uint64_t Caseload::row_count() const {
  std::uint64_t all = 0;
  for (const auto count : rows) all += count;
  return all;
}

Cell Caseload::seen() const {
  Cell all = 0;
  for (const auto& shard : shards) all |= shard->seen();
  return all;
}

bool Caseload::span(unsigned& first, unsigned& last) const {
  const auto filled = [](std::uint64_t count) { return count != 0; };
  const auto begin = std::find_if(rows.begin(), rows.end(), filled);
  if (begin == rows.end()) return false;
  first = static_cast<unsigned>(begin - rows.begin());
  last = static_cast<unsigned>(rows.rend() - std::find_if(rows.rbegin(), rows.rend(), filled)) - 1;
  return true;
}

std::vector<Month> Caseload::gaps() const {
  unsigned first = 0, last = 0;
  std::vector<Month> months;
  if (!span(first, last)) return months;
  for (auto month = first; month < last; ++month) {
    if (rows[month] == 0) months.push_back(first_possible + static_cast<int>(month));
  }
  return months;
}

Caseload empty_caseload(unsigned shards, const GroupRules& groups, const Path& code) {
  Caseload caseload;
  for (unsigned i = 0; i < shards; ++i) caseload.shards.push_back(std::make_unique<PersonTable>(code));
  caseload.rows.resize(possible_months);
  caseload.groups = groups;
  return caseload;
}

void add_row(Caseload& caseload, const FullRow& full) {
  const auto& row = full.row;
  base::ensure(caseload.shards[shard_of(row.key, caseload.shards.size())]->add(&row, 1), "rows that are added one by one come in order");
  ++caseload.rows[row.month];
  if (full.money.empty()) return;
  caseload.money.add(row.month, row.class_id, full.money);
}

base::Checked<Caseload> read_person_months(const std::vector<std::filesystem::path>& paths, const ReadOptions& options) {
  Files files;
  base::Problems problems;
  for (const auto& path : paths) {
    auto file = std::make_unique<CsvFile>(path);
    auto wrong = file->is_parquet() ? base::Problems{} : file->read_header();
    problems.insert(problems.end(), wrong.begin(), wrong.end());
    files.push_back(std::move(file));
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  auto caseload = empty_caseload(options.threads, options.groups, *options.path);
  caseload.part = options.part;
  for (const bool sorting : {false, true}) {
    Reader reader(files, options, caseload);
    const bool in_order = reader.read(sorting);
    problems = with_lines(files, reader.found(), reader.problem_count());
    if (in_order || !problems.empty()) break;
    caseload = empty_caseload(options.threads, options.groups, *options.path);
    caseload.part = options.part;
  }
  for (const auto& file : files) {
    if (file->changed()) problems.push_back({"file_changed", "Die Datei wurde während des Lesens verändert; bitte noch einmal einlesen.", file->name()});
  }
  if (problems.empty()) {
    std::vector<Contradiction> contradictions;
    for (const auto& shard : caseload.shards) contradictions.insert(contradictions.end(), shard->contradictions().begin(), shard->contradictions().end());
    std::sort(contradictions.begin(), contradictions.end());
    contradictions.erase(std::unique(contradictions.begin(), contradictions.end()), contradictions.end());
    if (contradictions.size() > most_problems) contradictions.resize(most_problems);
    if (!contradictions.empty()) problems = explain(files, contradictions, options.groups);
    if (problems.empty() && !contradictions.empty()) problems.push_back({"row_twice", "Zeilen widersprechen einander, sind aber nicht wiederzufinden; wurde die Datei verändert?", ""});
  }
  if (problems.empty() && caseload.row_count() == 0) problems.push_back({"no_rows", "Unter der Kopfzeile steht keine Zeile mit einer Person.", files.empty() ? "" : files.front()->name()});
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return caseload;
}

}  // namespace zielwerk::casework
