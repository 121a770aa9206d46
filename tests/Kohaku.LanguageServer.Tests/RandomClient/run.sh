#!/usr/bin/env bash
# The random client against the native program: a million steps and more messages, memory looked at after each tenth. docs/reliability.md holds what came of it.
#   tests/Kohaku.LanguageServer.Tests/RandomClient/run.sh [STEPS] [SEED] [CLIENT]      CLIENT: 1 plain, 2 rich, 3 rich and UTF-8
set -euo pipefail
cd "$(dirname "$0")/../../.."
[ -x artifacts/kohaku/kohaku ] || bash .ci/publish
dotnet build tests/Kohaku.LanguageServer.Tests -c Release --nologo -v quiet
export KOHAKU_LSP=$PWD/artifacts/kohaku/kohaku KOHAKU_RANDOM_STEPS=${1:-1000000} KOHAKU_RANDOM_SEED=${2:-0}
dotnet test tests/Kohaku.LanguageServer.Tests -c Release --no-build --nologo --logger 'console;verbosity=detailed' \
  --filter "FullyQualifiedName~RandomClientTests.Each_request&DisplayName~seed: ${3:-2}"
