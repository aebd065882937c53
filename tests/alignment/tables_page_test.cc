// docs/tables.md, which vesica.h refers to, has every table, column and option.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "tests/model/study_runner.h"

namespace vesica {
namespace {

std::string Page() {
  std::ifstream file(std::string(VESICA_TEST_DATA) + "/../docs/tables.md");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The text under the heading of each table.
std::map<std::string, std::string> Sections() {
  const std::string page = Page(), heading = "\n### `";
  std::map<std::string, std::string> sections;
  for (size_t at = page.find(heading); at != std::string::npos;) {
    const size_t name = at + heading.size(), next = page.find(heading, name);
    sections[page.substr(name, page.find('`', name) - name)] = page.substr(name, next - name);
    at = next;
  }
  return sections;
}

TEST(TablesPage, HasEveryTableAndColumn) {
  const std::map<std::string, std::string> sections = Sections();
  const Context context = Context::Create({}).value();
  Study study = Study::Create(context, EmailIdentity(), {}).value();
  const std::vector<Table> tables = AnswerOf(study).value().tables;
  EXPECT_EQ(sections.size(), tables.size());
  for (const Table& table : tables) {
    const auto section = sections.find(table.name());
    ASSERT_NE(section, sections.end()) << table.name();
    for (const TableColumn& column : table.columns()) {
      EXPECT_NE(section->second.find("`" + column.name + "`"), std::string::npos)
          << table.name() << " lacks " << column.name;
    }
  }
}

TEST(TablesPage, HasEveryOption) {
  const std::string page = Page();
  for (const auto& row : RowsOf(RunStudy({}, {}, {"settings"}).at("settings"))) {
    EXPECT_NE(page.find("\n| `" + row.at("option") + "` |"), std::string::npos) << row.at("option");
  }
}

}  // namespace
}  // namespace vesica
