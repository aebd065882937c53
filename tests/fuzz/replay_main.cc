// Feeds every file of the given folders to the fuzz target, so that the seeds and the crashes once found stay tested
// where libFuzzer is not at hand. Fails when a folder is missing or holds no file.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// The number of files replayed.
int Replay(const std::filesystem::path& folder) {
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    bytes.shrink_to_fit();  // so that sanitizers see the first byte read past the end
    std::fprintf(stderr, "%s\n", entry.path().filename().c_str());  // the last one named is the one that crashed
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    ++files;
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i]) || Replay(argv[i]) == 0) {
      std::fprintf(stderr, "%s: no seeds\n", argv[i]);
      return 1;
    }
  }
  return argc > 1 ? 0 : 2;
}
