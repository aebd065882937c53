#ifndef VESICA_LIB_TABLE_WARNINGS_H_
#define VESICA_LIB_TABLE_WARNINGS_H_

#include <span>
#include <string>
#include <vector>

#include "vesica/overlap.h"

namespace vesica {

// What a reader of the answer should know before trusting it: short sentences of fact, in the order of the sets.
std::vector<std::string> Warnings(std::span<const Regions::Set> sets, double expected_false_matches);
std::vector<std::string> Warnings(const Regions& regions);
std::vector<std::string> Warnings(const Matrix& matrix);

// Expected number of keys merged because their hashes agree; of a matrix, the largest of any pair.
double ExpectedFalseMatches(const Regions& regions);
double ExpectedFalseMatches(const Matrix& matrix);

}  // namespace vesica

#endif  // VESICA_LIB_TABLE_WARNINGS_H_
