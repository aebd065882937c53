// The kernels for x86-64 with AVX2, BMI1 and POPCNT; this file alone is compiled for it.

#include "csv_block.h"
#include "csv_kernels.h"

namespace vesica_cli {

#include "csv_kernels.inc"

const CsvKernels kAvx2CsvKernels = {"avx2", CountChunk, ScanPlainRows};

}  // namespace vesica_cli
