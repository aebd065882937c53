#include "identity/email.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

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

// The scan and its scalar twin decide alike, and what they take is what the full path has.
TEST(EmailScan, AgreesWithItsScalarTwinAtEverySimdLevel) {
  const AddressLists& lists = AddressLists::Get();
  const Email email;
  AddressGenerator generator;
  std::vector<std::string> keys(kScanBatch);
  size_t taken = 0;
  for (int round = 0; round < 40; ++round) {
    for (std::string& key : keys) key = generator.Next();
    const std::vector<std::string_view> views(keys.begin(), keys.end());
    std::vector<Canonical> scalar(kScanBatch);
    std::vector<uint16_t> scalar_left(kScanBatch);
    scalar_left.resize(ScanEmailsScalar(views, lists, scalar.data(), scalar_left.data()));
    AtEverySimdLevel([&] {
      std::vector<Canonical> out(kScanBatch);
      std::vector<uint16_t> left(kScanBatch);
      left.resize(ScanEmails(views, lists, out.data(), left.data()));
      ASSERT_EQ(left, scalar_left);
      Scratch scratch;
      for (size_t i = 0, next = 0; i < kScanBatch; ++i) {
        if (next < left.size() && left[next] == i) {
          ++next;
          continue;
        }
        ++taken;
        ExpectSame(out[i], scalar[i], keys[i]);
        ExpectSame(out[i], email.Text(keys[i], KeyEncoding::kPlain, scratch), keys[i]);
      }
    });
  }
  EXPECT_GT(taken, 2000u);
}

// Keys of every length at the end and at the beginning of readable memory.
TEST(EmailScan, ReadsNothingBesideTheKeys) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  char* memory = static_cast<char*>(mmap(nullptr, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(memory, MAP_FAILED);
  ASSERT_EQ(mprotect(memory + page, page, PROT_READ | PROT_WRITE), 0);
  const AddressLists& lists = AddressLists::Get();
  AtEverySimdLevel([&] {
    for (size_t size = 0; size <= 70; ++size) {
      for (char* key : {memory + page, memory + 2 * page - size}) {
        std::memset(key, 'a', size);
        if (size > 8) std::memcpy(key + size - 6, "@b.com", 6);
        const std::string_view view(key, size);
        Canonical out;
        uint16_t left;
        EXPECT_EQ(ScanEmails({&view, 1}, lists, &out, &left), size_t{size < kMinScan || size > kMaxScan}) << size;
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
