// Pictures of any sizes under any names: true or said not to be, no label on another, nothing from data as markup.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/report/svg_check.h"
#include "vesica/report.h"

namespace {

using namespace vesica;  // NOLINT: a program about this namespace

void Require(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  uint8_t Byte() { return size_ == 0 ? 0 : (--size_, *data_++); }
  // From 0 over small numbers to 2^63 and beyond, whole or not; now and then none at all.
  double Size() {
    const uint8_t kind = Byte();
    const double fraction = 1 + Byte() / 256.0;
    if (kind < 64) return 0;
    if (kind == 255) return std::nan("");
    return kind < 128 ? kind - 64 : fraction * std::exp2(kind - 160);
  }
  std::string Text() {
    std::string text;
    for (size_t i = Byte(); i > 0 && size_ > 0; --i) text += static_cast<char>(Byte());
    return text;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

Estimate EstimateOf(Bytes* bytes) {
  const double value = bytes->Size();
  return bytes->Byte() % 2 == 0 ? Estimate::Exact(value) : Estimate{value, bytes->Size(), bytes->Size()};
}

template <class Answer>
void CheckPictures(const Answer& write, bool slow = false) {
  ReportOptions options;
  options.format = ReportFormat::kSvg;
  std::string svg, again;
  const auto into = [](std::string* text) {
    return [text](std::string_view piece) { return text->append(piece), absl::OkStatus(); };
  };
  const absl::Status status = write(options, into(&svg));
  Require(status.ok() == !svg.empty(), "a failure that writes, or a success that does not");
  if (status.ok()) Require(ProblemOf(svg).empty(), ProblemOf(svg) + "\n" + svg);
  if (slow) return;  // under sanitizers, for what comes below
  Require(write(options, into(&again)).ok() == status.ok() && svg == again, "two pictures of one answer");
  options.format = ReportFormat::kLayout;
  std::string layout;
  if (write(options, into(&layout)).ok()) Require(layout.find("nan") == std::string::npos, layout);
}

void CheckLayout(const std::vector<double>& sizes) {
  const auto layout = LayoutEuler(sizes);
  if (!layout.ok()) return;
  double wanted = 0;
  for (size_t m = 0; m < sizes.size(); ++m) {
    Require(layout->drawn[m] >= 0 && std::isfinite(layout->drawn[m]), "an area that is none");
    wanted += layout->wanted[m];
  }
  Require(layout->diag_error >= 0 && layout->diag_error <= 1 && layout->stress >= 0, "an error that is none");
  if (sizes.size() == 4 && wanted > 0) Require(layout->diag_error < 1e-6, "two sets are exact");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Bytes bytes(data, size);
  const size_t sets = bytes.Byte() % 6;
  if (sets == 0) {
    Overlap overlap;
    overlap.a = EstimateOf(&bytes), overlap.b = EstimateOf(&bytes), overlap.intersection = EstimateOf(&bytes);
    const std::string a = bytes.Text(), b = bytes.Text();
    CheckPictures(
        [&](const ReportOptions& options, const TextSink& to) { return WriteReport(overlap, a, b, options, to); });
    return 0;
  }
  Regions regions;
  regions.estimates.assign(size_t{1} << sets, Estimate::Exact(0));
  std::vector<double> sizes(regions.estimates.size());
  for (size_t m = 1; m < sizes.size(); ++m) {
    const double region = bytes.Size();
    sizes[m] = region;
    regions.estimates[m] = Estimate::Exact(std::isfinite(region) ? region : 0);
  }
  if (sets <= 3) CheckLayout(sizes);
  for (size_t i = 0; i < sets; ++i) {
    double total = 0;
    for (size_t m = 1; m < sizes.size(); ++m) total += (m >> i & 1) != 0 ? regions.estimates[m].value : 0;
    regions.sets.push_back({.name = bytes.Text(), .quality = {}, .derived = true, .count = 0});
    regions.sets.back().estimate = Estimate::Exact(total);
  }
  for (size_t b = 1; b < sets; ++b) {
    for (size_t a = 0; a < b; ++a) regions.pairs.emplace_back();
  }
  if (sets == 2) {
    regions.pairs[0].a = regions.sets[0].size(), regions.pairs[0].b = regions.sets[1].size();
    regions.pairs[0].intersection = regions.estimates[3];
  }
  regions.method = Method::kMinHash;
  CheckPictures([&](const ReportOptions& options, const TextSink& to) { return WriteReport(regions, options, to); },
                sets == 3);
  return 0;
}
