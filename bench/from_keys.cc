// Builds an exact audience of a column of text again and again, for programs in other languages to be compared with.
//
//   from_keys FILE   where FILE is the number of rows (uint64), rows + 1 offsets (int32), and the bytes of the text
//
// For each line of standard input it builds the audience once, in a context of its own, and answers with a line: the
// seconds of processor time it took and the number of distinct keys. The profile is raw/1.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "vesica/audience.h"
#include "vesica/context.h"
#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/keys.h"

namespace vesica {
namespace {

template <class T>
T ValueOf(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::cerr << value.status() << "\n";
  std::exit(1);
}

struct Text {
  std::vector<int32_t> offsets;
  std::string bytes;
};

Text ReadText(const char* path) {
  std::ifstream file(path, std::ios::binary);
  uint64_t rows = 0;
  Text text;
  file.read(reinterpret_cast<char*>(&rows), sizeof(rows));
  text.offsets.resize(file ? rows + 1 : 1);
  file.read(reinterpret_cast<char*>(text.offsets.data()), static_cast<std::streamsize>((rows + 1) * sizeof(int32_t)));
  text.bytes.resize(file ? static_cast<size_t>(text.offsets.back()) : 0);
  if (!file.read(text.bytes.data(), static_cast<std::streamsize>(text.bytes.size()))) {
    std::cerr << "cannot read the keys\n";
    std::exit(1);
  }
  return text;
}

uint64_t Build(const Text& text, const Identity& identity) {
  Context context = ValueOf(Context::Create({}));
  KeyColumn column;
  column.layout = KeyLayout::kOffsets32;
  column.length = text.offsets.size() - 1;
  column.data = text.bytes.data();
  column.offsets = text.offsets.data();
  AudienceBuilder builder(context, identity);
  if (!builder.Add(column).ok()) std::exit(1);
  return ValueOf(builder.Build()).count();
}

}  // namespace
}  // namespace vesica

int main(int argc, char** argv) {
  if (argc != 2) return 1;
  const vesica::Text text = vesica::ReadText(argv[1]);
  const auto identity = vesica::ValueOf(vesica::Identity::Create(vesica::ValueOf(vesica::Profile::Open("raw/1"))));
  for (std::string line; std::getline(std::cin, line);) {
    const std::clock_t begin = std::clock();
    const uint64_t count = vesica::Build(text, identity);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::printf("%.6f %llu\n", seconds, static_cast<unsigned long long>(count));
    std::fflush(stdout);
  }
  return 0;
}
