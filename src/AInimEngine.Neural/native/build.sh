#!/bin/sh
# Called by MSBuild: build.sh SOURCE BUILD [LIBTORCH]. Safe to call from several builds at once.
set -e
source=$1 build=$2 libtorch=$3
if ! command -v cmake >/dev/null || ! command -v c++ >/dev/null; then
    echo "libainim_torch.so : error AINIM03: cmake or a C++ compiler is missing: apt-get install cmake g++" >&2
    exit 1
fi
mkdir -p "$build"
exec 9>"$build/lock"
flock 9
# Another build may have done it while this one waited.
if [ -f "$build/libainim_torch.so" ] && [ -z "$(find "$source" -newer "$build/libainim_torch.so" -type f)" ] &&
   cmp -s "$build/libtorch.choice" "$build/built.choice"; then
    touch "$build/libainim_torch.so"
    exit 0
fi
rm -rf "$build/cmake"
log="$build/build.log"
if ! cmake -S "$source" -B "$build/cmake" -DCMAKE_BUILD_TYPE=Release -DAINIM_LIBTORCH="$libtorch" >"$log" 2>&1; then
    echo "libainim_torch.so : error AINIM01: $(grep -m1 'libtorch not found' "$log" || echo "CMake failed, see $log")" >&2
    exit 1
fi
if ! cmake --build "$build/cmake" --parallel 2 >"$log" 2>&1; then
    grep -m5 'error' "$log" >&2
    echo "libainim_torch.so : error AINIM02: it did not compile, see $log" >&2
    exit 1
fi
# Renamed into place, so that a running process keeps the file that it has mapped.
cp "$build/cmake/libainim_torch.so" "$build/libainim_torch.so.new"
mv "$build/libainim_torch.so.new" "$build/libainim_torch.so"
cp "$build/libtorch.choice" "$build/built.choice"
