#!/usr/bin/env bash
# Compares a built libvesica.so and vesica.h with the committed baseline: what is there stays as it is, more may come.
#
#   capi/abi/check.sh LIBRARY            0: compatible; 1: something was removed or changed
#   capi/abi/check.sh LIBRARY --update   makes what is there now the baseline (build with -O2 -g: RelWithDebInfo)
#
# Three files: vesica.symbols, the exported functions; vesica.constants, every number of the header;
# vesica.MACHINE.abi, the types and signatures as libabigail reads them from the library's debug information. Without
# debug information, or on a machine that has no baseline, the last is left out, which is said.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
library=${1:?usage: check.sh LIBRARY [--update]}
update=${2:-}
machine=$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

symbols() { nm -D --defined-only --with-symbol-versions "$library" | awk '$2 == "T" { print $3 }' | LC_ALL=C sort; }

# "NAME value" of every enumerator and every macro of the header that is a number.
constants() {
  local header=$here/../include/vesica.h name
  {
    echo '#include <stdio.h>'
    echo '#include "vesica.h"'
    echo 'int main(void) {'
    { grep -oE '^ +VESICA_[A-Z0-9_]+ = ' "$header"; grep -oE '^#define VESICA_[A-Z0-9_]+ +[0-9(U\\]' "$header"; } |
      grep -oE 'VESICA_[A-Z0-9_]+' | while read -r name; do
        echo "  printf(\"%s %lld\\n\", \"$name\", (long long)$name);"
      done
    echo '}'
  } > "$work/constants.c"
  "${CC:-cc}" -std=c99 -I"$here/../include" -o "$work/constants" "$work/constants.c"
  "$work/constants" | LC_ALL=C sort
}

types() {
  abidw --headers-dir "$here/../include" --drop-private-types --no-corpus-path --no-comp-dir-path --short-locs \
    --no-elf-needed "$library"
}

has_debug_information() { readelf -S "$library" | grep -q '\.debug_info'; }

# Every line of the baseline $1 must still be in $2.
keeps() {
  local lost
  lost=$(LC_ALL=C comm -23 "$1" "$2")
  if [ -z "$lost" ]; then return 0; fi
  echo "removed or changed, against $(basename "$1"):" >&2
  echo "$lost" >&2
  return 1
}

symbols > "$work/symbols"
constants > "$work/constants.txt"

if [ "$update" = --update ]; then
  has_debug_information || { echo "$library has no debug information" >&2; exit 1; }
  cp "$work/symbols" "$here/vesica.symbols"
  cp "$work/constants.txt" "$here/vesica.constants"
  types > "$here/vesica.$machine.abi"
  echo "the baseline is now: $(wc -l < "$here/vesica.symbols") symbols, $(wc -l < "$here/vesica.constants") constants"
  exit 0
fi

status=0
keeps "$here/vesica.symbols" "$work/symbols" || status=1
keeps "$here/vesica.constants" "$work/constants.txt" || status=1
if ! has_debug_information; then
  echo "types not compared: $library has no debug information"
elif [ ! -f "$here/vesica.$machine.abi" ]; then
  echo "types not compared: no baseline for $machine"
else
  types > "$work/abi"
  # abidiff's exit code has bit 2 for a change and bit 3 for an incompatible one; additions alone have bit 2 only.
  abidiff --no-added-syms --no-show-locs "$here/vesica.$machine.abi" "$work/abi" || status=1
fi
[ $status -eq 0 ] && echo "compatible with the baseline"
exit $status
