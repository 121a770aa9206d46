#!/usr/bin/env bash
# On a Linux machine with an NVIDIA card, CUDA 13, cuDNN 9 and the .NET SDK: the scaled-down images of A1111 on the card and, with a model, its speed.
#   tests/gpu/run.sh [--device cuda|cpu] [--packages DIR] [--model SDXL.safetensors]
# --packages: a folder with the package that kohaku gpu install fetches, for a machine without a network. --device cpu tries the script itself.
# KOHAKU names a published kohaku; without it the program is built.
set -euo pipefail
cd "$(dirname "$0")/../.."
device=cuda packages= model=
while [ $# -gt 0 ]; do
  case $1 in
    --device) device=$2; shift 2 ;;
    --packages) packages=$2; shift 2 ;;
    --model) model=$2; shift 2 ;;
    *) echo "$0: $1 is no option: --device, --packages or --model" >&2; exit 2 ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build tests/Kohaku.Generation.Tests -c Release --nologo -v quiet
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

# The device is asked for by name, so that a card that fails is an error and never the processor.
KOHAKU_TEST_DEVICE=$device dotnet test tests/Kohaku.Generation.Tests -c Release --no-build --nologo --filter 'FullyQualifiedName~GoldenImageTests'

[ -n "$model" ] || exit 0
"$KOHAKU" generate -m "$model" --device "$device" -p '1girl, smile' --seed 1 --size 1024x1024 --steps 30 --sampler Euler --cfg 6 --batch 2 --out "$work/images" --json > "$work/events"
grep -q "\"event\":\"device\",\"device\":\"$device\"" "$work/events" || { echo "$0: it did not run on $device" >&2; exit 1; }
# Of the second image: the first opens the sessions.
rate=$(grep '"event":"step","image":2' "$work/events" | tail -1 | sed 's/.*"rate":\([0-9.]*\).*/\1/')
seconds=$(grep '"event":"image","image":2' "$work/events" | sed 's/.*"seconds":\([0-9.]*\).*/\1/')
card=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null || echo "$device")
echo '| device | 1024x1024, 30 steps | steps a second | ms a step (the floor on an H100 is 13.7) |'
echo '|---|---|---|---|'
awk -v d="$card" -v s="$seconds" -v r="$rate" 'BEGIN { printf "| %s | %s s | %s | %.1f |\n", d, s, r, 1000 / r }'
