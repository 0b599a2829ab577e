#!/usr/bin/env bash
# Proof that Strata runs where no code can be made at run time: publishes the command trimmed, self-contained and as one file with the runtime's
# feature switch for dynamic code off, checks that nothing of the emitter is left in it, and runs a recipe, whose claims must hold.
# Usage: bench/trimmed.sh [recipe] [folder]
set -euo pipefail
recipe=${1:-lenet5}
folder=${2:-$(mktemp -d)}
cd "$(dirname "$0")/.."

dotnet publish src/Strata.Cli -c Release -r linux-x64 --self-contained -o "$folder" \
    -p:PublishTrimmed=true -p:PublishSingleFile=true -p:DynamicCodeSupport=false -p:TreatWarningsAsErrors=true
if grep -qa LoopEmitter "$folder/Strata.Cli"; then
    echo "The emitter of loops was not trimmed: dynamic code is not off." >&2
    exit 1
fi

ls -l "$folder/Strata.Cli"
cd "$folder"
./Strata.Cli run "$recipe"
