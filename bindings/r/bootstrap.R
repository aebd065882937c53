# Puts what the package is built from into tools/core.tar.xz, so that a tarball of it installs where there is neither
# libvesica nor a checkout: Rscript bootstrap.R && R CMD build .
# Without it `R CMD build` makes a small tarball that needs libvesica to be installed.
root <- normalizePath("../..")
parts <- c("CMakeLists.txt", "LICENSE", "THIRD_PARTY_LICENSES", "capi/CMakeLists.txt", "capi/vesica.map",
           "capi/include", "capi/src", "cmake", "data", "include", "lib", "build/deps-src/abseil",
           "build/deps-src/highway")
if (system2(file.path(root, "dev"), "deps") != 0) stop("cannot fetch the sources of Abseil and Highway")
dir.create("tools", showWarnings = FALSE)
status <- system2("tar", c("-C", shQuote(root), "--exclude=debian", "--exclude=.pc", "--exclude=.git*", "--sort=name",
                           "--owner=0", "--group=0", "--numeric-owner", "--mtime=2020-01-01",
                           "-cJf", "tools/core.tar.xz", parts))
if (status != 0) stop("tar failed")
cat("tools/core.tar.xz:", file.size("tools/core.tar.xz"), "bytes\n")
