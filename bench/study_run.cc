// A study of simulated events: how long it takes to add them, how long to run it, and what memory it holds.
//
//   study_run COMPANIES PEOPLE [OPTION=VALUE ...]
//
// simulates so many companies with so many people on average, adds their events to a study and runs it. Events lie in
// memory before they are added, a quarter of a million rows a batch and several batches at once, so that they are in no
// cache; simulating them does not count. Options are those of a study, or: threads, memory (bytes), spill (a folder),
// tables (with commas; all without it), read (the columns it is given, with commas; all without it). Prints one line of
// JSON: events, seconds (simulate, add, run), bytes of working memory at most, and the rows of circles. Seconds with
// _cpu are processor time of all threads.
//
//   study_run COMPANIES PEOPLE columns=FILE
//
// writes the same events for other programs, as columns, batch after batch: rows (uint32), bytes of the persons
// (uint32), numbers of the companies (uint32 a row), offsets (int32, rows + 1) and bytes of the persons, events and
// teams (int8 a row, numbered as the simulator has them from 0; -1: none).
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/simulator.h"
#include "vesica/context.h"
#include "vesica/events.h"
#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/study.h"
#include "vesica/table.h"

namespace vesica {
namespace {

using vesica_simulator::Batch;
using vesica_simulator::Column;
using vesica_simulator::Simulator;

constexpr uint32_t kBatchRows = 1u << 18;
constexpr size_t kResidentBatches = 8;  // some 200 MB: more than caches hold

[[noreturn]] void Fail(std::string_view message) {
  std::fprintf(stderr, "study_run: %.*s\n", static_cast<int>(message.size()), message.data());
  std::exit(1);
}

void Check(const absl::Status& status) {
  if (!status.ok()) Fail(status.ToString());
}

template <class T>
T ValueOf(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

// Seconds of the wall clock, and of the processor time of all threads.
struct Seconds {
  double wall = 0, cpu = 0;
};

class Stopwatch {
 public:
  void AddTo(Seconds* seconds) const {
    seconds->wall += std::chrono::duration<double>(Clock::now() - start_).count();
    seconds->cpu += static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
  std::clock_t cpu_ = std::clock();
};

struct Request {
  vesica_simulator::Plan plan;
  ContextOptions context;
  StudyOptions study;
  std::vector<std::string> tables;
  std::vector<std::string> read;
  std::string columns;
};

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Request ParseRequest(int argc, char** argv) {
  if (argc < 3) Fail("takes COMPANIES PEOPLE [OPTION=VALUE ...]");
  Request request;
  request.plan.companies = static_cast<uint32_t>(std::strtoul(argv[1], nullptr, 10));
  request.plan.people = static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10));
  if (const std::string fault = FaultOf(request.plan); !fault.empty()) Fail(fault);
  for (int i = 3; i < argc; ++i) {
    const std::string_view option = argv[i];
    const size_t equals = std::min(option.find('='), option.size() - 1);
    const std::string_view name = option.substr(0, equals);
    const std::string value(option.substr(equals + 1));
    if (name == "threads") {
      request.context.threads = static_cast<uint32_t>(std::strtoul(value.c_str(), nullptr, 10));
    } else if (name == "memory") {
      request.context.memory_budget_bytes = std::strtoull(value.c_str(), nullptr, 10);
    } else if (name == "spill") {
      request.study.spill_directory = value;
    } else if (name == "tables") {
      request.tables = Split(value);
    } else if (name == "read") {
      request.read = Split(value);
    } else if (name == "columns") {
      request.columns = value;
    } else {
      Check(request.study.Set(name, value));
    }
  }
  return request;
}

template <class T>
void Write(const T* values, size_t count, std::FILE* to) {
  if (std::fwrite(values, sizeof(T), count, to) != count) Fail("cannot write the columns");
}

void WriteCodes(const Column& column, uint32_t rows, std::FILE* to) {
  std::vector<int8_t> codes(column.codes.begin(), column.codes.begin() + rows);
  for (uint32_t row = 0; row < rows; ++row) {
    if (column.IsNull(row)) codes[row] = -1;
  }
  Write(codes.data(), rows, to);
}

void WriteColumns(const Request& request) {
  std::FILE* to = std::fopen(request.columns.c_str(), "wb");
  if (to == nullptr) Fail("cannot write the columns");
  Simulator simulator(request.plan, kBatchRows);
  while (const Batch* batch = simulator.Next()) {
    const std::vector<Column>& columns = batch->columns();
    const Column &companies = columns[0], &persons = columns[1];
    const uint32_t rows = batch->rows();
    const uint32_t sizes[] = {rows, static_cast<uint32_t>(persons.offsets[rows])};
    std::vector<uint32_t> numbers(rows);
    for (uint32_t row = 0; row < rows; ++row) {
      const std::string& name = companies.labels[static_cast<size_t>(companies.indices[row])];
      numbers[row] = static_cast<uint32_t>(std::strtoul(name.c_str() + name.rfind('-') + 1, nullptr, 10));
    }
    Write(sizes, 2, to);
    Write(numbers.data(), rows, to);
    Write(persons.offsets.data(), rows + size_t{1}, to);
    Write(persons.bytes.data(), sizes[1], to);
    WriteCodes(columns[2], rows, to);
    WriteCodes(columns[3], rows, to);
  }
  if (std::fclose(to) != 0) Fail("cannot write the columns");
}

// Only the columns that are to be read.
EventBatch BatchOf(const Request& request, Batch* batch) {
  EventBatch events = ValueOf(EventsFromArrow(batch->schema(), batch->array()));
  if (request.read.empty()) return events;
  std::erase_if(events.columns, [&](const EventColumn& column) {
    return std::find(request.read.begin(), request.read.end(), column.name) == request.read.end();
  });
  return events;
}

// The rows of circles, as JSON.
std::string CirclesOf(const std::vector<Table>& tables) {
  for (const Table& table : tables) {
    if (table.name() == "circles") return ToJson(table);
  }
  return "[]";
}

void RunStudy(const Request& request) {
  const Context context = ValueOf(Context::Create(request.context));
  const Identity identity = ValueOf(Identity::Create(ValueOf(Profile::Open("email/1"))));
  Study study = ValueOf(Study::Create(context, identity, request.study));
  Simulator simulator(request.plan, 1);
  std::vector<std::unique_ptr<Batch>> batches;
  for (size_t i = 0; i < kResidentBatches; ++i) {
    batches.push_back(std::make_unique<Batch>(request.plan, kBatchRows));
  }
  Seconds simulate, add, run;
  for (bool more = true; more;) {
    const Stopwatch simulating;
    size_t filled = 0;
    while (filled < batches.size() && (more = simulator.Fill(batches[filled].get()))) ++filled;
    simulating.AddTo(&simulate);
    const Stopwatch adding;
    for (size_t i = 0; i < filled; ++i) {
      Check(study.Add(BatchOf(request, batches[i].get())));
    }
    adding.AddTo(&add);
  }
  const Stopwatch running;
  const std::vector<Table> tables = ValueOf(study.Run(request.tables));
  running.AddTo(&run);
  uint64_t rows = 0;
  for (const Table& table : tables) rows += table.rows();
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"events\": %llu, \"people\": %llu, \"simulate\": %.3f, \"add\": %.3f, \"add_cpu\": %.3f, \"run\": %.3f, "
      "\"run_cpu\": %.3f, \"peak_bytes\": %llu, "
      "\"resident_bytes\": %llu, \"table_rows\": %llu, \"circles\": %s}\n",
      static_cast<unsigned long long>(study.quality().rows),
      static_cast<unsigned long long>(vesica_simulator::PeopleIn(simulator.realised().circles, 0)), simulate.wall,
      add.wall, add.cpu, run.wall, run.cpu, static_cast<unsigned long long>(context.peak_bytes()),
      static_cast<unsigned long long>(usage.ru_maxrss) * 1024, static_cast<unsigned long long>(rows),
      CirclesOf(tables).c_str());
}

}  // namespace
}  // namespace vesica

int main(int argc, char** argv) {
  const vesica::Request request = vesica::ParseRequest(argc, argv);
  request.columns.empty() ? vesica::RunStudy(request) : vesica::WriteColumns(request);
  return 0;
}
