// The one place where volk's function table is made.
#define VOLK_IMPLEMENTATION
#include <volk.h>
