#include "casework/state_file.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "casework/parallel.h"
#include "casework/state_format.h"

namespace zielwerk::casework {
namespace {

std::optional<ClassId> class_from(std::uint32_t jobcenter, std::uint32_t sex) {
  if (jobcenter == not_in_stock) return nowhere;
  const auto index = jobcenter < 100'000 ? jobcenter_index(domain::ProviderNumber::from_value(jobcenter)) : std::nullopt;
  if (!index || sex > 2) return std::nullopt;
  return class_of(*index, static_cast<PersonSex>(sex));
}

template <class T>
std::span<const T> view(const char*& at, std::uint64_t count) {
  const std::span<const T> found(reinterpret_cast<const T*>(at), static_cast<std::size_t>(count));
  at += count * sizeof(T);
  return found;
}

}  // namespace

SlotId SlotSpace::take(ClassId id, std::uint32_t& count) {
  auto& open = open_[id];
  if (open == 0 || fill_[open - 1] == lanes) {
    block_class_.push_back(id);
    fill_.push_back(0);
    open = static_cast<std::uint32_t>(fill_.size());
  }
  auto& filled = fill_[open - 1];
  const auto first = static_cast<SlotId>((open - 1) * lanes + filled);
  count = std::min(count, lanes - filled);
  filled = static_cast<std::uint16_t>(filled + count);
  return first;
}

base::Checked<std::unique_ptr<StateFile>> StateFile::open(const std::filesystem::path& path) {
  std::unique_ptr<StateFile> state(new StateFile);
  state->path_ = path;
  state->name_ = path.filename().string();
  state->descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (state->descriptor_ < 0 || ::fstat(state->descriptor_, &status) != 0) {
    throw base::EnvironmentError(fmt::format("Die Zustandsdatei {} kann nicht gelesen werden: {}.", path.string(), errno == ENOENT ? "es gibt sie nicht" : std::strerror(errno)));
  }
  state->size_ = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  if (auto problems = state->read_header(); !problems.empty()) return tl::unexpected(std::move(problems));
  if (auto problems = state->read_sections(); !problems.empty()) return tl::unexpected(std::move(problems));

  return state;
}

StateFile::~StateFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Problems StateFile::read_header() {
  FileHead head;
  if (size_ < sizeof(head)) return {{"state_foreign", "Das ist keine Zustandsdatei von „zielwerk casework“: sie ist zu kurz.", name_}};
  void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, descriptor_, 0);
  if (mapped == MAP_FAILED) throw base::EnvironmentError(fmt::format("Die Zustandsdatei {} kann nicht gelesen werden: {}.", path_.string(), std::strerror(errno)));
  data_ = static_cast<const char*>(mapped);
  std::memcpy(&head, data_, sizeof(head));
  if (head.magic != file_magic) return {{"state_foreign", "Das ist keine Zustandsdatei von „zielwerk casework“.", name_}};
  if (head.version != state_version) {
    return {{"state_version", fmt::format("Die Zustandsdatei hat Fassung {}, dieses Programm liest Fassung {}; „casework compute --state“ legt sie neu an.", head.version, state_version), name_}};
  }
  if (head.checksum != XXH3_64bits(&head, offsetof(FileHead, checksum)) || head.groups > most_groups) return {{"state_damaged", "Der Kopf der Zustandsdatei ist beschädigt (Prüfsumme).", name_}};
  groups_.rules.clear();
  for (std::uint32_t i = 0; i < head.groups; ++i) groups_.rules.push_back({std::string(head.group_codes[i].data(), ::strnlen(head.group_codes[i].data(), 40)), 0, 0});
  if (head.parts != 0) part_ = {head.part, head.parts};
  bytes_ = sizeof(head);
  return {};
}

base::Problems StateFile::read_sections() {
  while (bytes_ < size_) {
    std::uint64_t next = 0;
    const auto problem = read_section(bytes_, next);
    if (problem) return {*problem};
    if (unfinished_) break;
    bytes_ = next;
  }
  if (sections_.empty()) return {{"state_damaged", "Die Zustandsdatei enthält keinen Monat.", name_}};
  return {};
}

std::optional<base::Problem> StateFile::read_section(std::uint64_t at, std::uint64_t& next) {
  const auto damaged = [&](const char* what) {
    const auto month = sections_.empty() ? std::string("am Anfang") : "nach " + (first_possible + static_cast<int>(sections_.back().month)).text();
    return base::Problem{"state_damaged", fmt::format("Die Zustandsdatei ist beschädigt: {} ({}, Byte {}). Bitte aus den Personenmonaten neu anlegen.", what, month, at), name_};
  };
  SectionHead head;
  std::memcpy(&head, data_ + at, std::min<std::uint64_t>(sizeof(head), size_ - at));
  if (head.magic == 0) {  // the head is written last
    unfinished_ = true;
    return std::nullopt;
  }
  if (size_ - at < sizeof(head)) return base::Problem{"state_truncated", fmt::format("Die Zustandsdatei ist abgeschnitten (bei Byte {}).", size_), name_};
  if (head.magic != section_magic || head.checksum != XXH3_64bits(&head, offsetof(SectionHead, checksum))) return damaged("Prüfsumme eines Monatskopfes");
  const auto wanted = std::uint64_t{head.runs} * sizeof(RunEntry) + std::uint64_t{head.new_slots} * 10 + std::uint64_t{head.takeovers} * sizeof(TakeoverEntry) +
                      std::uint64_t{head.money} * sizeof(MoneyRecord) + std::uint64_t{head.blocks} * 6;
  if (head.meta_bytes != padded(wanted) || head.plane_bytes % 64 != 0 || head.month >= possible_months || (!sections_.empty() && head.month != sections_.back().month + 1)) return damaged("ein Monatskopf widerspricht sich");
  const auto left = size_ - at - sizeof(head);
  if (head.meta_bytes > left || head.plane_bytes > left - head.meta_bytes) return base::Problem{"state_truncated", fmt::format("Die Zustandsdatei ist abgeschnitten: im Monat {} fehlen Daten.", (first_possible + static_cast<int>(head.month)).text()), name_};
  const char* meta = data_ + at + sizeof(head);
  if (head.meta_checksum != best_path()->checksum(meta, head.meta_bytes)) return damaged("Prüfsumme eines Monatsverzeichnisses");
  Section section;
  section.month = head.month;
  section.rows = head.rows;
  section.blocks = head.blocks;
  section.planes = reinterpret_cast<const std::uint64_t*>(meta + head.meta_bytes);
  std::uint64_t slots = 0;
  for (const auto& run : view<RunEntry>(meta, head.runs)) {
    const auto id = class_from(run.jobcenter, run.sex);
    if (!id) return base::Problem{"state_damaged", fmt::format("Die Zustandsdatei nennt den Träger {:05}, den dieses Programm nicht kennt.", run.jobcenter), name_};
    if (slots + run.count > head.new_slots) break;
    for (auto rest = run.count; rest > 0;) {
      SlotSpan span{static_cast<std::uint32_t>(slots), rest, no_slot};
      span.slot = space_.take(*id, span.count);
      slots += span.count;
      rest -= span.count;
      section.spans.push_back(span);
    }
  }
  if (slots != head.new_slots) return damaged("ein Monatsverzeichnis widerspricht sich");
  section.keys = view<std::uint64_t>(meta, head.new_slots);
  for (const auto& one : view<TakeoverEntry>(meta, head.takeovers)) {
    if (one.index >= head.new_slots || (!section.takeovers.empty() && one.index <= section.takeovers.back().index)) return damaged("ein Monatsverzeichnis widerspricht sich");
    section.takeovers.push_back({one.index, one.before, one.earlier});
  }
  for (const auto& one : view<MoneyRecord>(meta, head.money)) {
    const auto id = class_from(one.jobcenter, one.sex);
    if (!id || *id == nowhere) return damaged("ein Monatsverzeichnis widerspricht sich");
    section.money.push_back({*id, {one.llu, one.luh, one.llu_persons, one.luh_persons}});
  }
  section.checksums = view<std::uint32_t>(meta, head.blocks);
  section.present = view<std::uint16_t>(meta, head.blocks);
  section.checks = view<std::uint16_t>(meta, head.new_slots);
  section.begin.reserve(std::size_t{head.blocks} + 1);
  std::uint32_t begin = 0;
  for (const auto present : section.present) {
    section.begin.push_back(begin);
    begin += static_cast<std::uint32_t>(__builtin_popcount(present));
    if (present >> planes != 0) return damaged("ein Monatsverzeichnis widerspricht sich");
  }
  section.begin.push_back(begin);
  if (std::uint64_t{begin} * 64 != head.plane_bytes) return damaged("ein Monatsverzeichnis widerspricht sich");
  if (space_.blocks().size() != head.blocks) return damaged("ein Monatsverzeichnis widerspricht sich");
  for (const auto& one : section.takeovers) {
    if (one.before >= head.blocks * lanes) return damaged("ein Monatsverzeichnis widerspricht sich");
  }
  sections_.push_back(std::move(section));
  next = at + sizeof(head) + head.meta_bytes + head.plane_bytes;
  return std::nullopt;
}

std::uint64_t StateFile::rows() const {
  std::uint64_t all = 0;
  for (const auto& section : sections_) all += section.rows;
  return all;
}

std::uint64_t StateFile::slots() const {
  std::uint64_t all = 0;
  for (const auto& section : sections_) all += section.keys.size();
  return all;
}

std::uint64_t StateFile::persons() const {
  std::uint64_t all = slots();
  for (const auto& section : sections_) all -= section.takeovers.size();
  return all;
}

BlockMonth StateFile::block(const Section& section, std::size_t block, const Path& code) const {
  if (block >= section.blocks) return {};
  const auto* data = section.planes + std::size_t{section.begin[block]} * plane_words;
  const auto present = section.present[block];
  const auto bytes = std::size_t{section.begin[block + 1] - section.begin[block]} * 64;
  if (present != 0 && static_cast<std::uint32_t>(code.checksum(data, bytes)) != section.checksums[block]) {
    throw base::EnvironmentError(fmt::format("Die Zustandsdatei {} ist beschädigt: Prüfsumme von Block {} im Monat {}. Bitte aus den Personenmonaten neu anlegen.", path_.string(), block,
                                             (first_possible + static_cast<int>(section.month)).text()));
  }
  return {present, data};
}

base::Problems StateFile::verify(unsigned threads) const {
  base::Problems problems;
  std::mutex mutex;
  std::atomic<std::size_t> next = 0;
  in_parallel(threads, [&](unsigned) {
    for (auto s = next++; s < sections_.size(); s = next++) {
      for (std::size_t b = 0; b < sections_[s].blocks; ++b) {
        try {
          block(sections_[s], b);
        } catch (const base::EnvironmentError& damaged) {
          const std::lock_guard lock(mutex);
          if (problems.size() < most_problems) problems.push_back({"state_damaged", damaged.what(), name_});
        }
      }
    }
  });
  return problems;
}

}  // namespace zielwerk::casework
