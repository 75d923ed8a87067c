#include "object.h"

namespace tactus::runtime {

void ObjectTable::remove(ObjectId id) {
  std::vector<ObjectId> young;
  for (const auto& [other, object] : objects_) {
    if (object->parent == id) young.push_back(other);
  }
  for (auto child = young.rbegin(); child != young.rend(); ++child) remove(*child);
  objects_.erase(id);
}

}  // namespace tactus::runtime
