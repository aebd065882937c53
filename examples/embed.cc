// Vesica in a C++ program, over the stable C interface: two lists in, one overlap out.
//
//   c++ -std=c++17 embed.cc $(pkg-config --cflags --libs vesica) && ./a.out
#include <cstdio>
#include <string>
#include <vector>
#include <vesica.hpp>

int main() try {
  const std::vector<std::string> marketing = {"ann@example.com", "bo@example.com", "bo@example.com", "no address"};
  const std::vector<std::string> sales = {" Ann@Example.com ", "cy@example.com"};

  vesica::c::Context context;
  const vesica::c::Profile profile("email/1");
  std::vector<vesica::c::Source> sets;
  sets.emplace_back("marketing", marketing);
  sets.emplace_back("sales", sales);
  const vesica::c::Regions regions(context, profile, sets);

  const vesica_overlap overlap = regions.Overlap(0, 1);
  std::printf("%.0f of %.0f and %.0f: %.0f %% of the smaller\n", overlap.intersection.value, overlap.a.value,
              overlap.b.value, 100 * overlap.overlap_coefficient.value);
  std::printf("invalid in marketing: %d\n", static_cast<int>(regions.Quality(0).invalid));
  return overlap.intersection.value == 1 ? 0 : 1;
} catch (const vesica::c::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
