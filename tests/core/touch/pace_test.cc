// Few packets, well spent: never too many, beginnings at once, ends soon, the rest when it can.
#include "tactus/touch/pace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>

namespace tactus {
namespace {

TactileFrame at(float envelope) {
  TactileFrame frame;
  frame.envelope[4] = envelope;
  frame.frequency_Hz[4] = 170;
  return frame;
}

struct Sender {
  PaceParams params;
  PaceState state;
  TactileFrame packet;
  int tick = 0;
  bool send(float envelope) {
    ++tick;
    return pace(state, params, at(envelope), packet);
  }
  void rest() {
    for (int i = 0; i < 1000; ++i) EXPECT_FALSE(send(0)) << "nothing is not worth a packet";
  }
};

TEST(Pace, NeverMoreThanTheDeviceTakes) {
  for (const float rate : {2.0f, 10.0f, 60.0f}) {
    Sender sender;
    sender.params.packets_per_s = rate;
    std::mt19937 random(5);
    std::deque<int> sent;
    int total = 0;
    for (int i = 0; i < 20000; ++i) {
      if (!sender.send(float(random() % 4) / 4)) continue;
      ++total;
      sent.push_back(i);
      while (sent.front() <= i - 1000) sent.pop_front();
      ASSERT_LE(float(sent.size()), rate + sender.params.saved);
    }
    EXPECT_GT(float(total), 0.9f * 20 * rate) << "nor fewer, when there is something to say";
  }
}

TEST(Pace, ABeginningIsToldInItsMillisecondAndItsEndWithinAPacket) {
  Sender sender;
  sender.rest();
  EXPECT_TRUE(sender.send(0.5f));
  EXPECT_EQ(sender.packet.envelope[4], 0.5f);
  for (int i = 0; i < 30; ++i) sender.send(0.5f);
  EXPECT_TRUE(sender.send(0));
  EXPECT_EQ(sender.packet.envelope[4], 0.0f);
}

TEST(Pace, AChangingContactLeavesOnePacketForABeginningOrAnEnd) {
  Sender sender;
  sender.rest();
  for (int i = 0; i < 3000; ++i) {
    sender.send(0.3f + 0.04f * float(i % 2));  // changes, never begins
    ASSERT_TRUE(i < 500 || sender.state.packets >= 0.99f);
  }
  EXPECT_TRUE(sender.send(0.6f));
  int waited = 1;
  while (!sender.send(0)) ++waited;
  EXPECT_LE(waited, 101);
}

TEST(Pace, AnImpactThatFoundNoPacketIsToldWhileItIsYoungAndNotLater) {
  for (const int late : {10, 30}) {
    Sender sender;
    sender.state.packets = 1 - 0.01f * float(late);  // the next packet is `late` ms away
    sender.send(0.6f);
    bool told = false;
    for (int i = 1; i < 60 && !told; ++i) told = sender.send(0.1f);
    ASSERT_TRUE(told);
    EXPECT_EQ(sender.packet.envelope[4], late < 20 ? 0.6f : 0.1f);
  }
}

}  // namespace
}  // namespace tactus
