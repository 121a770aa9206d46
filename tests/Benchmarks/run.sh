#!/usr/bin/env bash
# Whole commands against their yardsticks, each pair in one run. Needs hyperfine and jq (Debian). Prints a Markdown table; docs/performance.md holds one.
#   tests/Benchmarks/run.sh [start] [stream] [files] [lsp] [load] [completers] [generation]      the first three without arguments
set -euo pipefail
cd "$(dirname "$0")/../.."
what=${*:-start stream files}
work=${KOHAKU_BENCH:-$(mktemp -d)}
mkdir -p "$work"

bash .ci/publish
dotnet publish tests/Benchmarks/Hello -c Release -o artifacts/hello --nologo -v quiet
dotnet build tests/Benchmarks -c Release --nologo -v quiet
kohaku=$PWD/artifacts/kohaku/kohaku
hello=$PWD/artifacts/hello/hello
bench=$PWD/tests/Benchmarks/bin/Release/net10.0/kohaku-benchmarks
cp -r artifacts/kohaku/data "$(dirname "$bench")/"

medians() { jq -r '[.results[].median * 1000] | map(tostring) | join(" ")' "$1"; }
row() { # name, ours, peer, in milliseconds
  awk -v n="$1" -v a="$2" -v b="$3" 'BEGIN { printf "| %s | %.2f ms | %.2f ms | %.2f | %+.2f ms |\n", n, a, b, a / b, a - b }'
}

echo "| what | kohaku | yardstick | ratio | difference |"
echo "|---|---|---|---|---|"
for measure in $what; do
  case $measure in
    start)
      hyperfine -N --warmup 30 --runs 400 -i --export-json "$work/start.json" "$kohaku lint samples/clean.prompt" "$hello" >/dev/null 2>&1
      read -r ours peer < <(medians "$work/start.json")
      row "lint one.prompt / print a line" "$ours" "$peer"
      ;;
    stream)
      [ -s "$work/stream.jsonl" ] || "$bench" stream "$work/stream.jsonl" 200
      "$kohaku" lint --input jsonl --format jsonl - <"$work/stream.jsonl" >"$work/answers.jsonl" || [ $? = 1 ]
      hyperfine --warmup 1 --runs 5 -i --export-json "$work/stream.json" \
        "$kohaku lint --input jsonl --format jsonl - <$work/stream.jsonl >$work/answers.jsonl" \
        "wc -w $work/stream.jsonl $work/answers.jsonl" >/dev/null 2>&1
      read -r ours peer < <(medians "$work/stream.json")
      row "200 MB of records / wc -w of what is read and written" "$ours" "$peer"
      ;;
    files)
      [ -d "$work/files" ] || "$bench" files "$work/files" 20000
      # Cold: the page cache is emptied before each run; that takes root.
      hyperfine --runs 7 -i --prepare 'sync; echo 3 > /proc/sys/vm/drop_caches' --export-json "$work/files.json" \
        "$kohaku lint --no-cache --format concise $work/files >/dev/null" "$hello read $work/files" >/dev/null 2>&1
      read -r ours peer < <(medians "$work/files.json")
      row "20,000 files, cold / only reading them" "$ours" "$peer"
      ;;
    lsp)
      "$bench" lsp "$kohaku" "$hello"
      ;;
    generation)
      "$bench" generation
      ;;
    load)
      # A table of its own: rows without a yardstick beside each.
      bash tests/Benchmarks/load.sh "$kohaku" "$hello" "$bench" ${KOHAKU_BENCH:+"$work"}
      ;;
    completers)
      node tests/Benchmarks/completers/run.mjs
      ;;
    *)
      echo "unknown: $measure; there are start, stream, files, lsp, load, completers and generation" >&2
      exit 2
      ;;
  esac
done
