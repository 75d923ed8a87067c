// What every OpenXR object of the runtime has, and the table through which all are reached.
//
// A stranger's handle is looked up, never followed. Values are counted up and never given twice,
// so a destroyed object stays invalid; they are no addresses, so they cannot meet the addresses
// that layers above give to objects of their own.
//
//   Clocks   none
//   Units    none
//   Errors   find: nullptr for what is not alive or of another type.
//   Threads  guarded by Runtime::mutex; a pointer is good while it is held.
//   Proof    tests/simulator/runtime/lifetime_test.cc
#pragma once
#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "xr.h"

namespace tactus::runtime {

using ObjectId = std::uint64_t;

struct Object {
  explicit Object(XrObjectType kind) : type(kind) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

  const XrObjectType type;
  ObjectId id = 0;
  ObjectId parent = 0;  ///< 0: an instance
};

/// A kind of object: `T::Xr` is its OpenXR type, `T::kType` that type's number.
template <typename T>
[[nodiscard]] typename T::Xr xr(const T& object) {
  return reinterpret_cast<typename T::Xr>(object.id);
}

class ObjectTable {
 public:
  /// Makes an object; it lives until `remove` of it or of one of its ancestors.
  template <typename T, typename... Args>
  T& add(ObjectId parent, Args&&... args) {
    auto object = std::make_unique<T>(std::forward<Args>(args)...);
    T& made = *object;
    made.id = next_id_++;
    made.parent = parent;
    objects_.emplace(made.id, std::move(object));
    return made;
  }

  template <typename T>
  [[nodiscard]] T* find(typename T::Xr handle) const {
    return find_id<T>(reinterpret_cast<ObjectId>(handle));
  }

  template <typename T>
  [[nodiscard]] T* find_id(ObjectId id) const {
    const auto found = objects_.find(id);
    if (found == objects_.end() || found->second->type != T::kType) return nullptr;
    return static_cast<T*>(found->second.get());
  }

  template <typename T>
  [[nodiscard]] std::vector<T*> children(ObjectId parent) const {
    std::vector<T*> found;
    for (const auto& [id, object] : objects_) {
      if (object->parent == parent && object->type == T::kType) {
        found.push_back(static_cast<T*>(object.get()));
      }
    }
    return found;
  }

  /// Destroys the object after all that descends from it, youngest first.
  void remove(ObjectId id);

 private:
  std::map<ObjectId, std::unique_ptr<Object>> objects_;
  ObjectId next_id_ =
      0x7ac7'0500'0000'0001;  ///< above every user-space address of x86-64 and aarch64
};

}  // namespace tactus::runtime
