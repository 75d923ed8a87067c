// What the service says of the left glove's link, in the words of hil_reader's status file.
#include <cstdio>

#include "tactus/base/hand.h"
#include "tactus/ipc/connection.h"

int main() {
  using namespace tactus;
  const auto connection = ipc::Connection::open(ipc::find_service_path(), 2000);
  if (!connection) {
    std::fprintf(stderr, "hil_status: %s\n", describe(connection.error()));
    return 1;
  }
  ipc::PublishedState state;
  if (!connection->published()->state.read(state)) return 1;
  const ipc::LinkHealth& link = state.links[index(Hand::Left)];
  std::printf("reports_in %u reports_dropped %u\n", link.reports_in, link.reports_dropped);
}
