#!/usr/bin/env bash
# Several machines, acted out with GNU parallel: rows split by person, each part computed by a process of its own, results added. The figures
# are those of the whole. Skipped with a word if parallel is not installed.
#   parts.sh ZIELWERK
set -euo pipefail
zielwerk=$(realpath "$1")
command -v parallel >/dev/null || { echo "Without GNU parallel (Debian package parallel): 0 passed, 0 failed, 1 skipped"; exit 0; }
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 "$root/demo/musterkreis/erzeugen.py" .
mv personenmonate_erfunden.csv rows.csv
"$zielwerk" casework compute rows.csv --out=whole.csv --intern --format=csv >/dev/null
export zielwerk
PARALLEL_HOME=$folder parallel --will-cite 'awk -F";" -v k={} "NR==1 || \$1 % 4 == k" rows.csv > part{}.csv && "$zielwerk" casework compute part{}.csv --state=part{}.zustand --format=csv >/dev/null && rm part{}.csv' ::: 0 1 2 3
"$zielwerk" casework merge part?.zustand --out=parts.csv --intern --format=csv >/dev/null
cmp whole.csv parts.csv && echo "1 passed, 0 failed"
