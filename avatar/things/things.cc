#include "things.h"

namespace tactus::modelling {

std::vector<Asset> build_things() {
  return {build_balloon(), build_blanket(), build_cake(), build_letter()};
}

}  // namespace tactus::modelling
