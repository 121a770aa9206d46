#!/usr/bin/env bash
# Feeds the program whatever could come, and says what broke.
#   tests/Fuzzing/run.sh [TARGET…] [--cases N] [--seed S] [--guided]     all targets without a name; `list` names them
#   tests/Fuzzing/run.sh once TARGET SEED NUMBER                         one case again
#   tests/Fuzzing/run.sh file TARGET FILE                                a saved input, or the case.log of a run that died
# What breaks is made small and kept in artifacts/fuzzing.
set -euo pipefail
cd "$(dirname "$0")/../.."

dotnet build tests/Fuzzing -c Release --nologo -v quiet
program=tests/Fuzzing/bin/Release/net10.0
for argument in "$@"; do
  [ "$argument" = --guided ] || continue
  # A copy counts its branches: the tests need the assemblies as they were built.
  rm -rf artifacts/fuzzing/guided
  mkdir -p artifacts/fuzzing/guided
  cp -r "$program/." artifacts/fuzzing/guided
  "$program/Kohaku.Fuzzing" instrument artifacts/fuzzing/guided >/dev/null
  program=artifacts/fuzzing/guided
done
exec "$program/Kohaku.Fuzzing" "$@"
