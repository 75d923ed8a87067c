#!/usr/bin/env bash
# The layer, its public header, its example and the desktop runtime compile against another release's
# OpenXR headers as they are.
set -uo pipefail
cd "$(dirname "$0")/../.."
folder=${1:-}
if [ ! -f "$folder/openxr/openxr.h" ]; then
  echo "headers: name a folder with openxr/openxr.h in it: ./dev check headers OpenXR-SDK/include"
  exit 1
fi
version=$(sed -n 's/.*XR_CURRENT_API_VERSION XR_MAKE_VERSION(\([0-9]*\), \([0-9]*\), \([0-9]*\)).*/\1.\2.\3/p' "$folder/openxr/openxr.h")
[ -n "$version" ] || { echo "headers: $folder/openxr/openxr.h does not say its version"; exit 1; }

includes=(-isystem "$folder" -Icore/include -Iipc/include -Iipc/linux/include -Iopenxr-layer/include -Iopenxr-layer/src -Iopenxr-layer/newer
  -Isimulator/include -Isimulator/runtime -isystem /usr/include/eigen3)
compile() {  # FILE
  case $1 in
    simulator/*) g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -Wno-missing-field-initializers "${includes[@]}" "$1" ;;
    *.c) gcc -std=c11 -fsyntax-only -Wall -Wextra -Werror "${includes[@]}" "$1" ;;
    *) g++ -std=c++20 -fno-exceptions -fsyntax-only -DXR_NO_PROTOTYPES -Wall -Wextra -Werror -Wno-missing-field-initializers "${includes[@]}" "$1" ;;
  esac
}
mapfile -t files < <(git ls-files 'openxr-layer/src/*.cc' 'openxr-layer/example/*.c' 'simulator/runtime/*.cc')
compiled=0
for file in "${files[@]}"; do compile "$file" && compiled=$((compiled + 1)); done
echo "$compiled of ${#files[@]} files compile against OpenXR $version"
[ "${#files[@]}" -gt 0 ] && [ "$compiled" -eq "${#files[@]}" ]
