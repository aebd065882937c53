// The layout and the picture of sets by the sizes of their regions, for programs in other languages:
//   layout < REGIONS > JSON
// Each line of REGIONS has the 2^n - 1 sizes of the regions of 1 to 3 sets: A, B, AB, or A, B, AB, C, AC, BC, ABC.
// Each line of JSON is {"layout":...,"svg":"..."}, both as WriteReport() writes them.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include "nlohmann/json.hpp"
#include "vesica/overlap.h"
#include "vesica/report.h"

namespace {

std::string Report(const vesica::Regions& regions, vesica::ReportFormat format) {
  vesica::ReportOptions options;
  options.format = format;
  std::string text;
  const absl::Status written = vesica::WriteReport(regions, options, [&](std::string_view piece) {
    text += piece;
    return absl::OkStatus();
  });
  if (!written.ok()) {
    std::cerr << written << "\n";
    std::exit(1);
  }
  return text;
}

vesica::Regions RegionsOf(const std::string& line) {
  vesica::Regions regions;
  regions.counts = {0};
  std::istringstream numbers(line);
  for (uint64_t size = 0; numbers >> size;) regions.counts.push_back(size);
  for (uint32_t set = 0; 1u << set < regions.counts.size(); ++set) {
    regions.sets.push_back({.name = std::string(1, static_cast<char>('A' + set)), .quality = {}});
    for (uint32_t m = 1; m < regions.counts.size(); ++m) {
      if (m >> set & 1) regions.sets[set].count += regions.counts[m];
    }
  }
  return regions;
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const vesica::Regions regions = RegionsOf(line);
    std::cout << nlohmann::json{{"layout", nlohmann::json::parse(Report(regions, vesica::ReportFormat::kLayout))},
                                {"svg", Report(regions, vesica::ReportFormat::kSvg)}}
              << "\n";
  }
}
