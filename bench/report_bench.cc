// Layouts, pictures and pages: how long they take, and how large a page on many companies is.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "simulator/simulator.h"
#include "vesica/context.h"
#include "vesica/hash.h"
#include "vesica/report.h"
#include "vesica/study.h"

namespace vesica {
namespace {

constexpr uint32_t kCompanies = 7056;

template <class... Answer>
size_t SizeOfReport(benchmark::State& state, const ReportOptions& options, const Answer&... answer) {
  size_t size = 0;
  const absl::Status status = WriteReport(answer..., options, [&](std::string_view piece) {
    size += piece.size();
    return absl::OkStatus();
  });
  if (!status.ok()) state.SkipWithError(status.ToString().c_str());
  return size;
}

void LayOut(benchmark::State& state, const std::vector<double>& regions) {
  for (auto _ : state) benchmark::DoNotOptimize(LayoutEuler(regions).value());
  state.counters["diag_error"] = LayoutEuler(regions).value().diag_error;
}
BENCHMARK_CAPTURE(LayOut, two_sets, std::vector<double>{0, 19'840, 840, 160})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(LayOut, three_circles, std::vector<double>{0, 300, 250, 80, 200, 70, 60, 40})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(LayOut, three_ellipses, std::vector<double>{0, 19'000, 9'000, 700, 700, 100, 120, 80})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(LayOut, three_that_cannot_be_true, std::vector<double>{0, 105, 116, 316, 233, 177, 986, 94})
    ->Unit(benchmark::kMillisecond);

Overlap MissionOverlap() { return Overlap::FromCounts(19'840, 840, 160, Method::kExact64); }

void DrawOverlap(benchmark::State& state, ReportFormat format) {
  ReportOptions options;
  options.format = format;
  const Overlap overlap = MissionOverlap();
  size_t size = 0;
  for (auto _ : state) {
    size = SizeOfReport(state, options, overlap, std::string_view("Marketing"), std::string_view("Sales"));
  }
  state.counters["bytes"] = static_cast<double>(size);
}
BENCHMARK_CAPTURE(DrawOverlap, svg, ReportFormat::kSvg)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(DrawOverlap, page, ReportFormat::kHtml)->Unit(benchmark::kMillisecond);

// Every table of a study of simulated events.
StudyAnswer SimulatedAnswer(uint32_t companies, uint32_t people) {
  vesica_simulator::Plan plan;
  plan.companies = companies;
  plan.people = people;
  vesica_simulator::Simulator simulator(plan, 1u << 16);
  StudyOptions options;
  options.by = {"region", "industry", "title"};
  options.by_pairs = {{"region", "industry"}};
  options.role = "title";
  const Context context = Context::Create({}).value();
  const Identity identity = Identity::Create(Profile::Open("email/1").value()).value();
  Study study = Study::Create(context, identity, options).value();
  while (vesica_simulator::Batch* batch = simulator.Next()) {
    const absl::Status added = study.Add(EventsFromArrow(batch->schema(), batch->array()).value());
    if (!added.ok()) std::fprintf(stderr, "%s\n", added.ToString().c_str()), std::exit(1);
  }
  return AnswerOf(study).value();
}

void ReportStudy(benchmark::State& state) {
  const StudyAnswer answer = SimulatedAnswer(static_cast<uint32_t>(state.range(0)), 60);
  size_t size = 0;
  for (auto _ : state) size = SizeOfReport(state, ReportOptions(), answer);
  state.counters["bytes"] = static_cast<double>(size);
}
BENCHMARK(ReportStudy)->Arg(1)->Arg(kCompanies)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace vesica

BENCHMARK_MAIN();
