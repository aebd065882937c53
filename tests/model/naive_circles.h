#ifndef VESICA_TESTS_MODEL_NAIVE_CIRCLES_H_
#define VESICA_TESTS_MODEL_NAIVE_CIRCLES_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/model/event_rows.h"

namespace vesica {

inline std::string CellOf(const EventRow& row, const std::string& name) {
  const auto cell = row.find(name);
  return cell == row.end() ? "" : cell->second;
}

// A person within a company: rows are of one of these.
inline std::string NaivePerson(const EventRow& row) { return CellOf(row, "company") + "|" + CellOf(row, "person"); }

using People = std::set<std::string>;

// The people of rows that `in` takes.
inline People NaivePeople(const std::vector<EventRow>& rows, const std::function<bool(const EventRow&)>& in) {
  People people;
  for (const EventRow& row : rows) {
    if (!CellOf(row, "person").empty() && in(row)) people.insert(NaivePerson(row));
  }
  return people;
}

// The circles by the names that tables have for them.
inline std::map<std::string, People> NaiveCircles(const std::vector<EventRow>& rows) {
  auto is = [](const char* event, std::set<std::string> teams) {
    return [=](const EventRow& row) { return CellOf(row, "event") == event && teams.contains(CellOf(row, "team")); };
  };
  return {{"brand", NaivePeople(rows, is("exposed", {"brand"}))},
          {"demand", NaivePeople(rows, is("exposed", {"demand"}))},
          {"marketing", NaivePeople(rows, is("exposed", {"brand", "demand", "marketing"}))},
          {"sales", NaivePeople(rows, is("contacted", {"sales"}))},
          {"target_marketing", NaivePeople(rows, is("targeted", {"brand", "demand", "marketing"}))},
          {"target_sales", NaivePeople(rows, is("targeted", {"sales"}))},
          {"market", NaivePeople(rows, is("in_market", {"brand", "demand", "marketing", "sales", ""}))},
          {"known", NaivePeople(rows, [](const EventRow&) { return true; })}};
}

inline People NaiveBoth(const People& a, const People& b) {
  People both;
  for (const std::string& person : a) {
    if (b.contains(person)) both.insert(person);
  }
  return both;
}

// The rows of one company, or all of them.
inline std::vector<EventRow> RowsOfCompany(const std::vector<EventRow>& rows, const std::string& company) {
  std::vector<EventRow> found;
  for (const EventRow& row : rows) {
    if (company == "-" || CellOf(row, "company") == company) found.push_back(row);
  }
  return found;
}

inline std::set<std::string> CompaniesOf(const std::vector<EventRow>& rows) {
  std::set<std::string> companies = {"-"};
  for (const EventRow& row : rows) {
    if (!CellOf(row, "company").empty()) companies.insert(CellOf(row, "company"));
  }
  return companies;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_CIRCLES_H_
