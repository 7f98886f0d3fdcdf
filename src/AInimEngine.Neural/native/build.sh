#!/bin/sh
# Called by MSBuild: build.sh SOURCE BUILD [LIBTORCH]. Safe to call from several builds at once.
set -e
source=$1 build=$2 libtorch=$3
if ! command -v cmake >/dev/null || ! command -v c++ >/dev/null; then
    echo "error: cmake or a C++ compiler is missing: apt-get install cmake g++" >&2
    exit 1
fi
mkdir -p "$build"
exec 9>"$build/lock"
flock 9
# Another build may have done it while this one waited.
if [ -f "$build/libainim_torch.so" ] && [ -z "$(find "$source" "$build/libtorch.choice" -newer "$build/libainim_torch.so" -type f)" ] &&
   cmp -s "$build/libtorch.choice" "$build/built.choice"; then
    touch "$build/libainim_torch.so"
    exit 0
fi
rm -rf "$build/cmake"
cmake -S "$source" -B "$build/cmake" -DCMAKE_BUILD_TYPE=Release -DAINIM_LIBTORCH="$libtorch"
cmake --build "$build/cmake" --parallel 2
# Renamed into place, so that a running process keeps the file that it has mapped.
cp "$build/cmake/libainim_torch.so" "$build/libainim_torch.so.new"
mv "$build/libainim_torch.so.new" "$build/libainim_torch.so"
cp "$build/libtorch.choice" "$build/built.choice"
