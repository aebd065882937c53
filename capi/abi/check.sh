#!/usr/bin/env bash
# Compares vesica.h and a built libvesica.so with the committed baseline: what is there stays as it is, more may come.
#
#   capi/abi/check.sh LIBRARY [HEADER]   0: compatible; 1: something was removed or changed
#   capi/abi/check.sh LIBRARY --update   makes what is there now the baseline
#
# The baseline is three lists, whose every line must stay: vesica.symbols, the functions the library exports;
# vesica.constants, every number of the header; vesica.MACHINE.types, its structs and signatures as libabigail reads them
# (types.py). For the last, a library of empty functions is made from the header, so that nothing but the header shows:
# not the C++ behind it, nor how it was built. Without libabigail, or on a machine that has no baseline, the last is left
# out, which is said.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
library=${1:?usage: check.sh LIBRARY [HEADER | --update]}
update=no header=$here/../include/vesica.h
if [ "${2:-}" = --update ]; then update=yes; elif [ $# -gt 1 ]; then header=$2; fi
machine=$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$header" "$work/vesica.h"

symbols() { nm -D --defined-only --with-symbol-versions "$library" | awk '$2 == "T" { print $3 }' | LC_ALL=C sort; }

# "NAME value" of every enumerator and every macro of the header that is a number, but for the version itself.
constants() {
  local name
  {
    echo '#include <stdio.h>'
    echo '#include "vesica.h"'
    echo 'int main(void) {'
    { grep -oE '^ +VESICA_[A-Z0-9_]+ = ' "$header"; grep -oE '^#define VESICA_[A-Z0-9_]+ +[0-9(U\\]' "$header"; } |
      grep -oE 'VESICA_[A-Z0-9_]+' | grep -v '^VESICA_VERSION_' | while read -r name; do
        printf '  printf("%%s %%lld\\n", "%s", (long long)%s);\n' "$name" "$name"
      done
    echo '}'
  } > "$work/constants.c"
  "${CC:-cc}" -std=c99 -I"$work" -o "$work/constants" "$work/constants.c"
  "$work/constants" | LC_ALL=C sort
}

types() {
  {
    echo '#include "vesica.h"'
    awk '/^VESICA_API/ { declaration = 1 } declaration { print } /;/ { declaration = 0 }' "$header" |
      sed 's/;/ { for (;;) {} }/'
  } > "$work/stubs.c"
  (cd "$work" && "${CC:-cc}" -std=c99 -g -shared -fPIC -I"$work" -o libvesica.so stubs.c)
  abidw --no-corpus-path --no-comp-dir-path --no-show-locs "$work/libvesica.so" |
    python3 "$here/types.py" | LC_ALL=C sort
}

# Every line of the baseline $1 must still be in $2.
keeps() {
  local lost
  [ -f "$1" ] || { echo "no baseline: $1" >&2; return 1; }
  lost=$(LC_ALL=C comm -23 "$1" "$2")
  [ -n "$lost" ] || return 0
  printf 'removed or changed, against %s:\n%s\n' "$(basename "$1")" "$lost" >&2
  return 1
}

symbols > "$work/symbols"
constants > "$work/constants.txt"

if [ $update = yes ]; then
  types > "$work/types"
  cp "$work/symbols" "$here/vesica.symbols"
  cp "$work/constants.txt" "$here/vesica.constants"
  cp "$work/types" "$here/vesica.$machine.types"
  echo "the baseline is now: $(wc -l < "$here/vesica.symbols") symbols, $(wc -l < "$here/vesica.constants") constants"
  exit 0
fi

status=0
keeps "$here/vesica.symbols" "$work/symbols" || status=1
keeps "$here/vesica.constants" "$work/constants.txt" || status=1
if ! command -v abidw > /dev/null; then
  echo "types not compared: libabigail is not installed"
elif [ ! -f "$here/vesica.$machine.types" ]; then
  echo "types not compared: no baseline for $machine"
else
  types > "$work/types"
  keeps "$here/vesica.$machine.types" "$work/types" || status=1
fi
[ $status -eq 0 ] && echo "compatible with the baseline"
exit $status
