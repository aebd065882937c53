#include "key_input.h"

#include "escape.h"

namespace vesica_cli {
namespace {

std::string Quoted(const HeadColumn& column) { return "\"" + Escaped(column.name) + "\""; }

void Choose(const KeyInput& input, const Notes& notes, CsvHead* head) {
  if (head->others.empty()) return;
  if (AtTerminal() && !notes.quiet()) {
    std::string question = input.Label() + ": which column holds the keys? 1: " + Quoted(head->column);
    for (size_t i = 0; i < head->others.size(); ++i) {
      question += ", " + std::to_string(i + 2) + ": " + Quoted(head->others[i]);
    }
    const size_t answer = Ask(question, head->others.size() + 1);
    if (answer > 1) ChooseColumn(answer - 2, head);
    return;
  }
  std::string others;
  for (const HeadColumn& other : head->others) {
    others += (others.empty() ? "" : ", ") + Quoted(other) + " (number " + std::to_string(other.number + 1) + ")";
  }
  notes.Say(input.Label() + ": column " + Quoted(head->column) + " is taken, of several; say --column for " + others);
}

void NoteHead(const KeyInput& input, const InputFile& file, const CsvHead& head, const Notes& notes) {
  if (file.encoding() == InputFile::Encoding::kUtf16Little || file.encoding() == InputFile::Encoding::kUtf16Big) {
    notes.Say(input.Label() + ": UTF-16, read as UTF-8");
  }
  if (head.preamble > 0) {
    notes.Say(input.Label() + ": the header is on row " + std::to_string(head.preamble + 1) +
              "; what is above it is skipped");
  }
  if (head.guessed_header)
    notes.Say(input.Label() + ": a list of one column; its first line is no key and taken for the header");
  if (!head.has_header) notes.Say(input.Label() + ": no header; the first line is taken as a key");
}

Failure OpenOne(const InputSpec& spec, const InputOptions& options, const std::string& column,
                const OpenProfile& profile, uint32_t threads, const Notes& notes, KeyInput* out) {
  std::unique_ptr<InputFile> file;
  if (Failure failure = InputFile::Open(spec.path, &file)) return failure;

  char start[8] = {};
  if (file->size() >= sizeof(start)) {
    if (Failure failure = file->Read(0, sizeof(start), start)) return failure;
    if (BeginsImage(std::string_view(start, sizeof(start)))) {
      return {kExitData, file->Title() + " is an image: give it as a file, so that it can be told from a list"};
    }
  }

  HeadRequest request;
  request.column = column;
  request.no_header = options.no_header;
  request.quotes = !options.no_quotes;
  request.aliases = AliasesOf(profile.kind);
  request.any_text = TakesAnyText(profile.kind, profile.name);
  request.is_key = [&](std::string_view text) { return !request.any_text && profile.Takes(text, out->encoding); };
  if (!options.delimiter.empty()) {
    if (Failure failure = ParseByte(options.delimiter, "--delimiter", &request.delimiter, &request.one_column)) {
      return failure;
    }
  }
  CellRules rules;
  const bool emails = profile.kind == KeyKind::kEmail && out->encoding == VESICA_ENCODING_PLAIN;
  rules.display_names = emails;
  if (emails) rules.split = ';';
  if (!options.multi.empty()) {
    bool none = false;
    if (Failure failure = ParseByte(options.multi, "--multi", &rules.split, &none)) return failure;
    if (none) rules.split = '\0';
  }
  out->split = rules.split;

  CsvHead head;
  if (Failure failure = ReadHead(*file, request, &head)) return failure;
  Choose(*out, notes, &head);
  NoteHead(*out, *file, head, notes);
  return KeyColumn::Open(std::move(file), head, rules, CsvLimits(), threads, &out->column);
}

}  // namespace

Failure EncodingOf(const std::string& hashed, const OpenProfile& profile, uint32_t* out) {
  if (hashed.empty()) {
    *out = VESICA_ENCODING_PLAIN;
    return {};
  }
  if (hashed != "hex" && hashed != "base64") return {kExitUsage, "--hashed takes hex or base64"};
  if (!profile.digest) {
    return {kExitUsage,
            "--hashed needs the profile that the digests were made under, such as --profile uid2-email/1: " +
                profile.name + " does not compare digests"};
  }
  *out = hashed == "hex" ? VESICA_ENCODING_HEX : VESICA_ENCODING_BASE64;
  return {};
}

std::string KeyInput::Label() const { return Escaped(name); }

Failure OpenKeyInputs(const std::vector<InputSpec>& specs, const InputOptions& options, const OpenProfile& profile,
                      uint32_t threads, const Notes& notes, std::vector<KeyInput>* out,
                      const std::vector<std::shared_ptr<const Image>>& images) {
  std::vector<std::string> columns, hashed;
  if (Failure failure = SpreadOverInputs(options.columns, specs, "--column", &columns)) return failure;
  if (Failure failure = SpreadOverInputs(options.hashed, specs, "--hashed", &hashed)) return failure;
  for (size_t i = 0; i < specs.size(); ++i) {
    KeyInput input;
    input.name = specs[i].name;
    if (i < images.size() && images[i] != nullptr) {
      input.image = images[i];
      out->push_back(std::move(input));
      continue;
    }
    if (Failure failure = EncodingOf(hashed[i], profile, &input.encoding)) return failure;
    if (Failure failure = OpenOne(specs[i], options, columns[i], profile, threads, notes, &input)) return failure;
    out->push_back(std::move(input));
  }
  return {};
}

Failure Recover(const Failure& failure, const Notes& notes, std::vector<KeyInput>* inputs) {
  if (failure.exit_code != kExitIo) return failure;
  bool again = false;
  for (KeyInput& input : *inputs) {
    if (input.column == nullptr) continue;
    if (Failure behind = input.column->failure()) return behind;
    if (!input.column->misread()) continue;
    notes.Say(input.Label() + ": quote marks stand where CSV has none; reading the file once more, record by record");
    if (Failure indexing = input.column->IndexExactly()) return indexing;
    again = true;
  }
  return again ? Failure() : failure;
}

}  // namespace vesica_cli
