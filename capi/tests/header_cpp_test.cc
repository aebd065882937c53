#include "vesica.h"
