#!/usr/bin/env bash
# install_test.sh CMAKE BUILD_TREE WORK_FOLDER LIBDIR
set -euo pipefail
cmake=$1 tree=$2 work=$3 libdir=$4
source_dir=$(cd "$(dirname "$0")" && pwd)

rm -rf "$work"
mkdir -p "$work"
"$cmake" --install "$tree" --prefix "$work/first" >"$work/install.log"
mv "$work/first" "$work/moved"  # nothing installed may remember where it was put
prefix=$work/moved

expect_file() {
  [[ -e $prefix/$1 ]] || { echo "not installed: $1" >&2; exit 1; }
}
for file in include/{vesica.h,vesica.hpp,vesica/overlap.h} "$libdir"/{libvesica.so,libvesica.so.0} \
            "$libdir"/{pkgconfig/vesica.pc,cmake/vesica/vesicaConfig.cmake} \
            share/doc/vesica/{LICENSE,THIRD_PARTY_LICENSES} bin/vesica; do
  expect_file "$file"
done
readelf -d "$prefix/$libdir/libvesica.so" | grep -q 'SONAME.*\[libvesica.so.0\]'
"$prefix/bin/vesica" --version  # finds its library beside it

# CMake packages: C99, C++ over vesica.hpp, C++ over the static library with its private Abseil.
for consumer in c hpp cxx; do
  "$cmake" -S "$source_dir/$consumer" -B "$work/$consumer" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
  "$cmake" --build "$work/$consumer"
  "$work/$consumer/consumer"
done

# pkg-config, and nothing but the C library on the linker's line.
export PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
read -ra flags <<<"$(pkg-config --cflags --libs vesica)"
cc -std=c99 -pedantic -Wall -Wextra -Werror "$source_dir/../../examples/embed.c" -o "$work/by_pkg_config" "${flags[@]}"
LD_LIBRARY_PATH=$prefix/$libdir "$work/by_pkg_config"
