/* vesica.h - the stable C interface of Vesica. Everything a linking vendor may rely on is here.
 *
 * Vesica measures how far audiences overlap. Keys of people (e-mails, phones, ids, digests) become
 * canonical bytes under a profile, bytes become hashes, hashes become counts:
 *
 *     vesica_profile  +  columns of keys  ->  vesica_regions            one shot: all regions of 1..8 sets
 *     vesica_profile  ->  vesica_builder  ->  vesica_audience           kept sets, compared many times
 *     vesica_profile  +  events  ->  vesica_study  ->  tables           what teams did with people
 *
 * Ownership  A function with a `**out` parameter hands the caller a handle; the caller returns it with the
 *            *_free of the same noun, which allows NULL. Handles may be freed in any order: each keeps
 *            alive what it needs. Nothing else is ever freed. Memory passed in is only read, and only
 *            until the call returns. `const char*` results are constants of the library, but for those of a
 *            table, which live as long as it.
 * Errors     Every function that can fail returns vesica_status. On anything but VESICA_OK output values
 *            are left as they were (exceptions are named where they are), and output handles are set to
 *            NULL. A vesica_error, where given, is filled on failure and left alone on success. A NULL
 *            where this file does not allow it is VESICA_INVALID_ARGUMENT. No text ever contains a key.
 * Structs    Set struct_size to sizeof before the call and zero the rest:
 *                vesica_error error = {.struct_size = sizeof(error)};
 *            Structs with struct_size grow only at their end, so older and newer callers both work: what
 *            an older caller does not have takes its default, and results are filled as far as the caller
 *            has room. What a newer caller asks of an older library is refused, never ignored: bytes
 *            beyond the library's struct, flags it does not know and reserved fields must be 0, and
 *            numbers (layout, encoding, ...) known to it, else VESICA_UNSUPPORTED. In an array of structs
 *            all have one struct_size, which is also the distance between them. Structs without
 *            struct_size never grow.
 * Threads    Functions taking `const T*` may run at once on one handle; functions taking `T*` need it to
 *            themselves. Distinct handles never share mutable state. A context serves one call at a time.
 *            Threads are made and joined inside a call. After fork() the child may use every handle on
 *            which no call was running.
 * Callbacks  must return: no exception and no longjmp out of them. They may call this library, but not with
 *            the context, builder or stream of the call that called them.
 * Process    No globals, environment, locale, signals, standard streams, abort or exceptions across.
 * Secrets    A secret (>= 16 random bytes) makes hashes keyed: whoever gets an audience image without it
 *            cannot test guesses against it. It does NOT protect from a partner who holds it too.
 * Text out   Functions with (buffer, capacity, length) set `*length` to the bytes of the text without its
 *            closing NUL. Pass NULL and 0 to ask the size (VESICA_OK), then a buffer of *length + 1.
 *            VESICA_BUFFER_TOO_SMALL sets `*length` too and leaves the buffer as it was.
 * Stability  All here is experimental until 1.0. From then on names, values, signatures and struct
 *            prefixes are frozen; see API.md. All here is since 0.1 unless a comment says otherwise. */
#ifndef VESICA_VESICA_H_
#define VESICA_VESICA_H_

#include <stddef.h>
#include <stdint.h>

#if defined(VESICA_STATIC)
#define VESICA_API
#elif defined(_WIN32)
#if defined(VESICA_BUILDING)
#define VESICA_API __declspec(dllexport)
#else
#define VESICA_API __declspec(dllimport)
#endif
#else
#define VESICA_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ------------------------------------------------------------------------------------ */

#define VESICA_VERSION_MAJOR 0
#define VESICA_VERSION_MINOR 1
#define VESICA_VERSION_PATCH 0

/* Version of the library linked at run time, such as "0.1.0". */
VESICA_API const char* vesica_version(void);

/* ---- Status and errors -------------------------------------------------------------------------- */

/* Fixed width on purpose: new codes must stay receivable. Treat a code you do not know as a failure. */
typedef int32_t vesica_status;
enum {
  VESICA_OK = 0,
  VESICA_INVALID_ARGUMENT = 1,  /* A precondition written here was broken. */
  VESICA_INVALID_KEY = 2,       /* vesica_profile_canonicalize only: the key has no canonical form. */
  VESICA_IDENTITY_MISMATCH = 3, /* The sets' stamps differ; vesica_error.field says where. */
  VESICA_OUT_OF_MEMORY = 4,     /* The system gave no memory. */
  VESICA_OVER_BUDGET = 5,       /* The context's budget is too small; vesica_error.needed_bytes. */
  VESICA_BUFFER_TOO_SMALL = 6,  /* The caller's buffer is; `*length` says what is needed. */
  VESICA_CANCELLED = 7,         /* The progress callback asked for it. */
  VESICA_CORRUPT = 8,           /* Bytes or Arrow data from outside contradict themselves. */
  VESICA_TOO_NEW = 9,           /* An image of a format this library cannot read. */
  VESICA_IO = 10,               /* A source callback or Arrow stream reported failure. */
  VESICA_UNSUPPORTED = 11,      /* Valid, but this build or these representations cannot do it. */
  VESICA_INTERNAL = 99          /* A bug in the library; please report it. */
};

/* Constant English text of a status; "unknown status" for a code this library does not know. */
VESICA_API const char* vesica_status_text(vesica_status status);

/* Which part of two stamps differs (vesica_error.field). */
enum {
  VESICA_FIELD_NONE = 0,
  VESICA_FIELD_PROFILE = 1, /* Profile, its version or its country. */
  VESICA_FIELD_DATA = 2,    /* Data of the profile (such as the Public Suffix List). */
  VESICA_FIELD_FAMILY = 3,  /* Hash family: keyed against unkeyed. */
  VESICA_FIELD_WIDTH = 4,   /* 64 against 128 bits. */
  VESICA_FIELD_SECRET = 5   /* Keyed under different secrets. */
};

#define VESICA_NO_ROW UINT64_MAX
#define VESICA_NO_INDEX UINT32_MAX

/* One whose struct_size is below VESICA_ERROR_V1_SIZE is not filled. */
typedef struct vesica_error {
  uint32_t struct_size;
  vesica_status status;
  uint64_t row;          /* 0-based row at fault, or VESICA_NO_ROW. */
  uint32_t index;        /* 0-based set, column or audience at fault, or VESICA_NO_INDEX. */
  uint32_t field;        /* VESICA_FIELD_*. */
  uint64_t needed_bytes; /* With VESICA_OVER_BUDGET: the budget that would do. Else 0. */
  char message[256];     /* One line of UTF-8, NUL-terminated. */
} vesica_error;
#define VESICA_ERROR_V1_SIZE ((uint32_t)(offsetof(vesica_error, message) + 256))

/* ---- Context: threads, memory, progress ---------------------------------------------------------- */

typedef struct vesica_context vesica_context;

/* Called on the thread that made the call, at least every 0.1 s of work. `fraction` is in 0..1 and never
 * falls within one call. Return 0 to go on, anything else to cancel. */
typedef int32_t (*vesica_progress_fn)(void* user, double fraction);

typedef struct vesica_context_options {
  uint32_t struct_size;
  uint32_t threads;             /* Most threads of one call, the caller's included; 0 means 1, at most 256. */
  uint64_t memory_budget_bytes; /* Most working memory of the library, at least about 4 MiB a thread; 0: no limit.
                                   Exact audiences count; finished sketches (at most 5 times sketch_bytes) do not. */
  vesica_progress_fn progress;  /* May be NULL. */
  void* progress_user;
} vesica_context_options;
#define VESICA_CONTEXT_OPTIONS_V1_SIZE ((uint32_t)(offsetof(vesica_context_options, progress_user) + sizeof(void*)))

/* Makes a context. `options` may be NULL: one thread, no limit. `progress_user` must live as long as the
 * context and the builders made with it. The context keeps its working memory between calls, which makes
 * the next call faster; vesica_context_trim gives it back to the system. */
VESICA_API vesica_status vesica_context_create(const vesica_context_options* options, vesica_context** out,
                                               vesica_error* error);
VESICA_API void vesica_context_free(vesica_context* context);
VESICA_API vesica_status vesica_context_trim(vesica_context* context, vesica_error* error);

typedef struct vesica_memory {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t held_bytes; /* Now held by the context and by the builders made with it. */
  uint64_t peak_bytes; /* Most ever held at once. */
} vesica_memory;
#define VESICA_MEMORY_V1_SIZE ((uint32_t)(offsetof(vesica_memory, peak_bytes) + sizeof(uint64_t)))

/* May be called at any time, also from the progress callback. */
VESICA_API vesica_status vesica_context_memory(const vesica_context* context, vesica_memory* out, vesica_error* error);

/* ---- Profiles: what makes two keys the same ------------------------------------------------------- */

typedef struct vesica_profile vesica_profile;

typedef struct vesica_profile_info {
  uint32_t struct_size;
  uint32_t flags;      /* VESICA_PROFILE_*. */
  const char* name;    /* Such as "email/1". */
  const char* summary; /* One line. */
  const char* source;  /* Where the rule comes from. */
} vesica_profile_info;
#define VESICA_PROFILE_INFO_V1_SIZE ((uint32_t)(offsetof(vesica_profile_info, source) + sizeof(const char*)))
#define VESICA_PROFILE_NEEDS_COUNTRY 0x1u
#define VESICA_PROFILE_DIGEST 0x2u /* Canonical form is a SHA-256 digest: takes hex, base64 and raw digests too. */

/* How many profiles this build has, and each: `index` is below the count. */
VESICA_API uint32_t vesica_profile_count(void);
VESICA_API vesica_status vesica_profile_list(uint32_t index, vesica_profile_info* out, vesica_error* error);

typedef struct vesica_profile_options {
  uint32_t struct_size;
  uint32_t hash_bits; /* 64 (also meant by 0) or 128. */
  const void* secret; /* NULL, or secret_size >= 16 random bytes; copied. */
  uint64_t secret_size;
  const char* country; /* ISO 3166-1 alpha-2, for profiles that need it; else NULL. */
} vesica_profile_options;
#define VESICA_PROFILE_OPTIONS_V1_SIZE ((uint32_t)(offsetof(vesica_profile_options, country) + sizeof(const char*)))

/* Opens the profile `name` ("email/1"). `options` may be NULL. VESICA_INVALID_ARGUMENT for a name, country,
 * width or secret that cannot be; VESICA_UNSUPPORTED when this build lacks the profile's data or library.
 * Cost: up to some milliseconds (data are parsed). */
VESICA_API vesica_status vesica_profile_open(const char* name, const vesica_profile_options* options,
                                             vesica_profile** out, vesica_error* error);
VESICA_API void vesica_profile_free(vesica_profile* profile);

/* The stamp as one line of text: two audiences meet if and only if theirs are equal. It holds a
 * fingerprint of the secret, never the secret. */
VESICA_API vesica_status vesica_profile_stamp(const vesica_profile* profile, char* buffer, size_t capacity,
                                              size_t* length, vesica_error* error);

/* How the text of a key column is written. */
enum {
  VESICA_ENCODING_PLAIN = 0, /* As people write it. */
  VESICA_ENCODING_HEX = 1,   /* SHA-256 in 64 hex digits of either case; digest profiles only. */
  VESICA_ENCODING_BASE64 = 2 /* SHA-256 in 44 characters of base64; digest profiles only. */
};

/* Why a key has no canonical form. New reasons may be added. */
enum {
  VESICA_REASON_NONE = 0,
  VESICA_REASON_BLANK = 1,          /* Null, empty or only spaces. Counted as blank, not as invalid. */
  VESICA_REASON_NO_AT = 2,          /* E-mail without @. */
  VESICA_REASON_SEVERAL_AT = 3,     /* More than one @. */
  VESICA_REASON_QUOTED = 4,         /* Quoted local part. */
  VESICA_REASON_COMMENT = 5,        /* Parentheses. */
  VESICA_REASON_DISPLAY_NAME = 6,   /* "Name <a@b>". */
  VESICA_REASON_LOCAL_PART = 7,     /* Local part empty, too long or with a character that may not be there. */
  VESICA_REASON_DOMAIN = 8,         /* Not a valid domain name, or with characters outside the frozen set. */
  VESICA_REASON_NO_DOT = 9,         /* Domain of one label. */
  VESICA_REASON_TOO_LONG = 10,      /* Longer than the rule allows. */
  VESICA_REASON_ENCODING = 11,      /* Not valid UTF-8 where the rule needs it. */
  VESICA_REASON_DIGEST = 12,        /* Not a SHA-256 digest in the encoding given. */
  VESICA_REASON_PHONE = 13,         /* Not a phone number under the rule. */
  VESICA_REASON_INTEGER = 14,       /* Not a decimal 64-bit integer. */
  VESICA_REASON_NO_ACCOUNT = 15,    /* Free-mail address: belongs to no account. */
  VESICA_REASON_PUBLIC_SUFFIX = 16, /* A public suffix itself (co.uk), or an IP address. */
  VESICA_REASON_NAME = 17           /* Company name with nothing left. */
};
/* Constant English text; "unknown reason" for one this library does not know. */
VESICA_API const char* vesica_reason_text(uint32_t reason);

/* Writes the canonical bytes of one key to `buffer`: what gets hashed, for debugging. Digests are 32 raw
 * bytes. Bytes are not NUL-terminated: capacity >= *length suffices. On VESICA_INVALID_KEY `*reason`, which
 * may be NULL, says why. */
VESICA_API vesica_status vesica_profile_canonicalize(const vesica_profile* profile, const void* key, size_t key_size,
                                                     uint32_t encoding, void* buffer, size_t capacity, size_t* length,
                                                     uint32_t* reason, vesica_error* error);

/* ---- Columns and sources of keys ------------------------------------------------------------------ */

/* The Arrow C Data and C Stream interface, restated as its specification asks. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
#endif

/* A key by address; data NULL is a missing key. */
typedef struct vesica_span {
  const void* data;
  uint64_t size;
} vesica_span;

enum {
  VESICA_LAYOUT_OFFSETS32 = 1, /* data: bytes; offsets: int32_t[length + 1] into them. */
  VESICA_LAYOUT_OFFSETS64 = 2, /* The same with int64_t offsets. */
  VESICA_LAYOUT_SPANS = 3,     /* data: vesica_span[length]. */
  VESICA_LAYOUT_INT64 = 4,     /* data: int64_t[length]. For int64/1. */
  VESICA_LAYOUT_DIGEST32 = 5,  /* data: uint8_t[length][32]. For digest profiles and sha256/1. */
  VESICA_LAYOUT_ARROW = 6      /* array and schema: u U vu z Z vz, integers, w:32, dictionary-encoded of these. */
};

/* Keys in the caller's memory, one a row. Pointers a layout does not name are ignored. Never outgrows
 * VESICA_COLUMN_ROOM bytes. */
typedef struct vesica_column {
  uint32_t struct_size;
  uint32_t layout;   /* VESICA_LAYOUT_*. */
  uint32_t encoding; /* VESICA_ENCODING_*, of text. */
  uint32_t reserved;
  uint64_t length; /* Rows; for VESICA_LAYOUT_ARROW taken from the array. */
  const void* data;
  const void* offsets;
  const uint8_t* validity;  /* Bit i % 8 of byte i / 8 is 1 where row i has a key; NULL: every row has. */
  uint64_t validity_offset; /* Bit of row 0. */
  uint64_t first_row;       /* Number of row 0 in reports of invalid rows. 0: counted on from the columns before it
                               in the array, or in vesica_builder_add from the rows added before. */
  const struct ArrowArray* array; /* Only read; the caller releases them. */
  const struct ArrowSchema* schema;
} vesica_column;
#define VESICA_COLUMN_V1_SIZE ((uint32_t)(offsetof(vesica_column, schema) + sizeof(void*)))
#define VESICA_COLUMN_ROOM 256

/* Gives the next batch of a shard: 1 with *out filled, 0 at the end of the shard, a negative number on
 * failure (the call then returns VESICA_IO). *out comes zeroed, with struct_size set by the library and
 * VESICA_COLUMN_ROOM bytes of room, so that a whole struct of any version may be assigned to it. Batches of
 * a shard are asked for in order, 0, 1, 2, ...; batch 0 again means: from the start. What *out points to must
 * stay until the next call for that shard. With threads > 1 it is called on the library's threads, at once
 * for different shards, never at once for one shard. */
typedef int32_t (*vesica_next_fn)(void* user, uint64_t shard, uint64_t batch, vesica_column* out);

#define VESICA_SOURCE_READ_ONCE 0x1u /* `next` cannot start a shard again: no several passes. */

/* One set's keys from exactly one of: resident columns, a callback, an Arrow stream. None is an empty set. */
typedef struct vesica_source {
  uint32_t struct_size;
  uint32_t flags;               /* VESICA_SOURCE_*. */
  const char* name;             /* UTF-8 label for reports; NULL: "A", "B", ..., "Z", "AA", ... */
  const vesica_column* columns; /* Array of chunks. */
  uint64_t column_count;
  vesica_next_fn next;
  void* next_user;
  uint64_t shards;                 /* With `next`: how many shards, >= 1. */
  uint64_t row_limit;              /* With `next` or `stream`: at most so many rows, if known, else 0. Plans memory. */
  struct ArrowArrayStream* stream; /* Of key columns, or of record batches. Read once, to its end; the caller
                                      releases it. */
  const char* stream_column;       /* Name of the field of a record batch; NULL for a stream of key columns. */
  uint32_t stream_encoding;        /* VESICA_ENCODING_*. */
  uint32_t reserved;
} vesica_source;
#define VESICA_SOURCE_V1_SIZE ((uint32_t)(offsetof(vesica_source, reserved) + sizeof(uint32_t)))

/* ---- Figures --------------------------------------------------------------------------------------- */

/* A figure with its 95 % interval: all three equal when exact, all NaN when undefined (a share of an empty
 * set). Estimated counts need not be whole. The size of a set in a pair or in regions is estimated together with the
 * others, and may differ a little from vesica_audience_count and from the sum of its regions. Never grows. */
typedef struct vesica_estimate {
  double value, lower, upper;
} vesica_estimate;

/* What was read for a set. blank + invalid + duplicate + count == rows; of a sketch count is the estimate, rounded, and
 * duplicate what follows from it, at least 0. */
typedef struct vesica_quality {
  uint32_t struct_size;
  uint32_t flags; /* VESICA_QUALITY_*. */
  uint64_t rows;
  uint64_t blank;
  uint64_t invalid;
  uint64_t duplicate;       /* Valid rows whose key had been seen. */
  uint64_t free_mail;       /* Valid rows with an address at a free-mail provider (e-mail profiles). */
  uint64_t role;            /* Valid rows with a role address such as info@ or sales@. */
  uint64_t count;           /* Distinct keys. */
  uint32_t invalid_reasons; /* How many reasons *_invalid has to tell. */
  uint32_t reserved;
} vesica_quality;
#define VESICA_QUALITY_V1_SIZE ((uint32_t)(offsetof(vesica_quality, reserved) + sizeof(uint32_t)))
#define VESICA_QUALITY_DERIVED 0x1u /* By set operations, from an image, or merged from such: only count is there. */

/* Invalid rows of one reason. */
typedef struct vesica_invalid {
  uint32_t struct_size;
  uint32_t reason; /* VESICA_REASON_*. */
  uint64_t rows;
  uint64_t first_rows[8]; /* Smallest row numbers, ascending; VESICA_NO_ROW where there are fewer. */
} vesica_invalid;
#define VESICA_INVALID_V1_SIZE ((uint32_t)(offsetof(vesica_invalid, first_rows) + 8 * sizeof(uint64_t)))

/* How an answer was found. New methods may be added. */
enum {
  VESICA_METHOD_EXACT_64 = 1,    /* 64-bit hashes counted. */
  VESICA_METHOD_EXACT_128 = 2,   /* 128-bit hashes counted. */
  VESICA_METHOD_EXACT_BYTES = 3, /* Canonical bytes compared wherever hashes agree. */
  VESICA_METHOD_MINHASH = 4,     /* Estimated from the smallest hashes, by likelihood. */
  VESICA_METHOD_HYPERLOGLOG = 5  /* Estimated from registers, by joint likelihood. */
};
/* Constant text as in JSON, such as "exact-64"; "unknown" for a method this library does not know. */
VESICA_API const char* vesica_method_text(uint32_t method);

#define VESICA_ANSWER_EXACT 0x1u            /* Counted, not estimated. */
#define VESICA_ANSWER_BELOW_RESOLUTION 0x2u /* The interval reaches from 0 to half of the smaller set or more. */

/* What holds for a whole answer. */
typedef struct vesica_answer_info {
  uint32_t struct_size;
  uint32_t flags;  /* VESICA_ANSWER_*; BELOW_RESOLUTION if it holds for any pair. */
  uint32_t method; /* VESICA_METHOD_*. */
  uint32_t set_count;
  double expected_false_matches; /* Expected number of keys merged because their hashes agree; of a matrix, the
                                    largest of any pair. */
} vesica_answer_info;
#define VESICA_ANSWER_INFO_V1_SIZE ((uint32_t)(offsetof(vesica_answer_info, expected_false_matches) + sizeof(double)))

/* Two sets a and b. */
typedef struct vesica_overlap {
  uint32_t struct_size;
  uint32_t flags;  /* VESICA_ANSWER_*. */
  uint32_t method; /* VESICA_METHOD_*. */
  uint32_t reserved;
  vesica_estimate a, b; /* |A|, |B| */
  vesica_estimate intersection;
  vesica_estimate union_size;
  vesica_estimate share_of_a; /* |A & B| / |A| */
  vesica_estimate share_of_b;
  vesica_estimate overlap_coefficient; /* |A & B| / min(|A|, |B|): the headline. */
  vesica_estimate jaccard;             /* |A & B| / |A | B| */
  vesica_estimate dice;                /* 2 |A & B| / (|A| + |B|) */
  vesica_estimate size_ratio;          /* |A| / |B| */
  double expected_false_matches;       /* As in vesica_answer_info. */
  double design_error; /* Relative standard error of the intersection that such sketches promise before their data (a
                          95 % interval has a half-width of 1.96 of it); 0 when exact, NaN where the estimate is 0. */
} vesica_overlap;
#define VESICA_OVERLAP_V1_SIZE ((uint32_t)(offsetof(vesica_overlap, design_error) + sizeof(double)))

/* ---- One shot: all regions of up to 8 sets ---------------------------------------------------------- */

typedef struct vesica_regions vesica_regions;

typedef struct vesica_regions_options {
  uint32_t struct_size;
  uint32_t flags;
} vesica_regions_options;
#define VESICA_REGIONS_OPTIONS_V1_SIZE ((uint32_t)(offsetof(vesica_regions_options, flags) + sizeof(uint32_t)))
#define VESICA_REGIONS_BYTE_CHECKED                                      \
  0x1u /* Compare canonical bytes wherever hashes agree: no false match. \
          Resident columns only; about 2.5 times the time, twice the memory. */

/* Counts every region of 1..8 sets: how many distinct keys are in exactly the sets of each combination.
 * No audience is built. `options` may be NULL.
 *
 * VESICA_OVER_BUDGET when the budget is too small for what can be read only once; sources that can be read
 * again are read in several passes instead. VESICA_CORRUPT for columns that contradict themselves;
 * VESICA_IO when a callback or stream fails. vesica_error.index is the set.
 * Cost for short keys on one thread, once the context holds its memory: about 10 ns and 10 bytes a row; 15 ns and 20
 * bytes with 128-bit hashes; 25 ns and 20 bytes byte-checked. */
VESICA_API vesica_status vesica_regions_of_sources(vesica_context* context, const vesica_profile* profile,
                                                   const vesica_source* sets, uint32_t set_count,
                                                   const vesica_regions_options* options, vesica_regions** out,
                                                   vesica_error* error);
VESICA_API void vesica_regions_free(vesica_regions* regions);

VESICA_API vesica_status vesica_regions_info(const vesica_regions* regions, vesica_answer_info* out,
                                             vesica_error* error);
/* Keys in exactly the sets whose bits are 1 in `members` (1 .. 2^sets - 1; set 0 is bit 0). */
VESICA_API vesica_status vesica_regions_region(const vesica_regions* regions, uint32_t members, vesica_estimate* out,
                                               vesica_error* error);
VESICA_API vesica_status vesica_regions_quality(const vesica_regions* regions, uint32_t set, vesica_quality* out,
                                                vesica_error* error);
/* Reason `index` of the invalid rows of `set`; there are vesica_quality.invalid_reasons of them. */
VESICA_API vesica_status vesica_regions_invalid(const vesica_regions* regions, uint32_t set, uint32_t index,
                                                vesica_invalid* out, vesica_error* error);
/* Sets a and b alone, whatever else is there. */
VESICA_API vesica_status vesica_regions_overlap(const vesica_regions* regions, uint32_t a, uint32_t b,
                                                vesica_overlap* out, vesica_error* error);
VESICA_API vesica_status vesica_regions_stamp(const vesica_regions* regions, char* buffer, size_t capacity,
                                              size_t* length, vesica_error* error);
/* The whole answer as one JSON object; keys in API.md. With two sets it holds their overlap. */
VESICA_API vesica_status vesica_regions_json(const vesica_regions* regions, char* buffer, size_t capacity,
                                             size_t* length, vesica_error* error);

/* ---- Audiences: kept sets ---------------------------------------------------------------------------- */

typedef struct vesica_builder vesica_builder;
typedef struct vesica_audience vesica_audience; /* Immutable. */

/* What an audience keeps of its keys. Sketches are deterministic: the same keys in any order and number of pieces,
 * built or merged, leave the same bytes. */
enum {
  VESICA_REPRESENTATION_EXACT = 0,      /* Every hash. */
  VESICA_REPRESENTATION_MINHASH = 1,    /* The smallest hashes, rounded: the smallest error for its bytes. */
  VESICA_REPRESENTATION_HYPERLOGLOG = 2 /* Registers: a fixed size also in memory, the fastest to merge. */
};

typedef struct vesica_builder_options {
  uint32_t struct_size;
  uint32_t representation; /* VESICA_REPRESENTATION_*. */
  uint64_t sketch_bytes; /* 0 means 16384; ignored when exact. MinHash: most bytes of the saved image, 1024 .. 4194304;
                            a set whose hashes fit it whole stays exact. HyperLogLog: the largest power of two of
                            registers that fits, one byte each, 16 .. 1048576. */
  uint32_t flags;        /* VESICA_BUILDER_*. */
  uint32_t reserved;
} vesica_builder_options;
#define VESICA_BUILDER_OPTIONS_V1_SIZE ((uint32_t)(offsetof(vesica_builder_options, reserved) + sizeof(uint32_t)))
#define VESICA_BUILDER_PLAIN_REGISTERS 0x1u /* HyperLogLog of the literature: registers have no mantissa bits. */

/* `options` may be NULL. The builder works with the context's threads, budget and callback: while a builder
 * function runs, the context serves that call. */
VESICA_API vesica_status vesica_builder_create(vesica_context* context, const vesica_profile* profile,
                                               const vesica_builder_options* options, vesica_builder** out,
                                               vesica_error* error);
VESICA_API void vesica_builder_free(vesica_builder* builder);

/* Adds the rows of a column. On failure the builder is as it was before the call. */
VESICA_API vesica_status vesica_builder_add(vesica_builder* builder, const vesica_column* column, vesica_error* error);

/* Adds all that a source yields, with the context's threads. On failure the builder is as it was; what is read
 * once has been read. */
VESICA_API vesica_status vesica_builder_add_source(vesica_builder* builder, const vesica_source* source,
                                                   vesica_error* error);

/* Adds the keys of an audience of the same stamp, else VESICA_IDENTITY_MISMATCH. What was read for it is added
 * to the quality, which is VESICA_QUALITY_DERIVED if its is. An exact count that a sketch carries is not kept. A sketch
 * takes in exact audiences and sketches of its kind, also of other sizes (the result has the smallest);
 * VESICA_UNSUPPORTED for others. */
VESICA_API vesica_status vesica_builder_merge(vesica_builder* builder, const vesica_audience* audience,
                                              vesica_error* error);

/* Makes the audience. The builder is empty afterwards and can be used again; on failure it is as it was.
 * Cost: exact about 20 ns a row, a sketch next to nothing. */
VESICA_API vesica_status vesica_builder_build(vesica_builder* builder, vesica_audience** out, vesica_error* error);

/* A sketch of an exact audience, which carries the exact count into estimates until it is merged, or a smaller sketch
 * of a sketch. `options` must not be NULL. VESICA_UNSUPPORTED where there is no way. */
VESICA_API vesica_status vesica_audience_sketch(vesica_context* context, const vesica_audience* audience,
                                                const vesica_builder_options* options, vesica_audience** out,
                                                vesica_error* error);

/* What a builder with these options makes of 1 or more audiences of one stamp; it takes no profile, and so no secret.
 * `options` may be NULL: exact. Fails as vesica_builder_merge does; vesica_error.index is the audience. */
VESICA_API vesica_status vesica_audience_merge(vesica_context* context, const vesica_audience* const* audiences,
                                               uint32_t count, const vesica_builder_options* options,
                                               vesica_audience** out, vesica_error* error);

VESICA_API void vesica_audience_free(vesica_audience* audience);
/* How many keys: with an interval where the audience is a sketch. */
VESICA_API vesica_status vesica_audience_count(const vesica_audience* audience, vesica_estimate* out,
                                               vesica_error* error);
VESICA_API vesica_status vesica_audience_quality(const vesica_audience* audience, vesica_quality* out,
                                                 vesica_error* error);
VESICA_API vesica_status vesica_audience_invalid(const vesica_audience* audience, uint32_t index, vesica_invalid* out,
                                                 vesica_error* error);
VESICA_API vesica_status vesica_audience_stamp(const vesica_audience* audience, char* buffer, size_t capacity,
                                               size_t* length, vesica_error* error);
/* out[i] = 1 where the key of row i is in the audience, else 0 (also for blank and invalid rows). VESICA_UNSUPPORTED of
 * a sketch. `out_length` must be the column's length; `out` is unspecified on failure. VESICA_IDENTITY_MISMATCH unless
 * `profile` has the audience's stamp. */
VESICA_API vesica_status vesica_audience_contains(vesica_context* context, const vesica_audience* audience,
                                                  const vesica_profile* profile, const vesica_column* keys,
                                                  uint8_t* out, uint64_t out_length, vesica_error* error);

/* New audiences. VESICA_IDENTITY_MISMATCH unless the stamps are equal. Of sketches there is only the union, of
 * those that one builder could merge, of their smallest size; else VESICA_UNSUPPORTED. Cost: 6 to 10 ns a key. */
VESICA_API vesica_status vesica_audience_union(vesica_context* context, const vesica_audience* a,
                                               const vesica_audience* b, vesica_audience** out, vesica_error* error);
VESICA_API vesica_status vesica_audience_intersection(vesica_context* context, const vesica_audience* a,
                                                      const vesica_audience* b, vesica_audience** out,
                                                      vesica_error* error);
/* Keys of a that are not in b. */
VESICA_API vesica_status vesica_audience_difference(vesica_context* context, const vesica_audience* a,
                                                    const vesica_audience* b, vesica_audience** out,
                                                    vesica_error* error);

/* ---- Audiences as bytes -------------------------------------------------------------------------------- */

/* What an image says of itself, or what the image of an audience would say. */
typedef struct vesica_image_info {
  uint32_t struct_size;
  uint32_t flags; /* VESICA_IMAGE_*. */
  uint32_t format_version;
  uint32_t representation; /* VESICA_REPRESENTATION_*. */
  uint64_t size_bytes;     /* Of the whole image. */
  uint64_t entries;        /* Hashes or cells kept; of a HyperLogLog, registers that a key hit. */
  uint64_t exact_count;    /* Of a sketch made from an exact audience, with VESICA_IMAGE_EXACT_COUNT: its count. */
  uint64_t sketch_bytes;   /* As in vesica_builder_options; 0 when exact. */
  uint32_t mantissa_bits;  /* Of a MinHash's cells or a HyperLogLog's registers. */
  uint32_t hash_bits;      /* 64 or 128. */
  char profile[256];       /* NUL-terminated, as is stamp. */
  char stamp[384];         /* As of vesica_profile_stamp. */
} vesica_image_info;
#define VESICA_IMAGE_INFO_V1_SIZE ((uint32_t)(offsetof(vesica_image_info, stamp) + 384))
#define VESICA_IMAGE_EXACT_COUNT 0x1u

VESICA_API vesica_status vesica_audience_describe(const vesica_audience* audience, vesica_image_info* out,
                                                  vesica_error* error);

/* Writes the image of an audience: one for each audience, the same on every machine, without quality and without keys.
 * As with text out, NULL and 0 ask the size, and there is no closing NUL: capacity >= *length suffices. Tells no
 * progress; to ask and to save passes over an exact audience three times, about 3 ns a hash. VESICA_UNSUPPORTED for a
 * MinHash of keys that somebody chose so that its image exceeds its bytes, which a secret prevents. */
VESICA_API vesica_status vesica_audience_save(const vesica_audience* audience, void* buffer, size_t capacity,
                                              size_t* length, vesica_error* error);

/* The audience of an image, which may come from anywhere. VESICA_CORRUPT if it is damaged, truncated or no image at
 * all; VESICA_TOO_NEW if a later version of the format wrote it. Its quality is VESICA_QUALITY_DERIVED. */
VESICA_API vesica_status vesica_audience_load(vesica_context* context, const void* image, size_t image_size,
                                              vesica_audience** out, vesica_error* error);

/* What an image is, after checking its header and its checksum. Does not decode it: vesica_audience_load may still find
 * VESICA_CORRUPT. Fails with VESICA_CORRUPT and VESICA_TOO_NEW as that does. */
VESICA_API vesica_status vesica_image_inspect(const void* image, size_t image_size, vesica_image_info* out,
                                              vesica_error* error);

/* ---- Audiences compared ------------------------------------------------------------------------------ */

/* VESICA_IDENTITY_MISMATCH unless all stamps are equal; vesica_error.index is the first that differs. */

/* Exact audiences and sketches may be mixed; estimates come with their intervals. VESICA_UNSUPPORTED for a MinHash and
 * a HyperLogLog: build both as one of them, or one of them exact. */

/* The overlap of two audiences. Cost: exact about 1 ns a key of both, and memory for neither; sketches of 16 KiB about
 * 0.1 ms. */
VESICA_API vesica_status vesica_overlap_of_audiences(vesica_context* context, const vesica_audience* a,
                                                     const vesica_audience* b, vesica_overlap* out,
                                                     vesica_error* error);

/* All regions of 1..8 audiences, 1..4 if one is a sketch (VESICA_UNSUPPORTED). `names` may be NULL, and so may each
 * name: "A", "B", ... */
VESICA_API vesica_status vesica_regions_of_audiences(vesica_context* context, const vesica_audience* const* audiences,
                                                     const char* const* names, uint32_t count, vesica_regions** out,
                                                     vesica_error* error);

/* The overlap of every pair of 2..1024 audiences. */
typedef struct vesica_matrix vesica_matrix;
VESICA_API vesica_status vesica_matrix_of_audiences(vesica_context* context, const vesica_audience* const* audiences,
                                                    const char* const* names, uint32_t count, vesica_matrix** out,
                                                    vesica_error* error);
VESICA_API void vesica_matrix_free(vesica_matrix* matrix);
VESICA_API vesica_status vesica_matrix_info(const vesica_matrix* matrix, vesica_answer_info* out, vesica_error* error);
VESICA_API vesica_status vesica_matrix_overlap(const vesica_matrix* matrix, uint32_t a, uint32_t b, vesica_overlap* out,
                                               vesica_error* error);
/* About 1 KB a pair. */
VESICA_API vesica_status vesica_matrix_json(const vesica_matrix* matrix, char* buffer, size_t capacity, size_t* length,
                                            vesica_error* error);

/* ---- Plans: how large a sketch has to be -------------------------------------------------------------- */

/* Two audiences that are to be compared, before there are any. */
typedef struct vesica_plan_question {
  uint32_t struct_size;
  uint32_t reserved;
  double size_a, size_b;      /* Keys of each, 1 to 2^60. */
  double share_of_smaller;    /* Of the smaller audience's keys, how many the other has too: above 0, up to 1. */
  double relative_half_width; /* Wanted, of the intersection's 95 % interval over the intersection: above 0. */
} vesica_plan_question;
#define VESICA_PLAN_QUESTION_V1_SIZE ((uint32_t)(offsetof(vesica_plan_question, relative_half_width) + sizeof(double)))

/* What it takes to answer with one representation. */
typedef struct vesica_plan_answer {
  uint32_t struct_size;
  uint32_t flags;        /* VESICA_PLAN_*. */
  uint64_t sketch_bytes; /* For vesica_builder_options: the least that reaches the error, or the most there is. */
  double image_bytes_a;  /* Expected sizes of both saved images. */
  double image_bytes_b;
  double relative_half_width; /* Expected, as in the question; 0 when exact. */
  double build_ns_per_row;    /* Roughly, on one thread: to tell representations apart. */
} vesica_plan_answer;
#define VESICA_PLAN_ANSWER_V1_SIZE ((uint32_t)(offsetof(vesica_plan_answer, build_ns_per_row) + sizeof(double)))
#define VESICA_PLAN_REACHES_ERROR 0x1u
#define VESICA_PLAN_SMALLEST 0x2u /* Of the representations that reach the error, the fewest bytes. */

/* Computed from what sketches of such audiences are expected to tell, without data, in milliseconds. Of `options` the
 * representation counts (NULL: exact); VESICA_UNSUPPORTED with VESICA_BUILDER_PLAIN_REGISTERS. */
VESICA_API vesica_status vesica_plan(const vesica_plan_question* question, const vesica_builder_options* options,
                                     vesica_plan_answer* out, vesica_error* error);

/* The other way round: the half-width to expect of sketches with these options. What the question wants does not
 * matter. Infinite where they tell nothing, 0 when exact. */
VESICA_API vesica_status vesica_plan_half_width(const vesica_plan_question* question,
                                                const vesica_builder_options* options, double* relative_half_width,
                                                vesica_error* error);

/* ---- Tables: answers as rows of named columns ----------------------------------------------------------- */

typedef struct vesica_table vesica_table; /* Immutable. */

/* Which table of an answer; their columns are in API.md. */
enum {
  VESICA_TABLE_SETS = 1,    /* What was read for each set, and how many keys it has. */
  VESICA_TABLE_REGIONS = 2, /* How many keys are in exactly the sets of each combination; not of a matrix. */
  VESICA_TABLE_PAIRS = 3,   /* The overlap of each two sets. */
  VESICA_TABLE_WARNINGS = 4 /* What a reader should know before trusting the answer, one sentence a row. */
};

/* VESICA_UNSUPPORTED for a table that the answer does not have. The figures are those of the answer's JSON. Cost: about
 * 1 us and 350 bytes a pair. */
VESICA_API vesica_status vesica_regions_table(const vesica_regions* regions, uint32_t which, vesica_table** out,
                                              vesica_error* error);
VESICA_API vesica_status vesica_matrix_table(const vesica_matrix* matrix, uint32_t which, vesica_table** out,
                                             vesica_error* error);
/* vesica_plan of every representation. */
VESICA_API vesica_status vesica_plan_table(const vesica_plan_question* question, vesica_table** out,
                                           vesica_error* error);
/* vesica_profile_list of every profile. */
VESICA_API vesica_status vesica_profiles_table(vesica_table** out, vesica_error* error);
VESICA_API void vesica_table_free(vesica_table* table);

typedef struct vesica_table_info {
  uint32_t struct_size;
  uint32_t flags; /* None yet. */
  uint64_t rows;
  uint32_t columns;
  uint32_t reserved;
  const char* name;        /* Such as "pairs". */
  const char* description; /* What a reader has to know to read it right; may be empty. */
} vesica_table_info;
#define VESICA_TABLE_INFO_V1_SIZE ((uint32_t)(offsetof(vesica_table_info, description) + sizeof(const char*)))

VESICA_API vesica_status vesica_table_describe(const vesica_table* table, vesica_table_info* out, vesica_error* error);

/* What the cells of a column are. New types may be added. */
enum {
  VESICA_TYPE_TEXT = 1,   /* UTF-8: cell i is data[offsets[i]] up to data[offsets[i + 1]]. */
  VESICA_TYPE_INT64 = 2,  /* int64_t */
  VESICA_TYPE_UINT64 = 3, /* uint64_t */
  VESICA_TYPE_DOUBLE = 4, /* double, always finite */
  VESICA_TYPE_BOOL = 5,   /* bits: cell i is bit i % 8 of byte i / 8 */
  VESICA_TYPE_TIME = 6,   /* int64_t, microseconds since 1970-01-01T00:00:00Z */
  VESICA_TYPE_AMOUNT = 7  /* int64_t, in ten-thousandths, of up to 18 digits */
};

/* A column where it lies in the table, which must outlive it; laid out as Arrow does. */
typedef struct vesica_column_view {
  uint32_t struct_size;
  uint32_t type;    /* VESICA_TYPE_*. */
  const char* name; /* UTF-8; no other column of the table has it. */
  uint64_t length;  /* Rows. */
  uint64_t null_count;
  const void* data;        /* Cells by type; where a cell is null, 0, false or no bytes. Not NULL. */
  const int64_t* offsets;  /* length + 1 of them, of text; else NULL. */
  const uint8_t* validity; /* Bit i % 8 of byte i / 8 is 1 where cell i is not null; NULL: none is. */
} vesica_column_view;
#define VESICA_COLUMN_VIEW_V1_SIZE ((uint32_t)(offsetof(vesica_column_view, validity) + sizeof(const uint8_t*)))

/* Column `index`, below vesica_table_info.columns. */
VESICA_API vesica_status vesica_table_column(const vesica_table* table, uint32_t index, vesica_column_view* out,
                                             vesica_error* error);

/* Makes a stream of record batches in `*out`, which the caller releases. Nothing but amounts is copied: what comes out
 * of the stream shares the table's memory and may outlive both. Text is large_utf8, times are timestamp[us, UTC],
 * amounts decimal128(18, 4); every column is nullable. */
VESICA_API vesica_status vesica_table_arrow(const vesica_table* table, struct ArrowArrayStream* out,
                                            vesica_error* error);

/* The rows as text; API.md says how. To ask the size writes all of it without keeping it, once for a table; the text
 * then goes straight to the buffer. About 50 ns a cell. */
VESICA_API vesica_status vesica_table_json(const vesica_table* table, char* buffer, size_t capacity, size_t* length,
                                           vesica_error* error);
VESICA_API vesica_status vesica_table_csv(const vesica_table* table, char* buffer, size_t capacity, size_t* length,
                                          vesica_error* error);
/* CSV for spreadsheets: text that begins with = + - @, a tab or a carriage return gets an apostrophe before it, so that
 * it is shown and not computed. To ask the size writes it every time. */
VESICA_API vesica_status vesica_table_inert_csv(const vesica_table* table, char* buffer, size_t capacity,
                                                size_t* length, vesica_error* error);

/* ---- Studies: events of marketing and sales in, tables out ------------------------------------------------ */

/* Events, options and tables are described in docs/tables.md. Every table says what it counts and what it leaves out.
 */
typedef struct vesica_study vesica_study;
typedef struct vesica_study_answer vesica_study_answer; /* Immutable. */

/* An option as text: {"exposure_window", "30d"}, {"by", "region,industry"}. Never grows. */
typedef struct vesica_setting {
  const char* name;
  const char* value;
} vesica_setting;

typedef struct vesica_study_options {
  uint32_t struct_size;
  uint32_t setting_count;
  const vesica_setting* settings; /* Of two with one name the later counts. */
  const char* spill_directory;    /* Where events go for which the context's budget has no room, in files without a
                                     name; NULL: VESICA_OVER_BUDGET instead. */
} vesica_study_options;
#define VESICA_STUDY_OPTIONS_V1_SIZE ((uint32_t)(offsetof(vesica_study_options, spill_directory) + sizeof(const char*)))

/* Persons are the same if they are under `profile`. `options` may be NULL. VESICA_INVALID_ARGUMENT for an option that
 * there is not or that cannot have the value (vesica_error.index is the setting), and for options that contradict each
 * other. The study works with the context's threads, budget and callback, as a builder does. */
VESICA_API vesica_status vesica_study_create(vesica_context* context, const vesica_profile* profile,
                                             const vesica_study_options* options, vesica_study** out,
                                             vesica_error* error);
VESICA_API void vesica_study_free(vesica_study* study);

/* The caller's column `from` is the column `to` of events. Never grows. */
typedef struct vesica_rename {
  const char* from;
  const char* to;
} vesica_rename;

/* Adds the events of a record batch (a struct array), or of every batch of a stream, which is read to its end. Both are
 * only read; the caller releases them. Columns that have no part in the study are not looked at. `renames` may be NULL:
 * columns then have the names of docs/tables.md; a column that one names is taken instead of another of that name.
 *
 * The same rows give the same tables in whatever batches and order. Columns are text, binary or integers of any
 * width, also as dictionaries; times may be dates and timestamps, amounts floating point and decimals, labels bool.
 * VESICA_INVALID_ARGUMENT without `person` or `event`; VESICA_UNSUPPORTED for a column that the study reads and whose
 * type it cannot; VESICA_CORRUPT for arrays that contradict themselves. Rows that cannot be used are counted, never an
 * error. After any failure the study can only be freed. */
VESICA_API vesica_status vesica_study_add(vesica_study* study, const struct ArrowArray* batch,
                                          const struct ArrowSchema* schema, const vesica_rename* renames,
                                          uint32_t rename_count, vesica_error* error);
VESICA_API vesica_status vesica_study_add_stream(vesica_study* study, struct ArrowArrayStream* stream,
                                                 const vesica_rename* renames, uint32_t rename_count,
                                                 vesica_error* error);

/* Whose people an audience is. */
typedef struct vesica_circle {
  uint32_t struct_size;
  uint32_t value_count;
  const char* company;          /* NULL: the unnamed one. */
  const char* circle;           /* "brand", "demand", "marketing", "sales", "target_marketing", "target_sales". */
  const vesica_setting* values; /* What all of them are: dimensions of the option `by`, and the value of each. */
} vesica_circle;
#define VESICA_CIRCLE_V1_SIZE ((uint32_t)(offsetof(vesica_circle, values) + sizeof(const vesica_setting*)))

/* Adds people of a circle to a study with the option `sketch_bytes`: a sketch, or an exact audience. It counts in every
 * row whose labels it has, together with all else that is added for it. VESICA_INVALID_ARGUMENT for a study without the
 * option, and for labels that there are not; VESICA_IDENTITY_MISMATCH for an audience of another identity. After any
 * failure the study can only be freed. */
VESICA_API vesica_status vesica_study_add_audience(vesica_study* study, const vesica_circle* circle,
                                                   const vesica_audience* audience, vesica_error* error);

/* What was read so far. */
typedef struct vesica_event_quality {
  uint32_t struct_size;
  uint32_t problems; /* How many reasons vesica_study_problem has to tell. */
  uint64_t rows;
  uint64_t taken;     /* The others were left out. */
  uint64_t free_mail; /* Rows whose person is at a free-mail provider (e-mail profiles). */
  uint64_t role;      /* Rows whose person is a role address. */
} vesica_event_quality;
#define VESICA_EVENT_QUALITY_V1_SIZE ((uint32_t)(offsetof(vesica_event_quality, role) + sizeof(uint64_t)))

/* Rows with one problem. A row without a usable person, event, team, stage, deal or asset is left out; one whose time,
 * amount or size cannot be read is taken without it. */
typedef struct vesica_event_problem {
  uint32_t struct_size;
  uint32_t reserved;
  const char* reason; /* As in the table `quality`: "invalid", "naive_time". */
  uint64_t rows;
  uint64_t first_rows[8]; /* Smallest row numbers, through all batches; VESICA_NO_ROW where there are fewer. */
} vesica_event_problem;
#define VESICA_EVENT_PROBLEM_V1_SIZE ((uint32_t)(offsetof(vesica_event_problem, first_rows) + 8 * sizeof(uint64_t)))

VESICA_API vesica_status vesica_study_quality(const vesica_study* study, vesica_event_quality* out,
                                              vesica_error* error);
/* Problem `index`, below vesica_event_quality.problems; only those that rows have. */
VESICA_API vesica_status vesica_study_problem(const vesica_study* study, uint32_t index, vesica_event_problem* out,
                                              vesica_error* error);

/* "contents": the name and the description of every table that can be asked for. */
VESICA_API vesica_status vesica_study_contents(vesica_table** out, vesica_error* error);

/* Makes the tables of these names, without any all there are. VESICA_INVALID_ARGUMENT for a name that is none, and for
 * a dimension whose values look like people's names or keys. Events may be added afterwards, and the study run again.
 */
VESICA_API vesica_status vesica_study_run(vesica_study* study, const char* const* tables, uint32_t table_count,
                                          vesica_study_answer** out, vesica_error* error);
VESICA_API void vesica_study_answer_free(vesica_study_answer* answer);

/* Partials: a study over several machines. Each takes one slice of the people (setting `slice`, as 2/4) of all events,
 * or of the events that are of its slice, and saves what it counted; one study of the same settings loads them all and
 * runs. Its tables are those of one study of all events, to the last byte. A partial holds counts and labels, no keys
 * of people, and no `min_cell` hides anything in it. */

/* Writes what was counted for these tables, without any for all, of the events added and the partials loaded: the same
 * bytes for the same rows in any batches, order and number of threads. NULL and 0 ask the size: that counts everything,
 * and the study keeps the partial for the next call, unless something is added or loaded before.
 * VESICA_INVALID_ARGUMENT without the setting `as_of`, without `stages` where events have some, and as
 * vesica_study_run; VESICA_UNSUPPORTED with `sketch_bytes`. */
VESICA_API vesica_status vesica_study_save(vesica_study* study, const char* const* tables, uint32_t table_count,
                                           void* buffer, size_t capacity, size_t* length, vesica_error* error);

/* Adds what a partial of any origin counted; on failure the study is as it was. VESICA_IDENTITY_MISMATCH naming the
 * part of the stamp that differs; VESICA_INVALID_ARGUMENT naming the setting that does, or if it counts people whom the
 * study counts; VESICA_CORRUPT and VESICA_TOO_NEW as vesica_audience_load. A study that has added no event is of the
 * people of its partials; of all others it says in `warnings` that they are missing. */
VESICA_API vesica_status vesica_study_load(vesica_study* study, const void* partial, size_t partial_size,
                                           vesica_error* error);

/* How many tables: those asked for in the order of the contents, then always `settings` and `warnings`. */
VESICA_API vesica_status vesica_study_answer_count(const vesica_study_answer* answer, uint32_t* out,
                                                   vesica_error* error);
/* Table `index`, below the count, or the table of a name: VESICA_UNSUPPORTED where the answer has none. The table
 * outlives the answer. */
VESICA_API vesica_status vesica_study_answer_table(const vesica_study_answer* answer, uint32_t index,
                                                   vesica_table** out, vesica_error* error);
VESICA_API vesica_status vesica_study_answer_find(const vesica_study_answer* answer, const char* name,
                                                  vesica_table** out, vesica_error* error);
/* The whole answer as one JSON object; API.md says how. */
VESICA_API vesica_status vesica_study_answer_json(const vesica_study_answer* answer, char* buffer, size_t capacity,
                                                  size_t* length, vesica_error* error);

/* ---- Reports: answers as pictures and pages -------------------------------------------------------------- */

enum {
  VESICA_REPORT_HTML = 1,  /* A page of its own: nothing from elsewhere, no script but for sorting and tabs. */
  VESICA_REPORT_SVG = 2,   /* One picture. */
  VESICA_REPORT_LAYOUT = 3 /* Of an overlap, or regions of up to 3 sets: what the picture shows, as JSON, to be drawn by
                              the caller; keys in API.md. */
};
enum {
  VESICA_THEME_AUTO = 0, /* As the reader's machine prefers. */
  VESICA_THEME_LIGHT = 1,
  VESICA_THEME_DARK = 2
};

typedef struct vesica_report_options {
  uint32_t struct_size;
  uint32_t format; /* VESICA_REPORT_*; 0: a page. */
  uint32_t theme;  /* VESICA_THEME_*. */
  uint32_t reserved;
  const char* title;   /* Of the page or picture; NULL: one that says what it shows. */
  const char* company; /* Of a study: whose figures, and no other company is named; NULL: of all companies. */
  const char* figure;  /* Of a study as SVG: a name of vesica_report_figures; NULL: the circles. */
} vesica_report_options;
#define VESICA_REPORT_OPTIONS_V1_SIZE ((uint32_t)(offsetof(vesica_report_options, figure) + sizeof(const char*)))

/* Takes the next `size` bytes of a text. Return 0 to go on; anything else ends the call with VESICA_IO. */
typedef int32_t (*vesica_write_fn)(void* user, const char* bytes, size_t size);

/* Where a report goes: to `write`, piece by piece, or without it to the buffer, as under "Text out" above. */
typedef struct vesica_output {
  uint32_t struct_size;
  uint32_t reserved;
  vesica_write_fn write;
  void* user;
  char* buffer;
  size_t capacity;
  size_t* length; /* Bytes of the whole text; may be NULL with `write`. */
} vesica_output;
#define VESICA_OUTPUT_V1_SIZE ((uint32_t)(offsetof(vesica_output, length) + sizeof(size_t*)))

/* A report of two sets by these names, of 1..8 sets, of a study. `options` may be NULL. Text is UTF-8; labels are shown
 * as text, whatever is in them. The same answer gives the same bytes on every machine. Circles have true areas; where
 * that cannot be, the picture says so. Four and more sets are drawn as an UpSet plot. Of a study everything is shown
 * that its tables have data for.
 *
 * VESICA_INVALID_ARGUMENT for sizes that are not finite, and for a company or figure that the study does not have;
 * VESICA_UNSUPPORTED for a layout of what is not drawn as circles. Cost: 1 to 30 ms; of a study of 7,056
 * companies 30 ms and 1.2 MB. To ask the size makes the report, and to fetch it makes it again. Since 0.1. */
VESICA_API vesica_status vesica_overlap_report(const vesica_overlap* overlap, const char* name_a, const char* name_b,
                                               const vesica_report_options* options, const vesica_output* output,
                                               vesica_error* error);
VESICA_API vesica_status vesica_regions_report(const vesica_regions* regions, const vesica_report_options* options,
                                               const vesica_output* output, vesica_error* error);
VESICA_API vesica_status vesica_study_answer_report(const vesica_study_answer* answer,
                                                    const vesica_report_options* options, const vesica_output* output,
                                                    vesica_error* error);

/* "figures": the name and the description of every picture of a study. */
VESICA_API vesica_status vesica_report_figures(vesica_table** out, vesica_error* error);

#ifdef __cplusplus
}
#endif
#endif
