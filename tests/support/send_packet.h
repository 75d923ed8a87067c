// A packet to a Unix socket, with a descriptor beside it or none, as any stranger may send it.
//
//   Clocks   none. Does not wait.
//   Units    bytes.
//   Errors   false: the other end is gone, or has no room.
//   Threads  plain function.
//   Proof    tests/service/server_test.cc, stepped_service_test.cc; tests/fuzz/message_fuzz.cc
#pragma once
#include <sys/socket.h>

#include <cstddef>
#include <cstring>
#include <span>

namespace tactus::testing {

inline bool send_packet(int socket, std::span<const std::byte> bytes, int attached = -1) {
  iovec part{const_cast<std::byte*>(bytes.data()), bytes.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  if (attached >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &attached, sizeof(int));
  }
  return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) ==
         static_cast<ssize_t>(bytes.size());
}

}  // namespace tactus::testing
