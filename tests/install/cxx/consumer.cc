// The C++ library from an installed tree: two lists in, one overlap out.
#include <cstdio>
#include <vector>

#include "vesica/json.h"
#include "vesica/overlap.h"

namespace {

vesica::ColumnsSource Column(const std::vector<vesica::KeySpan>& keys) {
  return vesica::ColumnsSource({vesica::ColumnFromSpans(keys)});
}

}  // namespace

int main() {
  const std::vector<vesica::KeySpan> marketing_keys = {{"ann@example.com", 15}, {"bo@example.com", 14}};
  const std::vector<vesica::KeySpan> sales_keys = {{" Ann@Example.com ", 17}, {"cy@example.com", 14}};
  const vesica::ColumnsSource marketing = Column(marketing_keys), sales = Column(sales_keys);
  const vesica::KeySource* const sets[] = {&marketing, &sales};

  const auto profile = vesica::Profile::Open("email/1");
  auto context = vesica::Context::Create({});
  if (!profile.ok() || !context.ok()) return 1;
  const auto identity = vesica::Identity::Create(*profile);
  if (!identity.ok()) return 2;
  const auto regions = vesica::CountRegions(sets, *identity, {}, *context);
  if (!regions.ok()) {
    std::fprintf(stderr, "%s\n", regions.status().ToString().c_str());
    return 3;
  }
  std::printf("%s\n", vesica::ToJson(*regions).c_str());
  return regions->Pair(0, 1).intersection.value == 1 ? 0 : 4;
}
