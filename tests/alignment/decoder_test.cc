#include "alignment/decoder.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

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
