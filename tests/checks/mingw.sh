#!/usr/bin/env bash
# core, the ipc layouts, the codecs and the layer compile for Windows: what is Linux's own lives elsewhere.
set -uo pipefail
cd "$(dirname "$0")/../.."
failed=0 count=0
includes=(-Icore/include -Idrivers/include -Iipc/include -Iipc/linux/include -Iopenxr-layer/include -Iopenxr-layer/src -Iopenxr-layer/newer
  -isystem /usr/include/eigen3 -isystem build/check/foreign)
# Headers of libraries that are the same on every system.
mkdir -p build/check/foreign
ln -sfn /usr/include/boost build/check/foreign/boost
ln -sfn /usr/include/openxr build/check/foreign/openxr
for file in $(git ls-files 'core/src/*.cc' 'drivers/*.cc' 'ipc/src/*.cc' 'openxr-layer/src/*.cc' | grep -v transport/); do
  count=$((count + 1))
  if ! ccache x86_64-w64-mingw32-g++-posix -std=c++20 -fno-exceptions -O1 -Wall -Wextra "${includes[@]}" -c "$file" -o /dev/null; then
    echo "FAILED $file"; failed=$((failed + 1))
  fi
done
echo "$((count - failed)) of $count files compile for Windows"
[ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
