#include "alignment/decoder.h"

#include <gmock/gmock.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.h"
#include "tests/model/arrow_fixture.h"
#include "tests/model/event_rows.h"

namespace vesica {
namespace {

using ::testing::ElementsAre;

class Collected : public EventSink {
 public:
  absl::Status Take(const Event& event) override {
    events.push_back(event);
    return absl::OkStatus();
  }
  std::vector<Event> events;
};

const AccountRules& Rules() {
  static const auto* rules = new AccountRules(AccountRules::Open().value());
  return *rules;
}

// A decoder and what it made of the rows.
struct Decoded {
  explicit Decoded(const EventBatch& batch, std::vector<std::string> dimensions = {}, TimeRules times = {},
                   const char* profile = "email/1")
      : decoder(Identity::Create(Profile::Open(profile).value()).value(), Rules(), times, dimensions.size()) {
    const auto columns = EventColumns::Find(batch, dimensions);
    status = columns.ok() ? decoder.Decode(*columns, 0, 0, batch.rows, &sink) : columns.status();
  }
  uint64_t Problems(RowProblem problem) const { return decoder.quality().problems[static_cast<size_t>(problem)].rows; }
  uint64_t FirstRow(RowProblem problem) const {
    return decoder.quality().problems[static_cast<size_t>(problem)].first_rows[0];
  }
  std::string AccountOf(size_t event) const {
    const uint32_t account = sink.events[event].account;
    return account == kNoId ? "" : std::string(decoder.accounts()[account]);
  }
  const EventDetails& DetailsOf(size_t event) const {
    return *reinterpret_cast<const EventDetails*>(decoder.labels().details[sink.events[event].details].data());
  }

  Collected sink;
  EventDecoder decoder;
  absl::Status status;
};

TEST(EventDecoder, ReadsEveryPartOfARow) {
  const EventRows rows({{{"company", "Acme"},
                         {"person", "Anna@Shop.Example.com"},
                         {"event", "Stage"},
                         {"team", "SALES"},
                         {"time", "2024-03-12"},
                         {"stage", "MQL"},
                         {"reason", "budget"},
                         {"source", "web"},
                         {"region", "EMEA"}},
                        {{"company", "Acme"},
                         {"person", "anna@shop.example.com"},
                         {"event", "deal"},
                         {"stage", "Won"},
                         {"deal", "D-1"},
                         {"amount", "1,234.5"},
                         {"currency", "EUR"},
                         {"account_size", "8"},
                         {"account", "https://www.acme.org/x"}}});
  const Decoded decoded(rows.batch(), {"region"});
  ASSERT_TRUE(decoded.status.ok()) << decoded.status;
  ASSERT_EQ(decoded.sink.events.size(), 2u);
  const Event& stage = decoded.sink.events[0];
  const Event& deal = decoded.sink.events[1];
  EXPECT_EQ(stage.kind, EventKind::kStage);
  EXPECT_EQ(stage.team, Team::kSales);
  EXPECT_EQ(stage.time, 1'710'201'600 * kMicrosPerSecond);
  EXPECT_TRUE(stage.date_only());
  EXPECT_EQ(decoded.AccountOf(0), "example.com");
  EXPECT_EQ(decoded.decoder.labels().stages[decoded.DetailsOf(0).stage], "MQL");
  EXPECT_EQ(decoded.decoder.labels().reasons[decoded.DetailsOf(0).reason], "budget");
  EXPECT_EQ(decoded.decoder.labels().sources[decoded.DetailsOf(0).source], "web");
  EXPECT_NE(stage.segment, kNoId);

  EXPECT_EQ(deal.person, stage.person);
  EXPECT_EQ(deal.kind, EventKind::kDeal);
  EXPECT_EQ(deal.deal_state, DealState::kWon);
  EXPECT_EQ(deal.time, kNoTime);
  EXPECT_EQ(deal.segment, kNoId);
  EXPECT_EQ(decoded.AccountOf(1), "acme.org");
  EXPECT_NE(deal.flags & kAccountGiven, 0);
  EXPECT_EQ(decoded.DetailsOf(1).amount, 12'345'000);
  EXPECT_EQ(decoded.DetailsOf(1).account_size, 8u);
  EXPECT_EQ(decoded.DetailsOf(1).stage, kNoId);
}

TEST(EventDecoder, CountsWhatItDoesNotTakeAndSaysWhere) {
  const EventRows rows({{{"person", "a@example.com"}, {"event", "exposed"}, {"team", "brand"}},
                        {{"person", ""}, {"event", "exposed"}, {"team", "brand"}},
                        {{"person", "not an address"}, {"event", "exposed"}, {"team", "brand"}},
                        {{"person", "a@example.com"}, {"event", "clicked"}},
                        {{"person", "a@example.com"}},
                        {{"person", "a@example.com"}, {"event", "exposed"}},
                        {{"person", "a@example.com"}, {"event", "contacted"}, {"team", "press"}},
                        {{"person", "a@example.com"}, {"event", "asset_used"}, {"team", "sales"}},
                        {{"person", "a@example.com"}, {"event", "deal"}, {"deal", "1"}, {"stage", "maybe"}},
                        {{"person", "a@example.com"}, {"event", "deal"}, {"stage", "won"}},
                        {{"person", "a@example.com"}, {"event", "stage"}},
                        {{"person", "a@example.com"}, {"event", "engaged"}, {"time", "soon"}},
                        {{"person", "a@example.com"}, {"event", "engaged"}, {"time", "2024-03-12 09:00"}},
                        {{"person", "a@example.com"}, {"event", "engaged"}, {"amount", "lots"}},
                        {{"person", "a@example.com"}, {"event", "engaged"}, {"account_size", "-3"}}});
  const Decoded decoded(rows.batch());
  ASSERT_TRUE(decoded.status.ok()) << decoded.status;
  EXPECT_EQ(decoded.decoder.quality().rows, 15u);
  EXPECT_EQ(decoded.decoder.quality().taken, 5u);
  EXPECT_EQ(decoded.sink.events.size(), 5u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kBlankPerson), 1u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kInvalidPerson), 2u);
  EXPECT_EQ(decoded.Problems(RowProblem::kUnknownEvent), 2u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kUnknownEvent), 3u);
  EXPECT_EQ(decoded.Problems(RowProblem::kInvalidTeam), 2u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kNoAsset), 7u);
  EXPECT_EQ(decoded.Problems(RowProblem::kNoDeal), 2u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kNoStage), 10u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kInvalidTime), 11u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kNaiveTime), 12u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kInvalidAmount), 13u);
  EXPECT_EQ(decoded.FirstRow(RowProblem::kInvalidSize), 14u);
}

TEST(EventDecoder, PutsADayBeforeItsMomentsForExposuresAndAfterThemForContacts) {
  std::vector<EventRow> all;
  for (const char* event : {"exposed", "targeted", "stage", "contacted", "responded"}) {
    all.push_back(
        {{"person", "a@example.com"}, {"event", event}, {"team", "sales"}, {"stage", "x"}, {"time", "1970-01-02"}});
  }
  const EventRows rows(all);
  const Decoded decoded(rows.batch());
  std::vector<int64_t> times;
  for (const Event& event : decoded.sink.events) times.push_back(event.time);
  EXPECT_THAT(times,
              ElementsAre(kMicrosPerDay, kMicrosPerDay, kMicrosPerDay, 2 * kMicrosPerDay - 1, 2 * kMicrosPerDay - 1));
}

TEST(EventDecoder, KeepsPeopleOfTwoCompaniesApart) {
  const EventRow row = {{"person", "a@example.com"}, {"event", "engaged"}};
  EventRow other = row;
  other["company"] = "B";
  const EventRows rows({row, other, row});
  const Decoded decoded(rows.batch());
  EXPECT_NE(decoded.sink.events[0].person, decoded.sink.events[1].person);
  EXPECT_EQ(decoded.sink.events[0], decoded.sink.events[2]);
}

TEST(EventDecoder, FindsAccounts) {
  auto row = [](const char* person, const char* account) {
    return EventRow{{"person", person}, {"account", account}, {"event", "engaged"}};
  };
  const EventRows rows({row("a@mail.acme.co.uk", ""), row("a@gmail.com", ""), row("a@gmail.com", "ACME Ltd"),
                        row("a@x.org", "www.acme.com"), row("a@x.org", "someone@acme.com")});
  const Decoded decoded(rows.batch());
  ASSERT_TRUE(decoded.status.ok());
  EXPECT_EQ(decoded.AccountOf(0), "acme.co.uk");
  EXPECT_EQ(decoded.AccountOf(1), "");
  EXPECT_EQ(decoded.AccountOf(2), "ACME Ltd");
  EXPECT_EQ(decoded.AccountOf(3), "acme.com");
  EXPECT_EQ(decoded.AccountOf(4), "acme.com");
}

TEST(EventDecoder, TakesAssetsWithoutPeople) {
  const EventRows rows({EventRow{{"event", "asset_created"}, {"team", "marketing"}, {"asset", "whitepaper"}}});
  const Decoded decoded(rows.batch());
  ASSERT_EQ(decoded.sink.events.size(), 1u);
  EXPECT_NE(decoded.sink.events[0].flags & kNoPerson, 0);
}

TEST(EventDecoder, RefusesBatchesThatAreNone) {
  const EventRows rows({EventRow{{"person", "a@example.com"}, {"event", "engaged"}, {"time", "2024-01-01"}}});
  EventBatch batch = rows.batch();
  batch.columns.push_back(batch.columns.back());
  EXPECT_EQ(EventColumns::Find(batch, {}).status().code(), absl::StatusCode::kInvalidArgument);
  batch = rows.batch();
  batch.rows = 2;
  EXPECT_FALSE(EventColumns::Find(batch, {}).ok());
  batch = rows.batch();
  std::erase_if(batch.columns, [](const EventColumn& column) { return column.name == "event"; });
  EXPECT_FALSE(EventColumns::Find(batch, {}).ok());
  batch = rows.batch();
  for (EventColumn& column : batch.columns) column.unit = EventUnit::kSeconds;
  EXPECT_FALSE(EventColumns::Find(batch, {}).ok());
}

TEST(EventsFromArrow, ReadsDictionariesAndTimestamps) {
  const int64_t noon = 1'710'244'800;
  std::vector<std::pair<const char*, std::unique_ptr<ArrowFixture>>> columns;
  columns.emplace_back("person", ArrowFixture::Text("u", {"a@example.com", "b@example.com", std::nullopt}));
  columns.emplace_back("event",
                       ArrowFixture::Dictionary("c", {0, 1, 0}, ArrowFixture::Text("U", {"exposed", "contacted"})));
  columns.emplace_back("team", ArrowFixture::Text("vu", {"brand", "sales", "sales"}));
  columns.emplace_back("time", ArrowFixture::Integers("l", {noon * 1'000, std::nullopt, 0}));
  columns[3].second->schema.format = "tsm:UTC";
  const auto records = ArrowFixture::Records(std::move(columns), {true, true, true});
  const auto batch = EventsFromArrow(records->schema, records->array);
  ASSERT_TRUE(batch.ok()) << batch.status();
  const Decoded decoded(*batch);
  ASSERT_TRUE(decoded.status.ok()) << decoded.status;
  ASSERT_EQ(decoded.sink.events.size(), 2u);
  EXPECT_EQ(decoded.sink.events[0].time, noon * kMicrosPerSecond);
  EXPECT_EQ(decoded.sink.events[0].team, Team::kBrand);
  EXPECT_EQ(decoded.sink.events[1].kind, EventKind::kContacted);
  EXPECT_FALSE(decoded.sink.events[1].has_time());
  EXPECT_EQ(decoded.Problems(RowProblem::kBlankPerson), 1u);
}

// Columns of a record batch, by name.
class ArrowColumns {
 public:
  std::unique_ptr<ArrowFixture>& Add(const char* name, std::unique_ptr<ArrowFixture> column) {
    columns_.emplace_back(name, std::move(column));
    return columns_.back().second;
  }
  // 10^-scale units of `bytes` bytes each; a row in front of the offset.
  void AddDecimals(const char* name, const char* format, size_t bytes, const std::vector<__int128>& values) {
    auto& column = Add(name, ArrowFixture::Integers("l", ArrowFixture::IntegerRows(values.size(), 0), 1));
    std::string buffer(bytes, 'j');
    for (const __int128& value : values) buffer.append(reinterpret_cast<const char*>(&value), bytes);
    column->SetBuffer(1, buffer);
    column->schema.format = format;
  }
  // Rows 0, 1, ... of `bits`, after three more.
  void AddBools(const char* name, const std::vector<std::optional<bool>>& rows) {
    ArrowFixture::IntegerRows valid;
    std::string bits((rows.size() + 3 + 7) / 8, '\x07');
    for (size_t i = 0; i < rows.size(); ++i) {
      valid.push_back(rows[i].has_value() ? std::optional<int64_t>(0) : std::nullopt);
      if (!rows[i].value_or(true)) bits[(i + 3) / 8] = static_cast<char>(bits[(i + 3) / 8] & ~(1 << (i + 3) % 8));
      if (rows[i].value_or(false)) bits[(i + 3) / 8] = static_cast<char>(bits[(i + 3) / 8] | 1 << (i + 3) % 8);
    }
    auto& column = Add(name, ArrowFixture::Integers("c", valid, 3));
    column->SetBuffer(1, bits);
    column->schema.format = "b";
  }
  std::unique_ptr<ArrowFixture> Records(size_t rows) {
    ArrowFixture::TextRows people, kinds;
    for (size_t i = 0; i < rows; ++i) people.push_back("p" + std::to_string(i) + "@x.com"), kinds.push_back("deal");
    Add("person", ArrowFixture::Text("u", people));
    Add("event", ArrowFixture::Text("u", kinds));
    Add("deal", ArrowFixture::Text("u", people));
    Add("stage", ArrowFixture::Text("u", ArrowFixture::TextRows(rows, "won")));
    return ArrowFixture::Records(std::move(columns_), std::vector<bool>(rows, true));
  }

 private:
  std::vector<std::pair<const char*, std::unique_ptr<ArrowFixture>>> columns_;
};

TEST(EventsFromArrow, ReadsDecimals) {
  const std::tuple<const char*, size_t, std::vector<__int128>> kKinds[] = {
      {"d:12,2", 16, {123456, -50, 0, __int128{1} << 100}},
      {"d:12,2,128", 16, {123456, -50, 0, __int128{1} << 100}},
      {"d:12,2,64", 8, {123456, -50, 0, INT64_MAX}},
      {"d:9,2,32", 4, {123456, -50, 0, 7}}};
  for (const auto& [format, bytes, values] : kKinds) {
    SCOPED_TRACE(format);
    ArrowColumns columns;
    columns.AddDecimals("amount", format, bytes, values);
    const auto records = columns.Records(values.size());
    const auto batch = EventsFromArrow(records->schema, records->array);
    ASSERT_TRUE(batch.ok()) << batch.status();
    const Decoded decoded(*batch);
    ASSERT_TRUE(decoded.status.ok()) << decoded.status;
    EXPECT_EQ(decoded.DetailsOf(0).amount, 12'345'600);
    EXPECT_EQ(decoded.DetailsOf(1).amount, -5'000);
    EXPECT_TRUE(decoded.DetailsOf(2).has_amount);
    EXPECT_EQ(decoded.Problems(RowProblem::kInvalidAmount), bytes == 4 ? 0u : 1u);
  }
}

TEST(EventsFromArrow, ReadsBoolsAsLabels) {
  ArrowColumns columns;
  columns.AddBools("customer", {true, false, std::nullopt, true, true, false, false, true, false, true});
  const auto records = columns.Records(10);
  const auto batch = EventsFromArrow(records->schema, records->array);
  ASSERT_TRUE(batch.ok()) << batch.status();
  const Decoded decoded(*batch, {"customer"});
  ASSERT_TRUE(decoded.status.ok()) << decoded.status;
  std::string found;
  for (const Event& event : decoded.sink.events) {
    if (event.segment == kNoId) {
      found += "-";
      continue;
    }
    uint32_t label = 0;
    std::memcpy(&label, decoded.decoder.labels().segments[event.segment].data(), sizeof(label));
    found += decoded.decoder.labels().dimensions[0][label].front();
  }
  EXPECT_EQ(found, "tf-ttfftft");
}

TEST(EventsFromArrow, ReadsDictionariesOfIntegers) {
  ArrowColumns columns;
  columns.Add("size", ArrowFixture::Dictionary("c", {1, 0, std::nullopt}, ArrowFixture::Integers("s", {50, 200})));
  columns.Add("account_size", ArrowFixture::Dictionary("c", {1, 0, 1}, ArrowFixture::Integers("l", {7, 9})));
  const auto records = columns.Records(3);
  const auto batch = EventsFromArrow(records->schema, records->array);
  ASSERT_TRUE(batch.ok()) << batch.status();
  const Decoded decoded(*batch, {"size"});
  ASSERT_TRUE(decoded.status.ok()) << decoded.status;
  EXPECT_EQ(decoded.DetailsOf(0).account_size, 9u);
  EXPECT_EQ(decoded.DetailsOf(1).account_size, 7u);
  EXPECT_EQ(decoded.DetailsOf(2).account_size, 9u);
  EXPECT_EQ(decoded.decoder.labels().dimensions[0].size(), 2u);
}

// A column that the study reads is an error if its type is strange; others are not looked at.
TEST(EventsFromArrow, RefusesTypesThatItCannotReadByTheColumnsName) {
  for (const char* name : {"amount", "reason", "company_region", "region", "time"}) {
    for (const char* format : {"tDs", "e", "d:50,2,256", "d:12", "d:12,2,128,1", "d:12,99", "+l", "w:5"}) {
      SCOPED_TRACE(std::string(name) + " " + format);
      ArrowColumns columns;
      columns.Add(name, ArrowFixture::Integers("l", {1, 2}))->schema.format = format;
      const auto records = columns.Records(2);
      const auto batch = EventsFromArrow(records->schema, records->array);
      ASSERT_TRUE(batch.ok()) << batch.status();
      const absl::Status status = EventColumns::Find(*batch, {"region"}).status();
      EXPECT_EQ(GetErrorInfo(status).code, ErrorCode::kUnsupported);
      EXPECT_THAT(std::string(status.message()), testing::HasSubstr("'" + std::string(name) + "'"));
      EXPECT_EQ(EventColumns::Find(*batch, {}).ok(), std::string(name) == "region");
    }
  }
  ArrowColumns columns;  // readable, but not there
  columns.AddBools("amount", {true});
  const auto records = columns.Records(1);
  EXPECT_FALSE(EventColumns::Find(*EventsFromArrow(records->schema, records->array), {}).ok());
}

TEST(EventsFromArrow, TakesColumnsWithoutValuesForNone) {
  ArrowColumns columns;
  columns.Add("reason", std::make_unique<ArrowFixture>("n", 2, 0));
  columns.Add("region", std::make_unique<ArrowFixture>("n", 2, 0));
  const auto records = columns.Records(2);
  const auto batch = EventsFromArrow(records->schema, records->array);
  ASSERT_TRUE(batch.ok()) << batch.status();
  const Decoded decoded(*batch, {"region"});
  ASSERT_TRUE(decoded.status.ok()) << decoded.status;
  EXPECT_EQ(decoded.sink.events.size(), 2u);
}

TEST(EventsFromArrow, RefusesWhatIsNoRecordBatch) {
  const auto text = ArrowFixture::Text("u", {"a"});
  EXPECT_FALSE(EventsFromArrow(text->schema, text->array).ok());
  std::vector<std::pair<const char*, std::unique_ptr<ArrowFixture>>> columns;
  columns.emplace_back("person", ArrowFixture::Text("u", {"a@example.com", "b@example.com"}));
  const auto with_null = ArrowFixture::Records(std::move(columns), {true, false});
  EXPECT_FALSE(EventsFromArrow(with_null->schema, with_null->array).ok());
}

}  // namespace
}  // namespace vesica
