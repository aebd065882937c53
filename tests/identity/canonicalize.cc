// canonicalize PROFILE [COUNTRY]: reads one key a line and writes, for each, "=canonical bytes" (hex if the profile's
// canonical form is a digest) or "!number of the reason". For the oracle scripts beside it.
#include <cstdio>
#include <iostream>
#include <string>

#include "vesica/identity.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto profile = vesica::Profile::Open(argv[1], argc > 2 ? argv[2] : "");
  if (!profile.ok()) {
    std::cerr << profile.status().message() << "\n";
    return 1;
  }
  std::ios::sync_with_stdio(false);
  std::string line, canonical;
  while (std::getline(std::cin, line)) {
    const vesica::Reason reason = profile->Canonicalize(line, vesica::KeyEncoding::kPlain, &canonical);
    if (reason != vesica::Reason::kNone) {
      std::cout << '!' << static_cast<int>(reason) << '\n';
    } else if (profile->info().digest) {
      std::cout << '=';
      for (const char c : canonical) {
        std::cout << "0123456789abcdef"[c >> 4 & 15] << "0123456789abcdef"[c & 15];
      }
      std::cout << '\n';
    } else {
      std::cout << '=' << canonical << '\n';
    }
  }
  return 0;
}
