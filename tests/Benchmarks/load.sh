#!/usr/bin/env bash
# A library of a million prompts in 100,000 files: linted, mended, watched, opened in an editor. Prints the rows that docs/scale.md holds.
#   tests/Benchmarks/load.sh KOHAKU HELLO BENCH [FOLDER]
# Writes some 2 GB below FOLDER (a temporary one, deleted afterwards, where none is given). Counts and sizes: KOHAKU_LOAD_FILES, KOHAKU_LOAD_PROMPTS (in each).
set -euo pipefail
kohaku=$1 hello=$2 bench=$3
files=${KOHAKU_LOAD_FILES:-100000} prompts=${KOHAKU_LOAD_PROMPTS:-10}
work=${4:-}
if [ -z "$work" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

library=$work/library
[ -d "$library" ] || "$bench" files "$library" "$files" "$prompts"

# What a command takes, "SECONDS PEAK_MIB", and the digest of what it writes. Findings are no failure.
timed() {
  local code=0
  /usr/bin/time -o "$work/time" -f '%e %M' "$@" 2>"$work/errors" | md5sum >"$work/digest" || code=$?
  [ "$code" -le 1 ] || { cat "$work/errors" >&2; exit "$code"; }
  awk 'END { printf "%.1f s, peak %.0f MiB", $1, $2 / 1024 }' "$work/time"
}
digest() { cut -c1-32 "$work/digest"; }
row() { echo "| $1 | $2 |"; }

cold() {
  sync
  if ! echo 3 2>/dev/null >/proc/sys/vm/drop_caches; then echo "(the page cache could not be emptied: that takes root)" >&2; fi
}

echo "| what | measured |"
echo "|---|---|"
row "the library" "$(find "$library" -name '*.prompt' | wc -l) files, $(du -sm --apparent-size "$library" | cut -f1) MB; load of the machine before: $(cut -d' ' -f1-3 /proc/loadavg)"
cold; row "only reading it, cold (hello read)" "$(timed "$hello" read "$library")"
row "only reading it, warm" "$(timed "$hello" read "$library")"
row "words counted, warm (find, xargs wc -w)" "$(timed sh -c "find '$library' -name '*.prompt' -print0 | xargs -0 cat | wc -w")"

lint() { timed "$kohaku" lint --format concise "$@" "$library"; }
cold; row "kohaku lint, cold" "$(lint)"
first=$(digest)
row "again, warm" "$(lint)"
second=$(digest)
row "again with --jobs 1" "$(lint --jobs 1)"
third=$(digest)
row "what was found" "$(tail -1 "$work/errors")"
[ "$first" = "$second" ] && [ "$first" = "$third" ] || { echo "the runs differ: $first $second $third" >&2; exit 1; }
row "the three outputs" "the same, byte for byte ($first)"

copy=$work/mended
rm -rf "$copy"; cp -r "$library" "$copy"
row "kohaku lint --fix on a copy" "$(timed "$kohaku" lint --fix --format concise "$copy")"
row "what it did" "$(tail -1 "$work/errors")"
tree() { (cd "$copy" && find . -name '*.prompt' -print0 | LC_ALL=C sort -z | xargs -0 cat | md5sum | cut -c1-32); }
before=$(tree)
row "--fix again, where nothing is left" "$(timed "$kohaku" lint --fix --format concise "$copy")"
[ "$(tree)" = "$before" ] || { echo "a second --fix changed files" >&2; exit 1; }
row "what a second one changed" "nothing"
[ "$(find "$copy" -type f ! -name '*.prompt' | wc -l)" = 0 ] || { echo "--fix left files behind" >&2; exit 1; }
rm -rf "$copy"

"$bench" load "$kohaku" "$library"
