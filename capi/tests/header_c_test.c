#include "vesica.h"

/* A C99 translation unit that holds nothing but the header still needs one declaration. */
typedef vesica_status header_compiles_as_c;
