#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

#include "commands.h"
#include "escape.h"
#include "progress.h"
#include "simulator/simulator.h"

namespace vesica_cli {
namespace {

constexpr const char* kHelp =
    R"(Made-up events with planted truth: companies in regions and industries whose marketing and sales reach made-up people.

What is planted are the figures of the study of the circles of doom where it has one: 16 % of sales' people are reached
by marketing, more or fewer by region and industry; marketing's circle is 20 times sales'. Around it gaps, effects on
responses, accounts, stages, hand-offs, reasons, deals and content; docs/simulate.md says what. -o writes the events
and, beside them, what was planted and what was realised, which `vesica study` has to find:

  vesica simulate --companies 200 -o simulated
  vesica study simulated/events.csv --by region,industry

Rows depend on the options alone: the same everywhere. A company's rows do not depend on how many there are. Nothing of
it exists: addresses end in .example, companies are called synthetic.)";

struct SimulateOptions {
  vesica_simulator::Plan plan;
  std::string folder;
  bool quiet = false;
};

// A file under another name until all of it is there.
class Draft {
 public:
  explicit Draft(std::filesystem::path path) : path_(std::move(path)), draft_(path_) { draft_ += ".part"; }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (file_ == nullptr) return;
    std::fclose(file_);
    std::remove(draft_.c_str());
  }

  Failure Open() {
    file_ = std::fopen(draft_.c_str(), "wb");
    return file_ == nullptr ? Wrong() : Failure();
  }
  Failure Write(const std::string& text) {
    return std::fwrite(text.data(), 1, text.size(), file_) == text.size() ? Failure() : Wrong();
  }
  Failure Finish() {
    if (std::fclose(std::exchange(file_, nullptr)) == 0 && std::rename(draft_.c_str(), path_.c_str()) == 0) return {};
    const Failure failure = Wrong();
    std::remove(draft_.c_str());
    return failure;
  }

 private:
  Failure Wrong() const {
    return {kExitIo, "cannot write \"" + Escaped(path_.string()) + "\": " + std::strerror(errno)};
  }

  const std::filesystem::path path_;
  std::filesystem::path draft_;
  std::FILE* file_ = nullptr;
};

// Hands the lines of all events to `write`.
template <class Write>
Failure WriteEvents(vesica_simulator::Simulator* simulator, bool quiet, Write&& write) {
  Progress progress(quiet);
  std::string text;
  bool first = true;
  while (const vesica_simulator::Batch* batch = simulator->Next()) {
    text = first ? vesica_simulator::CsvHead(*batch) : "";
    first = false;
    vesica_simulator::AppendCsv(*batch, &text);
    if (Failure failure = write(text)) return failure;
    if (Progress::OnProgress(&progress, simulator->progress()) != 0) return {kExitInterrupted, "interrupted"};
  }
  return {};
}

Failure RunSimulate(const SimulateOptions& options) {
  if (const std::string fault = vesica_simulator::FaultOf(options.plan); !fault.empty()) return {kExitUsage, fault};
  vesica_simulator::Simulator simulator(options.plan);
  if (options.folder.empty() || options.folder == "-") {
    return WriteEvents(&simulator, options.quiet, [](const std::string& text) { return WriteOut(text); });
  }
  std::error_code failed;
  std::filesystem::create_directories(options.folder, failed);
  if (failed) return {kExitIo, "cannot make the folder \"" + Escaped(options.folder) + "\": " + failed.message()};
  const std::filesystem::path folder = options.folder;
  Draft events(folder / "events.csv"), truth(folder / "truth.json");
  if (Failure failure = events.Open()) return failure;
  if (Failure failure = truth.Open()) return failure;
  if (Failure failure =
          WriteEvents(&simulator, options.quiet, [&](const std::string& text) { return events.Write(text); })) {
    return failure;
  }
  if (Failure failure = truth.Write(vesica_simulator::TruthJson(simulator))) return failure;
  if (Failure failure = events.Finish()) return failure;
  return truth.Finish();
}

}  // namespace

void AddSimulateCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = program->add_subcommand("simulate", kHelp);
  vesica_simulator::Plan& plan = options->plan;
  command->add_option("--companies", plan.companies, "Companies")->capture_default_str();
  command
      ->add_option("--people", plan.people,
                   "People known to a company on average; companies are of many sizes. About 2.7 events each")
      ->capture_default_str();
  command->add_option("--days", plan.days, "Days, from 2024-01-01")->capture_default_str();
  command->add_option("--seed", plan.seed, "Other numbers, another draw of the same plan")->capture_default_str();
  command
      ->add_option(
          "--dirt", plan.dirt,
          "Share of events beside which a flawed row is written, for each flaw: no person, a person that is no "
          "address, an event that there is not, a time without a zone, a repetition")
      ->capture_default_str();
  command->add_option("-o,--output", options->folder,
                      "Folder for events.csv and truth.json; without it the events alone are put out");
  command->add_flag("--quiet", options->quiet, "No progress bar");
  command->callback([=] { *chosen = [=] { return RunSimulate(*options); }; });
}

}  // namespace vesica_cli
