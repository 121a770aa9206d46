#!/usr/bin/env bash
# On a Linux machine with an NVIDIA card, CUDA 13, cuDNN 9 and the .NET SDK: the reference's numbers on the card, in both dialects, and the speed of SDXL at real size.
#   tests/gpu/run.sh [--device cuda|cpu] [--packages DIR] [--model SDXL.safetensors] [--size WxH] [--steps N]
# --packages: a folder with the package that kohaku gpu install fetches, for a machine without a network. --device cpu tries the script itself.
# Without --model, a checkpoint at SDXL's real dimensions is written by formula: 7 GB in the temporary folder.
# KOHAKU names a published kohaku; without it the program is built. The rows at the end are for docs/performance.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
device=cuda packages= model= size=1024x1024 steps=30
while [ $# -gt 0 ]; do
  case $1 in
    --device) device=$2; shift 2 ;;
    --packages) packages=$2; shift 2 ;;
    --model) model=$2; shift 2 ;;
    --size) size=$2; shift 2 ;;
    --steps) steps=$2; shift 2 ;;
    *) echo "$0: $1 is no option: --device, --packages, --model, --size or --steps" >&2; exit 2 ;;
  esac
done

work=$(mktemp -d)
watcher=
trap 'if [ -n "$watcher" ]; then kill "$watcher" 2>/dev/null; fi; rm -rf "$work"' EXIT
dotnet build tests/Kohaku.Generation.Tests -c Release --nologo -v quiet
dotnet build tests/Benchmarks -c Release --nologo -v quiet
if [ -z "${KOHAKU:-}" ]; then
  dotnet build src/Kohaku.Cli -c Release --nologo -v quiet
  KOHAKU=src/Kohaku.Cli/bin/Release/net10.0/kohaku
fi

if [ "$device" = cuda ]; then
  if [ -z "${KOHAKU_GPU_LIBRARY:-}" ]; then
    export KOHAKU_DATA="$work/data"
    "$KOHAKU" gpu install ${packages:+--source "$packages"}
    KOHAKU_GPU_LIBRARY=$(echo "$work"/data/gpu/*)
    export KOHAKU_GPU_LIBRARY
  fi
  "$KOHAKU" doctor || true
  if ! "$KOHAKU" gpu status; then
    echo "$0: no card can be used here; the line above says why. --device cpu tries the script without one" >&2
    exit 1
  fi
fi

# The device is asked for by name, so that a card that fails is an error and never the processor. The images are made in the card's dialect; the parts are held
# against the reference in both dialects, and in half precision.
echo '== the reference'
KOHAKU_TEST_DEVICE=$device dotnet test tests/Kohaku.Generation.Tests -c Release --no-build --nologo \
  --filter 'FullyQualifiedName~GoldenImageTests|FullyQualifiedName~DialectTests|FullyQualifiedName~DiffusersImageTests'

echo '== the speed'
if [ -z "$model" ]; then
  model=$work/sdxl-by-formula.safetensors
  tests/Benchmarks/bin/Release/net10.0/kohaku-benchmarks checkpoint "$model"
fi
: > "$work/memory"
card=processor
if [ "$device" = cuda ]; then
  card=$(nvidia-smi --query-gpu=name --format=csv,noheader | head -1)
  nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits -lms 100 > "$work/memory" &
  watcher=$!
fi

# Two images: the first opens the sessions, the second is measured.
for precision in $([ "$device" = cpu ] && echo fp32 || echo fp16 fp32); do
  rm -rf "$work/images"
  : > "$work/memory.$precision"
  start=$(wc -l < "$work/memory")
  "$KOHAKU" generate -m "$model" --device "$device" --precision "$precision" -p '1girl, smile' --seed 1 --size "$size" --steps "$steps" --sampler Euler --cfg 6 --batch 2 \
    --out "$work/images" --json > "$work/events.$precision"
  grep -q "\"event\":\"device\",\"device\":\"$device\"" "$work/events.$precision" || { echo "$0: it did not run on $device" >&2; exit 1; }
  tail -n "+$((start + 1))" "$work/memory" > "$work/memory.$precision"
done

echo "| device | $size, $steps steps of a checkpoint at real size | steps a second | ms a step (the floor on an H100 is 13.7 for 1024x1024) | most memory of the card |"
echo '|---|---|---|---|---|'
for events in "$work"/events.*; do
  precision=${events##*.}
  rate=$(grep '"event":"step","image":2' "$events" | tail -1 | sed 's/.*"rate":\([0-9.]*\).*/\1/')
  seconds=$(grep '"event":"image","image":2' "$events" | sed 's/.*"seconds":\([0-9.]*\).*/\1/')
  memory=$(sort -n "$work/memory.$precision" | tail -1)
  awk -v d="$card, $precision" -v s="$seconds" -v r="$rate" -v m="${memory:-}" 'BEGIN { printf "| %s | %s s | %s | %.1f | %s |\n", d, s, r, 1000 / r, m == "" ? "" : m " MiB" }'
done
