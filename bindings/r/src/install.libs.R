# Beside the package's own library the libvesica that configure built, if it built one.
libraries <- file.path(R_PACKAGE_DIR, paste0("libs", R_ARCH))
dir.create(libraries, recursive = TRUE, showWarnings = FALSE)
file.copy(c(Sys.glob(paste0("*", SHLIB_EXT)), Sys.glob("libvesica/libvesica.so.0")), libraries, overwrite = TRUE)
if (file.exists("symbols.rds")) file.copy("symbols.rds", libraries, overwrite = TRUE)
