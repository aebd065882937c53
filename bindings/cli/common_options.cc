#include "commands.h"

namespace vesica_cli {

void AddIdentityOptions(CLI::App* command, IdentityOptions* options) {
  command->add_option(
      "--profile", options->profile,
      "Rule that makes two keys the same (`vesica profiles` lists them); email/1 unless told otherwise");
  command
      ->add_option("--level", options->level,
                   "person: e-mail addresses (email/1); account: companies, by their domain, from a website, domain or "
                   "e-mail column (account/1)")
      ->check(CLI::IsMember({"person", "account"}));
  command->add_option("--country", options->country, "Country of phone numbers without one, such as DE");
  command->add_option(
      "--secret-file", options->secret_file,
      "File of 16 random bytes or more, used as they are: hashes are keyed with it. It protects what is "
      "kept from third parties, not from a partner who holds it too");
  command->add_option("--hash-bits", options->hash_bits, "64 or 128")->check(CLI::IsMember({64u, 128u}));
}

void AddInputOptions(CLI::App* command, InputOptions* options) {
  command
      ->add_option("--column", options->columns,
                   "Column of the keys: its name or its number from 1. For one set only: SET=NAME. Without it the "
                   "header is searched for the names that HubSpot, Salesforce, Marketo and LinkedIn use")
      ->allow_extra_args(false);
  command
      ->add_option("--hashed", options->hashed,
                   "The keys are SHA-256 digests already, in hex or base64, made under the profile. For one set only: "
                   "SET=hex")
      ->allow_extra_args(false);
  command->add_option("--delimiter", options->delimiter,
                      "One character, tab, or none for a list of one column; found among , ; tab | if not given");
  command->add_option("--multi", options->multi,
                      "Character between several keys in one cell, or none; ';' for e-mail addresses if not given");
  command->add_flag("--no-header", options->no_header, "The first line is a row, not a header");
  command->add_flag("--no-quotes", options->no_quotes, "Quote marks are plain text");
}

}  // namespace vesica_cli
