#include "alignment/packed_event.h"

#include <random>

#include "gtest/gtest.h"

namespace vesica {
namespace {

TEST(PackedEvent, HoldsWhateverAnEventMayBe) {
  std::mt19937_64 random(1);
  const auto id = [&](uint32_t mask) {
    const uint64_t choice = random() % 4;
    return choice == 0 ? kNoId : choice == 1 ? mask - 1 : static_cast<uint32_t>(random() % mask);
  };
  for (int i = 0; i < 100'000; ++i) {
    Event event;
    event.person = random();
    event.time = random() % 8 == 0 ? kNoTime : static_cast<int64_t>(random());
    event.company = id(packed::kCompanyMask);
    event.account = id(packed::kAccountMask);
    event.segment = id(packed::kSegmentMask);
    event.details = static_cast<uint32_t>(random());
    event.kind = static_cast<EventKind>(random() % 10);
    event.team = static_cast<Team>(random() % 5);
    event.flags = static_cast<uint8_t>(random() % 4);
    if (event.kind == EventKind::kDeal) event.deal_state = static_cast<DealState>(1 + random() % 3);
    if (event.kind == EventKind::kAssetCreated && random() % 2 == 0) event.flags |= kNoPerson;
    ASSERT_TRUE(CanPack(event));
    ASSERT_EQ(Unpack(Pack(event)), event);
  }
}

TEST(PackedEvent, RefusesIdsThatItWouldChange) {
  for (uint32_t Event::*id : {&Event::company, &Event::account, &Event::segment}) {
    Event event;
    EXPECT_TRUE(CanPack(event));
    event.*id = kNoId - 1;
    EXPECT_FALSE(CanPack(event));
  }
  Event event;
  event.company = packed::kCompanyMask;
  EXPECT_FALSE(CanPack(event));
  event.company = packed::kCompanyMask - 1;
  EXPECT_TRUE(CanPack(event));
}

}  // namespace
}  // namespace vesica
