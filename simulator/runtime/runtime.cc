#include "runtime.h"

namespace tactus::runtime {

Runtime& runtime() {
  static Runtime the_runtime;
  return the_runtime;
}

}  // namespace tactus::runtime
