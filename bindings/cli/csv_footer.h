// The lines that a Salesforce report leaves after its rows.
#ifndef VESICA_CLI_CSV_FOOTER_H_
#define VESICA_CLI_CSV_FOOTER_H_

#include <cstdint>

#include "csv_index.h"

namespace vesica_cli {

// Looks among the last records of the file for a report's footer and, if there is one, cuts the index off before it.
// A footer begins with the blank lines before, or with, the first of these records, whose only non-empty field is
// "Grand Totals (n records)", "Confidential Information - Do Not Distribute" or "Copyright (c) 2000-20xx
// salesforce.com, inc. All rights reserved."; and no record of several fields follows. `*records` receives how many
// records that are not blank it has.
Failure CutFooter(const InputFile& file, const IndexOptions& options, CsvIndex* index, uint64_t* records);

}  // namespace vesica_cli

#endif  // VESICA_CLI_CSV_FOOTER_H_
