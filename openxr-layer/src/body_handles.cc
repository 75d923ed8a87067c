#include "body_handles.h"

namespace tactus::layer {

BodyHandles::BodyHandles(const Session& session, const ServiceLink::Lease& lease,
                         const ipc::BodyNames& names) noexcept {
  const Locked locked(session.instance->lock);
  for (const TouchBody* body = session.bodies; body != nullptr; body = body->following) {
    for (std::size_t slot = 0; slot < names.size(); ++slot) {
      const bool is_it = names[slot].client == lease.client() && names[slot].body == body->number;
      if (is_it) handles_[slot] = body->handle;
    }
  }
}

}  // namespace tactus::layer
