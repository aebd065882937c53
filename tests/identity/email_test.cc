#include "identity/email.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "identity/email_scan.h"
#include "tests/model/simd_levels.h"
#include "vesica/identity.h"

namespace vesica {
namespace {

// Addresses of all lengths, most of them valid or nearly so.
class AddressGenerator {
 public:
  std::string Next() {
    std::string key(Pick(kLocals));
    while (random_() % 3 == 0) key += Pick(kLocals);
    key += '@';
    key += Pick(kDomains);
    key += Pick(kEndings);
    if (random_() % 8 == 0) key.resize(key.size() * (random_() % 8) / 4, 'x');
    for (uint64_t changes = random_() % 8; changes >= 5 && !key.empty(); --changes) {
      const size_t at = random_() % key.size();
      switch (random_() % 4) {
        case 0:
          key[at] = static_cast<char>(random_());
          break;
        case 1:
          key.insert(at, 1, kSpecials[random_() % kSpecials.size()]);
          break;
        case 2:
          key.erase(at, 1);
          break;
        default:
          if (key[at] >= 'a' && key[at] <= 'z') key[at] = static_cast<char>(key[at] - 32);
      }
    }
    return key;
  }

 private:
  template <size_t n>
  std::string_view Pick(const std::string_view (&from)[n]) {
    return from[random_() % n];
  }
  static constexpr std::string_view kLocals[] = {"ann",  "info", "j",     "a.lee",     "x_y", "n+tag",       "no-reply",
                                                 "0815", "a..b", "sales", "marketing", "hr",  "postmaster1", "Bob"};
  static constexpr std::string_view kDomains[] = {"gmail",     "yahoo",
                                                  "example",   "a",
                                                  "b-c",       "mail.example",
                                                  "a.b.c",     "xn--mnchen-3ya",
                                                  "acme-gmbh", "x--y",
                                                  "hotmail",   "a-very-long-name-of-a-company-that-has-a-long-name",
                                                  "ms1.hinet", "contoso.onmicrosoft"};
  static constexpr std::string_view kEndings[] = {".com", ".de", ".co.uk", ".c1", ".1", "", ".", ".com.", ".net"};
  static constexpr std::string_view kSpecials =
      "@.-_+ \"()<>,:;[]\\\t\0\x7F\x80\xFF"
      "AZaz09/{~";
  std::mt19937_64 random_{20260101};
};

void ExpectSame(const Canonical& a, const Canonical& b, std::string_view key) {
  ASSERT_EQ(a.reason, b.reason) << testing::PrintToString(key);
  ASSERT_EQ(a.bytes, b.bytes);
  ASSERT_EQ(a.free_mail, b.free_mail) << testing::PrintToString(key);
  ASSERT_EQ(a.role, b.role) << testing::PrintToString(key);
}

// A batch is what its keys are one by one, at every SIMD level. Each key is a heap block of its size, so that
// sanitizers see any other byte read.
TEST(Email, BatchesEqualSingleKeysAtEverySimdLevel) {
  const Email email;
  AddressGenerator generator;
  std::vector<std::unique_ptr<char[]>> blocks;
  std::vector<std::string_view> keys;
  std::vector<Canonical> expected;
  Scratch scratch;
  for (int i = 0; i < 20000; ++i) {
    const std::string key = generator.Next();
    blocks.push_back(std::make_unique<char[]>(key.size()));
    std::memcpy(blocks.back().get(), key.data(), key.size());
    keys.emplace_back(blocks.back().get(), key.size());
    expected.push_back(email.Text(keys.back(), KeyEncoding::kPlain, scratch));
  }
  AtEverySimdLevel([&] {
    Scratch batch_scratch;
    std::vector<Canonical> out(keys.size());
    email.TextBatch(keys, KeyEncoding::kPlain, batch_scratch, out.data());
    for (size_t i = 0; i < keys.size(); ++i) ExpectSame(out[i], expected[i], keys[i]);
  });
}

// Keys end to end in a heap block of their size, so that sanitizers see any byte read beside them.
class OwnedRun {
 public:
  explicit OwnedRun(const std::vector<std::string>& keys, std::string_view before = {}) {
    std::string bytes(before);
    for (const std::string& key : keys) {
      offsets_.push_back(static_cast<uint16_t>(bytes.size()));
      bytes += key;
    }
    offsets_.push_back(static_cast<uint16_t>(bytes.size()));
    bytes_ = std::make_unique<char[]>(bytes.size());
    std::memcpy(bytes_.get(), bytes.data(), bytes.size());
  }
  KeyRun run() const { return {bytes_.get(), offsets_.data(), offsets_.size() - 1}; }
  std::string_view key(size_t i) const {
    return std::string_view(bytes_.get(), offsets_.back()).substr(offsets_[i], offsets_[i + 1] - offsets_[i]);
  }

 private:
  std::vector<uint16_t> offsets_;
  std::unique_ptr<char[]> bytes_;
};

// The flags of a run at every SIMD level; they are the same at all of them, and of the scalar twin.
std::vector<uint8_t> FlagsOf(const OwnedRun& run) {
  const size_t count = run.run().count;
  std::vector<uint8_t> scalar(count), flags(count), scalar_local_sizes(count), local_sizes(count), all(count);
  ScanEmailsScalar(run.run(), scalar.data(), scalar_local_sizes.data());
  AtEverySimdLevel([&] {
    ScanEmails(run.run(), flags.data(), local_sizes.data());
    EXPECT_EQ(flags, scalar);
    for (size_t i = 0; i < count; ++i) {
      if (flags[i] == 0) {
        EXPECT_EQ(local_sizes[i], scalar_local_sizes[i]);
      }
    }
    EXPECT_TRUE(Email().ScanRun(run.run(), all.data()));
    for (size_t i = 0; i < count; ++i) EXPECT_EQ(all[i] & (kRunLeft | kRunEmpty), flags[i]);
  });
  return all;
}

bool IsLeft(const std::string& key) {
  const OwnedRun run({key}, std::string(kBeforeRun, 'a'));
  uint8_t flag, local_size;
  ScanEmailsScalar(run.run(), &flag, &local_size);
  return flag == kRunLeft;
}

// What the scan takes is what the full path has.
void ExpectAsTheFullPath(const OwnedRun& run, const std::vector<uint8_t>& flags) {
  const Email email;
  Scratch scratch;
  for (size_t i = 0; i < flags.size(); ++i) {
    ASSERT_EQ(flags[i] == kRunEmpty, run.key(i).empty());
    if ((flags[i] & (kRunLeft | kRunEmpty)) != 0) continue;
    const Canonical seen = {
        .bytes = run.key(i), .free_mail = (flags[i] & kRunFreeMail) != 0, .role = (flags[i] & kRunRole) != 0};
    ExpectSame(seen, email.Text(run.key(i), KeyEncoding::kPlain, scratch), run.key(i));
  }
}

TEST(EmailScan, AgreesWithItsScalarTwinAndTheFullPathAtEverySimdLevel) {
  AddressGenerator generator;
  std::mt19937_64 random(1);
  size_t taken = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> keys(random() % (kMaxRun + 1));
    for (std::string& key : keys) {
      do key = generator.Next();
      while (key.size() > kMaxScan && random() % 4 != 0);
      if (random() % 16 == 0) key.clear();
      // Mostly clean, as lists are: then whole words of the bitmaps are.
      if (round % 4 != 0 && IsLeft(key)) key = "ann.lee@example.com";
    }
    const std::string before(random() % (kBeforeRun + 1), "a@.-\xFF"[random() % 5]);
    const OwnedRun run(keys, before);
    if (run.run().offsets[keys.size()] > kMaxRunBytes) continue;
    const std::vector<uint8_t> flags = FlagsOf(run);
    ExpectAsTheFullPath(run, flags);
    taken += static_cast<size_t>(std::count_if(flags.begin(), flags.end(), [](uint8_t f) { return f < kRunLeft; }));
  }
  EXPECT_GT(taken, 20000u);
}

// One byte of one key is changed to each value: its key may be left for it, and no other.
TEST(EmailScan, LeavesNoNeighbourOfAWrongKey) {
  std::vector<std::string> keys(12, "first.last@mail.example.com");
  keys[3] = "ab@c.de";
  keys[6] = std::string(40, 'l') + "@" + std::string(12, 'd') + ".co.uk";
  const std::vector<uint8_t> clean = FlagsOf(OwnedRun(keys, "x@y.z-----------"));
  EXPECT_EQ(std::count(clean.begin(), clean.end(), 0), 12);
  for (size_t changed : {0u, 3u, 5u, 6u, 11u}) {
    for (size_t at = 0; at < keys[changed].size(); ++at) {
      for (const char c : std::string_view("@.-a1A \x80\0,", 10)) {
        std::vector<std::string> some = keys;
        some[changed][at] = c;
        const OwnedRun run(some, "x@y.z-----------");
        std::vector<uint8_t> flags = FlagsOf(run);
        ExpectAsTheFullPath(run, flags);
        flags[changed] = 0;
        EXPECT_EQ(flags, clean) << testing::PrintToString(some[changed]);
      }
    }
  }
}

// The longest run of the smallest and of the longest keys; a key that is longer than whole words of the bitmaps.
TEST(EmailScan, TakesTheLongestRuns) {
  for (const size_t size : {kMinScan, kMaxScan}) {
    const std::string key = std::string(size - 5, 'a') + "@b.de";
    const std::vector<uint8_t> flags = FlagsOf(OwnedRun(std::vector<std::string>(kMaxRun, key), std::string(16, '@')));
    EXPECT_EQ(std::count(flags.begin(), flags.end(), 0), kMaxRun);
  }
  const std::string key = "ann@example.com";
  for (const std::string& huge : {std::string(9000, 'a'), "a@" + std::string(9000, 'b'), std::string(9000, '@')}) {
    EXPECT_EQ(FlagsOf(OwnedRun({key, key, huge, key, key}, std::string(16, 'a'))),
              (std::vector<uint8_t>{0, 0, 4, 0, 0}));
  }
  EXPECT_EQ(FlagsOf(OwnedRun({}, "")), std::vector<uint8_t>());
  EXPECT_EQ(FlagsOf(OwnedRun({""}, "")), std::vector<uint8_t>{kRunEmpty});
}

// Runs of every length at the end and at the beginning of readable memory.
TEST(EmailScan, ReadsNothingBesideTheRun) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  char* memory = static_cast<char*>(mmap(nullptr, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(memory, MAP_FAILED);
  ASSERT_EQ(mprotect(memory + page, page, PROT_READ | PROT_WRITE), 0);
  AtEverySimdLevel([&] {
    for (size_t size = kMinScan; size <= 200; ++size) {
      for (char* bytes : {memory + page, memory + 2 * page - size}) {
        std::vector<uint16_t> offsets{0};
        while (offsets.back() < size) {
          const size_t rest = size - offsets.back();
          const size_t key_size = rest < 30 ? rest : 20;
          std::memset(bytes + offsets.back(), 'a', key_size);
          if (key_size >= kMinScan) std::memcpy(bytes + offsets.back() + key_size - 5, "@b.cd", 5);
          offsets.push_back(static_cast<uint16_t>(offsets.back() + key_size));
        }
        std::vector<uint8_t> flags(offsets.size() - 1);
        EXPECT_TRUE(Email().ScanRun({bytes, offsets.data(), flags.size()}, flags.data()));
        for (size_t i = 0; i < flags.size(); ++i)
          EXPECT_EQ(flags[i], offsets[i + 1] < kBeforeRun ? kRunLeft : 0) << size;
      }
    }
  });
  munmap(memory, 3 * page);
}

TEST(Email, CountsFreeMailAndRoles) {
  const Email email;
  struct Case {
    const char* key;
    bool free_mail, role;
  };
  for (const Case& c :
       {Case{"ann@gmail.com", true, false}, Case{"ANN@GMAIL.COM", true, false}, Case{"info@example.com", false, true},
        Case{"Info@Example.com", false, true}, Case{"no-reply@yahoo.de", true, true},
        Case{"ann.lee@yahoo.example", true, false}, Case{"ann@contoso.onmicrosoft.com", true, false},
        Case{"hr@e.de", false, true}, Case{"information@example.com", false, false},
        Case{"info1@example.com", false, false}, Case{"a.sales@example.com", false, false},
        Case{"accountspayable@example.com", false, true}, Case{"accountspayables@example.com", false, false},
        Case{"ann@notgmail.com", false, false}, Case{"ann@gmail.com.example.com", false, false},
        Case{"ann@mail.gmail.com", false, false}, Case{"ann@xn--mnchen-3ya.de", false, false}}) {
    Scratch scratch;
    const std::string_view key = c.key;
    Canonical batch;
    email.TextBatch({&key, 1}, KeyEncoding::kPlain, scratch, &batch);
    const Canonical single = email.Text(key, KeyEncoding::kPlain, scratch);
    EXPECT_EQ(single.reason, Reason::kNone) << key;
    EXPECT_EQ(single.free_mail, c.free_mail) << key;
    EXPECT_EQ(single.role, c.role) << key;
    ExpectSame(batch, single, key);
  }
}

}  // namespace
}  // namespace vesica
