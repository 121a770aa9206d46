#!/usr/bin/env bash
# Kills the program, fills its disk and damages its data far more often than the tests do, and prints what came of it.
#   tests/Faults/run.sh [ROUNDS] [SEED]      25 rounds of each command, twice as many before changes of the disk, and each kind of page, without a number
# Wants the published program (npm run publish), or KOHAKU_NATIVE.
set -euo pipefail
cd "$(dirname "$0")/../.."

export KOHAKU_NATIVE=${KOHAKU_NATIVE:-$PWD/artifacts/kohaku/kohaku}
export KOHAKU_FAULT_ROUNDS=${1:-25} KOHAKU_FAULT_SEED=${2:-1}
mkdir -p artifacts/faults
export KOHAKU_FAULT_REPORT=$PWD/artifacts/faults/report-$KOHAKU_FAULT_SEED.tsv
rm -f "$KOHAKU_FAULT_REPORT"
dotnet build tests/Kohaku.Faults.Tests -c Release --nologo -v quiet
code=0
dotnet test tests/Kohaku.Faults.Tests -c Release --no-build --nologo || code=$?
sort "$KOHAKU_FAULT_REPORT"
awk -F'\t' '$1 == "random" || $1 == "steps" { split($4, words, " "); kills += words[1] } END { print "Total: " kills " kills" }' "$KOHAKU_FAULT_REPORT"
exit $code
