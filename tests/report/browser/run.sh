#!/usr/bin/env bash
# Runs a program of this folder with node, in Chromium:
#   run.sh PROGRAM.mjs [ARGUMENT]...
# Exit code 77, for skipped, where what it needs is not installed; `./dev test` installs it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
export VESICA_NODE_MODULES=${VESICA_NODE_MODULES:-$here/../../../build/node/node_modules}
export VESICA_CHROMIUM=${VESICA_CHROMIUM:-/usr/bin/chromium}

skip() {
  echo "skipped: $1"
  exit 77
}

for program in node pdftotext pdftoppm; do
  command -v $program >/dev/null || skip "there is no $program (packages nodejs and poppler-utils)"
done
[[ -x $VESICA_CHROMIUM ]] || skip "there is no $VESICA_CHROMIUM (package chromium, or VESICA_CHROMIUM=PROGRAM)"
[[ -d $VESICA_NODE_MODULES/playwright-core ]] || skip "$VESICA_NODE_MODULES has no playwright-core (npm ci, see ./dev)"
exec node "$(cd "$here" && realpath "$1")" "${@:2}"
