#!/usr/bin/env bash
# The main job, on two inputs whose answer is known another way:
#   1. the small CRM and marketing exports in examples/data, with what was planted in them;
#   2. two real lists, the American and British word lists of Debian (packages wamerican and wbritish), against
#      coreutils.
#   3. a study of the Salesforce exports in examples/data, with what was planted in them.
#
#   demo.sh PATH_OF_VESICA [FOLDER]
#
# With FOLDER the pictures stay there: overlap.html and overlap.svg of 1, report.html of 3. Exit code 0 if every number
# agrees.
set -euo pipefail

vesica=${1:?usage: demo.sh PATH_OF_VESICA [FOLDER]}
here=$(cd "$(dirname "$0")" && pwd)
differences=0

# compare WHAT FOUND EXPECTED
compare() {
  if [ "$2" = "$3" ]; then
    printf '  %-34s %10s   as expected\n' "$1" "$2"
  else
    printf '  %-34s %10s   EXPECTED %s\n' "$1" "$2" "$3"
    differences=$((differences + 1))
  fi
}

# json FILE PYTHON_EXPRESSION_OF_IT
json() { python3 -c 'import json, sys; it = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
pictures=${2:-$scratch/pictures}
mkdir -p "$pictures"

echo "== A CRM export and a marketing audience (made up, with a known overlap) =="
echo "\$ vesica overlap examples/data/crm_contacts.csv examples/data/marketing_audience.csv --html overlap.html --svg overlap.svg"
echo
"$vesica" overlap "$here/data/crm_contacts.csv" "$here/data/marketing_audience.csv" \
  --html "$pictures/overlap.html" --svg "$pictures/overlap.svg"
echo
echo "Against what was planted in them (examples/data/truth.json):"
"$vesica" overlap --json --quiet "$here/data/crm_contacts.csv" "$here/data/marketing_audience.csv" >"$scratch/answer.json"
truth=$here/data/truth.json
for set in 0 1; do
  name=$([ $set = 0 ] && echo crm_contacts || echo marketing_audience)
  for figure in count duplicate blank invalid; do
    compare "$name: $figure" "$(json "$scratch/answer.json" "it['sets'][$set]['$figure']")" \
      "$(json "$truth" "it['sets']['$name.csv']['$figure']")"
  done
done
compare "in both" "$(json "$scratch/answer.json" "it['overlap']['intersection']['estimate']")" \
  "$(json "$truth" "it['intersections']['crm_contacts.csv & marketing_audience.csv']")"

echo
echo "== Two real lists: American and British words =="
american=/usr/share/dict/american-english
british=/usr/share/dict/british-english
if [ ! -r $american ] || [ ! -r $british ]; then
  echo "  Left out: they come with the packages wamerican and wbritish, which are not installed."
else
  echo "\$ vesica overlap --profile raw/1 $american $british"
  echo
  "$vesica" overlap --quiet --profile raw/1 $american $british
  echo
  echo "Against sort -u and comm:"
  "$vesica" overlap --json --quiet --profile raw/1 $american $british >"$scratch/answer.json"
  export LC_ALL=C
  sort -u $american >"$scratch/american"
  sort -u $british >"$scratch/british"
  compare "American words" "$(json "$scratch/answer.json" "it['sets'][0]['count']")" "$(wc -l <"$scratch/american")"
  compare "British words" "$(json "$scratch/answer.json" "it['sets'][1]['count']")" "$(wc -l <"$scratch/british")"
  compare "in both" "$(json "$scratch/answer.json" "it['overlap']['intersection']['estimate']")" \
    "$(comm -12 "$scratch/american" "$scratch/british" | wc -l)"
  compare "in either" "$(json "$scratch/answer.json" "it['overlap']['union']['estimate']")" \
    "$(sort -u "$scratch/american" "$scratch/british" | wc -l)"

  echo
  echo "== The same lists as sketches of at most 16 KiB =="
  for list in $american $british; do
    echo "\$ vesica sketch --profile raw/1 $list -o ${list##*/}.vsc"
    "$vesica" sketch --quiet --profile raw/1 "$list" -o "$scratch/${list##*/}.vsc"
  done
  echo "\$ vesica overlap american-english.vsc british-english.vsc"
  echo
  "$vesica" overlap --quiet "$scratch/american-english.vsc" "$scratch/british-english.vsc"
  echo
  "$vesica" overlap --json --quiet "$scratch/american-english.vsc" "$scratch/british-english.vsc" >"$scratch/sketched.json"
  echo "The exact number within the interval of the estimate:"
  compare "words in both" "$(json "$scratch/answer.json" "min(max(it['overlap']['intersection']['estimate'], \
    $(json "$scratch/sketched.json" "it['overlap']['intersection']['lower']")), \
    $(json "$scratch/sketched.json" "it['overlap']['intersection']['upper']"))")" \
    "$(json "$scratch/answer.json" "it['overlap']['intersection']['estimate']")"
fi

echo
echo "== What marketing and sales did: a study of three Salesforce exports =="
exports=("$here"/data/salesforce_{leads,campaign_members,opportunities}.csv)
echo "\$ vesica study salesforce_{leads,campaign_members,opportunities}.csv --map salesforce --by country,industry --html report.html"
echo
"$vesica" study --quiet --map salesforce --by country,industry --html "$pictures/report.html" "${exports[@]}"
echo "Against what was planted in them:"
"$vesica" study --quiet --map salesforce --format json "${exports[@]}" >"$scratch/study.json"
for figure in n_marketing=n_a n_sales=n_b n_both=n_both; do
  compare "${figure%=*}" "$(json "$scratch/study.json" "it['tables']['circles'][0]['${figure#*=}']")" \
    "$(json "$truth" "it['study']['${figure%=*}']")"
done
compare "deals won" "$(json "$scratch/study.json" "it['tables']['revenue'][0]['won']")" "$(json "$truth" "it['study']['won']")"

echo
if [ $differences -gt 0 ]; then
  echo "$differences numbers are not as expected."
  exit 1
fi
echo "Every number is as expected."
if [ $# -gt 1 ]; then
  printf 'To look at in a browser:\n'
  printf '  %s\n' "$pictures"/{report.html,overlap.html,overlap.svg}
fi
