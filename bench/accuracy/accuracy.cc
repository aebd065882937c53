// Runs trials of one regime and writes a line of CSV for each trial, method and size. Keys go through the builder, the
// image and back into the estimator; nothing is simulated but under --drawn. bench/accuracy/run.py says what is run and
// what to make of it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "audience/hyper_log_log.h"
#include "audience/min_hash.h"
#include "bench/accuracy/regime.h"
#include "bench/accuracy/sketcher.h"
#include "bench/accuracy/trial.h"
#include "vesica/context.h"
#include "vesica/hash.h"

namespace vesica {
namespace {

struct Options {
  Regime regime;
  std::vector<const SketchMethod*> methods;
  std::vector<std::vector<uint64_t>> sizes;  // each: what to ask for, per set
  uint64_t trials = 100;
  uint64_t seed = 1;
  bool drawn = false;
};

constexpr char kHeader[] =
    "regime,keys,trial,method,asked,bytes_a,bytes_b,bytes_c,estimate,lower,upper,truth,design_error,update_ns,"
    "estimate_us\n";

// "4096", or a size for each set: "4096:8192".
std::vector<uint64_t> ParseSizes(const std::string& text, size_t sets) {
  std::vector<uint64_t> sizes;
  for (const absl::string_view size : absl::StrSplit(text, ':')) {
    const bool number = absl::SimpleAtoi(size, &sizes.emplace_back());
    if (!number || sizes.back() < MinHashSize::kMinImageBytes ||
        sizes.back() > 1 << HyperLogLogShape::kMaxRegisterBits) {
      throw CLI::ValidationError("--bytes", "sizes are from 1024 to 1048576");
    }
  }
  if (sizes.size() == 1) sizes.resize(sets, sizes[0]);
  if (sizes.size() != sets) throw CLI::ValidationError("--bytes", "one size, or one for each set");
  return sizes;
}

std::string JoinedSizes(const std::vector<uint64_t>& sizes) {
  const bool all_equal = std::count(sizes.begin(), sizes.end(), sizes[0]) == static_cast<int64_t>(sizes.size());
  return all_equal ? std::to_string(sizes[0]) : absl::StrJoin(sizes, ":");
}

void WriteRow(const Options& options, uint64_t seed, const SketchMethod& method, const std::vector<uint64_t>& sizes,
              const TrialResult& found) {
  std::printf("%s,%s,%llu,%s,%s", options.regime.name.c_str(), options.drawn ? "drawn" : "integers",
              static_cast<unsigned long long>(seed), std::string(method.name).c_str(), JoinedSizes(sizes).c_str());
  for (size_t set = 0; set < 3; ++set) {
    std::printf(",%s", set < found.image_bytes.size() ? std::to_string(found.image_bytes[set]).c_str() : "");
  }
  std::printf(",%.6f,%.6f,%.6f,%llu,%.6g,%.3f,%.2f\n", found.in_all.value, found.in_all.lower, found.in_all.upper,
              static_cast<unsigned long long>(options.regime.in_all()), found.design_error, found.update_ns,
              found.estimate_us);
}

void Run(const Options& options) {
  const Identity identity = Identity::Create(Profile::Open("int64/1").value()).value();
  Context context = Context::Create({}).value();
  std::fputs(kHeader, stdout);
  for (uint64_t seed = options.seed; seed < options.seed + options.trials; ++seed) {
    std::unique_ptr<Sketcher> sketcher;
    if (options.drawn) {
      sketcher = std::make_unique<DrawnSketcher>(options.regime, seed, identity);
    } else {
      sketcher = std::make_unique<KeySketcher>(options.regime, seed, identity, context);
    }
    for (const std::vector<uint64_t>& sizes : options.sizes) {
      for (const SketchMethod* method : options.methods) {
        WriteRow(options, seed, *method, sizes, RunTrial(sketcher->Make(*method, sizes), context));
      }
    }
    std::fflush(stdout);
  }
}

int Main(int argc, char** argv) {
  CLI::App app("Trials of sketches against the truth, as CSV");
  Options options;
  std::vector<uint64_t> regions;
  std::vector<std::string> methods{"minhash"}, sizes{"16384"};
  app.add_option("--name", options.regime.name, "of the regime, for the first column")->required();
  app.add_option("--regions", regions, "keys in exactly the sets of mask 1, 2, 3 (, 4, 5, 6, 7)")
      ->delimiter(',')
      ->required();
  app.add_option("--methods", methods, "minhash, hyperloglog, hyperloglog-0; minhash+count, hyperloglog+count")
      ->delimiter(',');
  app.add_option("--bytes", sizes, "of a sketch; N:N asks for a size for each set")->delimiter(',');
  app.add_option("--trials", options.trials);
  app.add_option("--seed", options.seed, "of the first trial; the others count on");
  app.add_flag("--drawn", options.drawn, "draw what a MinHash keeps instead of reading keys: for large sets");
  try {
    app.parse(argc, argv);
    if (regions.size() != 3 && regions.size() != 7) throw CLI::ValidationError("--regions", "3 or 7 sizes");
    options.regime.regions = {0};
    options.regime.regions.insert(options.regime.regions.end(), regions.begin(), regions.end());
    for (const std::string& size : sizes) options.sizes.push_back(ParseSizes(size, options.regime.sets()));
    for (const std::string& name : methods) {
      const SketchMethod* method = FindMethod(name);
      if (method == nullptr) throw CLI::ValidationError("--methods", "there is no " + name);
      if (options.drawn && method->representation != Representation::kMinHash) {
        throw CLI::ValidationError("--drawn", "only a MinHash can be drawn");
      }
      options.methods.push_back(method);
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  Run(options);
  return 0;
}

}  // namespace
}  // namespace vesica

int main(int argc, char** argv) { return vesica::Main(argc, argv); }
