// The CSV reader against its naive twin, on any bytes, in chunks of a few bytes.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/model/csv_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 4) return 0;
  vesica_model::CsvCase test;
  test.limits.chunk_bytes = 1 + data[0] % 128;
  test.limits.record_bytes = test.limits.chunk_bytes + data[1];
  test.column = data[2] % 4;
  test.format.terminator = (data[3] & 1) != 0 ? '\r' : '\n';
  test.format.delimiter = (data[3] & 2) != 0 ? test.format.terminator : (data[3] & 4) != 0 ? ';' : ',';
  test.format.quotes = (data[3] & 8) == 0;
  test.split = (data[3] & 16) != 0 ? '|' : '\0';
  const std::string text(reinterpret_cast<const char*>(data) + 4, size - 4);
  const std::string disagreement = vesica_model::CsvDisagreement(text, test);
  if (!disagreement.empty()) {
    std::fprintf(stderr, "%s\n", disagreement.c_str());
    std::abort();
  }
  return 0;
}
