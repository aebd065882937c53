// The layout of sets by the sizes of their regions, for programs in other languages:
//   layout < REGIONS > JSON
// Each line of REGIONS has the 2^n - 1 sizes of the regions of 1 to 3 sets: of A, B, AB, or of A, B, AB, C, AC, BC,
// ABC. Each line of JSON is the layout, or {"error":...}.
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "vesica/report.h"

namespace {

void Print(const vesica::EulerLayout& layout) {
  std::printf("{\"sets\":[");
  for (size_t i = 0; i < layout.sets.size(); ++i) {
    const vesica::Ellipse& e = layout.sets[i];
    std::printf("%s{\"x\":%.17g,\"y\":%.17g,\"a\":%.17g,\"b\":%.17g,\"rotation_cos\":%.17g,\"rotation_sin\":%.17g}",
                i == 0 ? "" : ",", e.x, e.y, e.a, e.b, e.cosine, e.sine);
  }
  std::printf("],\"drawn\":[");
  for (size_t m = 1; m < layout.drawn.size(); ++m) std::printf("%s%.17g", m == 1 ? "" : ",", layout.drawn[m]);
  std::printf("],\"circles\":%s,\"stress\":%.17g,\"diag_error\":%.17g}\n", layout.circles ? "true" : "false",
              layout.stress, layout.diag_error);
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream numbers(line);
    std::vector<double> regions = {0};
    for (double size = 0; numbers >> size;) regions.push_back(size);
    const auto layout = vesica::LayoutEuler(regions);
    if (layout.ok()) {
      Print(*layout);
    } else {
      std::printf("{\"error\":\"refused\"}\n");
    }
  }
}
