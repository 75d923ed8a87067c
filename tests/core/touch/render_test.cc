// What a finger feels, sample by sample: when, how strong, where, and nothing else.
#include "tactus/touch/render.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "support/alloc_guard.h"

namespace tactus {
namespace {

constexpr std::uint8_t kFelt = 2;

Contact contact_at(HostTime t_since, float force_N = 0.5f, float approach_m_per_s = 0) {
  Contact contact;
  contact.t_since = t_since;
  contact.hand = Hand::Right;
  contact.actuator = kFelt;
  contact.depth_m = 0.002f;
  contact.force_N = force_N;
  contact.approach_m_per_s = approach_m_per_s;
  return contact;
}

/// Renders tick by tick; `contact` says what touches at each.
struct Player {
  RenderParams params;
  RenderState state;
  int tick = 1000;

  HostTime now() const { return HostTime{Duration{1ms} * tick}; }
  TimeToTouch own = kNeverTouches;
  TactileFrame play(const ContactSet& contacts) {
    const TactileFrame frame = render(state, params, Hand::Right, contacts, now(), own);
    ++tick;
    return frame;
  }
  TactileFrame play(const Contact& contact) {
    ContactSet contacts;
    EXPECT_TRUE(contacts.push_back(contact));
    return play(contacts);
  }
  TactileFrame rest() { return play(ContactSet{}); }
};

bool is_silent(const TactileFrame& frame) {
  for (std::size_t a = 0; a < kActuators; ++a) {
    if (frame.envelope[a] != 0) return false;
    for (const float sample : frame.wave[a]) {
      if (sample != 0) return false;
    }
  }
  return true;
}

float peak(const TactileFrame& frame, std::size_t actuator = kFelt) {
  float most = 0;
  for (const float sample : frame.wave[actuator]) most = std::max(most, std::fabs(sample));
  return most;
}

/// Strongest frequency of a signal at 8 kHz between 20 and 600 Hz, by a plain Fourier sum.
float loudest_Hz(const std::vector<float>& wave) {
  float best_Hz = 0;
  double best = 0;
  for (int f = 20; f <= 600; ++f) {
    double re = 0, im = 0;
    for (std::size_t n = 0; n < wave.size(); ++n) {
      const double angle = 2 * 3.14159265358979 * f * static_cast<double>(n) / kActuatorRate_Hz;
      re += wave[n] * std::cos(angle);
      im += wave[n] * std::sin(angle);
    }
    if (re * re + im * im > best) {
      best = re * re + im * im;
      best_Hz = static_cast<float>(f);
    }
  }
  return best_Hz;
}

TEST(Render, IsExactlySilentWithoutContact) {
  Player player;
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(is_silent(player.rest()));
}

TEST(Render, OnsetIsFeltWithinItsMillisecond) {
  for (const float approach : {0.0f, 0.01f, 0.3f}) {
    Player player;
    static_cast<void>(player.rest());
    const TactileFrame frame = player.play(contact_at(player.now(), 0.01f, approach));
    EXPECT_EQ(frame.t, HostTime{Duration{1ms} * 1001});
    EXPECT_NE(frame.wave[kFelt][0], 0.0f);
    EXPECT_GT(peak(frame), 0.02f);
    EXPECT_GE(frame.envelope[kFelt], player.params.least_onset);
  }
}

TEST(Render, AStrikeIsFeltStrongerThanATouchUpToThePeak) {
  const auto strength = [](float approach) {
    Player player;
    float most = 0;
    for (int i = 0; i < 12; ++i) {
      most = std::max(most, peak(player.play(contact_at(HostTime{1000ms}, 0.1f, approach))));
    }
    return most;
  };
  EXPECT_GT(strength(0.1f), strength(0.0f) + 0.05f);
  EXPECT_GT(strength(0.2f), strength(0.1f) + 0.05f);
  EXPECT_LE(strength(5.0f), 0.6f);
}

TEST(Render, WhatDoesNotChangeFallsSilent) {
  // From the lightest graze to a firm press: felt for a second, nothing after five.
  for (const float force_N : {0.0001f, 0.05f, 1.0f, 10.0f}) {
    Player player;
    const Contact contact = contact_at(player.now(), force_N);
    for (int i = 0; i < 10000; ++i) {
      const TactileFrame frame = player.play(contact);
      if (i < 900) {
        EXPECT_GE(frame.envelope[kFelt], player.params.felt / 3) << force_N;
      } else if (i >= 5000) {
        EXPECT_TRUE(is_silent(frame)) << force_N;
      }
    }
  }
}

TEST(Render, ATremblingTrackerIsNotFelt) {
  Player player;
  std::mt19937 random(1);
  std::normal_distribution<float> noise;
  const HostTime t = player.now();
  for (int i = 0; i < 20000; ++i) {
    Contact contact = contact_at(t, 0.5f * std::exp(0.06f * noise(random)));
    if (i % 50 < 2) contact.v_slip_world = {0.006f, 0, 0};  // lets go for two milliseconds
    const TactileFrame frame = player.play(contact);
    EXPECT_TRUE(i < 5000 || is_silent(frame)) << i;
  }
}

TEST(Render, ABreathUnderARestingPalmIsFeltThroughout) {
  Player player;
  const HostTime t = player.now();
  for (int i = 0; i < 20000; ++i) {
    const float breath = std::sin(2 * kPi * 0.25f * 0.001f * static_cast<float>(i));
    const TactileFrame frame = player.play(contact_at(t, 1.0f + 0.5f * breath));
    EXPECT_TRUE(i == 0 || peak(frame) > 0.005f) << i;
  }
}

TEST(Render, WhateverMovesIsFeltAgain) {
  const auto rested = [] {
    Player player;
    const HostTime t = player.now();
    for (int i = 0; i < 10000; ++i) static_cast<void>(player.play(contact_at(t, 0.5f)));
    EXPECT_EQ(player.state.voices[kFelt].amplitude, 0.0f);
    return player;
  };
  const auto after_20ms = [](Player player, float force_N, float speed_m_per_s) {
    Contact contact = contact_at(player.state.voices[kFelt].t_since, force_N);
    contact.v_slip_world = {speed_m_per_s, 0, 0};
    float most = 0;
    for (int i = 0; i < 20; ++i) most = std::max(most, player.play(contact).envelope[kFelt]);
    return most;
  };
  const Player player = rested();
  EXPECT_GT(after_20ms(player, 1.5f, 0), 0.1f);
  EXPECT_GT(after_20ms(player, 0.1f, 0), player.params.felt);
  EXPECT_GT(after_20ms(player, 0.5f, 0.02f), player.params.felt / 2);
  EXPECT_EQ(after_20ms(player, 0.5f, 0), 0.0f);
}

/// A second of a stroke, after two.
struct Stroke {
  std::vector<float> wave;
  float frequency_Hz = 0;  ///< as last reported

  double strength() const {
    double sum = 0;
    for (const float sample : wave) sum += static_cast<double>(sample) * sample;
    return std::sqrt(sum / static_cast<double>(wave.size()));
  }
};

Stroke stroke(float speed_m_per_s, float force_N = 0.5f, Material material = Material::Skin) {
  Player player;
  Contact contact = contact_at(player.now(), force_N);
  contact.material = material;
  contact.v_slip_world = {0, speed_m_per_s, 0};
  Stroke out;
  for (int tick = 0; tick < 3000; ++tick) {
    const TactileFrame frame = player.play(contact);
    if (tick < 2000) continue;
    out.wave.insert(out.wave.end(), frame.wave[kFelt].begin(), frame.wave[kFelt].end());
    out.frequency_Hz = frame.frequency_Hz[kFelt];
  }
  return out;
}

TEST(Render, AStrokeIsFasterAndStrongerWithSpeed) {
  const Stroke slow = stroke(0.08f), fast = stroke(0.16f);
  EXPECT_GT(fast.strength(), 1.2 * slow.strength());
  EXPECT_GT(stroke(0.08f, 1.0f).strength(), 1.2 * slow.strength());
  EXPECT_GT(fast.frequency_Hz, 1.5f * slow.frequency_Hz);
  // The reported tone is the middle of the texture, whose strongest wave is a twelfth of an octave
  // off the pitch.
  EXPECT_NEAR(slow.frequency_Hz, 0.08f / 0.0008f, 10);
  EXPECT_NEAR(loudest_Hz(slow.wave), 0.08f / 0.0008f, 10);
}

TEST(Render, GentleStrokesOfSkinAreFavoured) {
  // Beyond what speed alone does, which is what cloth has.
  const auto favour = [](float speed_m_per_s) {
    return stroke(speed_m_per_s).strength() /
           stroke(speed_m_per_s, 0.5f, Material::Cloth).strength();
  };
  EXPECT_GT(favour(0.03f), 1.2 * favour(0.3f));
  EXPECT_GT(favour(0.03f), 1.1 * favour(0.006f));
}

TEST(Render, WhatHeldAndLetsGoIsFelt) {
  const auto loudest = [](float drag_N) {
    Player player;
    Contact contact = contact_at(player.now(), 0.5f);
    for (int i = 0; i < 5000; ++i) static_cast<void>(player.play(contact));
    contact.drag_world_N = {drag_N, 0, 0};
    contact.v_slip_world = {0.01f, 0, 0};
    float most = 0;
    for (int i = 0; i < 30; ++i) most = std::max(most, player.play(contact).envelope[kFelt]);
    return most;
  };
  EXPECT_GT(loudest(0.5f), loudest(0.0f) + 0.02f);
}

TEST(Render, SkinThatIsLeftFastSaysSo) {
  const auto loudest = [](float speed_m_per_s) {
    Player player;
    Contact contact = contact_at(player.now(), 0.5f);
    for (int i = 0; i < 5000; ++i) static_cast<void>(player.play(contact));
    for (int i = 0; i < 10; ++i) {
      contact.depth_m -= 0.001f * speed_m_per_s;
      static_cast<void>(player.play(contact));
    }
    return player.rest().envelope[kFelt];
  };
  EXPECT_EQ(loudest(0), 0.0f);
  EXPECT_GT(loudest(0.2f), 0.03f);
  EXPECT_GT(loudest(0.4f), loudest(0.2f) + 0.03f);
}

TEST(Render, AWeakActuatorIsDrivenHarder) {
  Player flat, weak;
  weak.params.response[kFelt].gain_db.fill(-6.0206f);
  const Contact contact = contact_at(flat.now(), 0.3f);
  for (int i = 0; i < 500; ++i) {
    EXPECT_NEAR(weak.play(contact).envelope[kFelt],
                std::min(2 * flat.play(contact).envelope[kFelt], 0.6f), 1e-4f);
  }
}

TEST(Render, RestIsNotStroked) {
  Player player;
  Contact still = contact_at(player.now(), 0.5f);
  Contact creeping = still;
  creeping.v_slip_world = {0.003f, 0, 0};
  Player other = player;
  for (int i = 0; i < 10000; ++i) {
    EXPECT_EQ(player.play(still).envelope[kFelt], other.play(creeping).envelope[kFelt]);
  }
}

TEST(Render, MaterialsFeelDifferent) {
  std::vector<float> tones;
  for (std::size_t m = 0; m < kMaterials; ++m) {
    Player player;
    Contact contact = contact_at(player.now(), 0.5f, 0.1f);
    contact.material = static_cast<Material>(m);
    for (int i = 0; i < 200; ++i) static_cast<void>(player.play(contact));
    tones.push_back(player.state.voices[kFelt].frequency_Hz);
  }
  std::sort(tones.begin(), tones.end());
  EXPECT_EQ(std::adjacent_find(tones.begin(), tones.end()), tones.end());
}

TEST(Render, ReleasesToExactZeroWithin15ms) {
  Player player;
  const Contact contact = contact_at(player.now(), 3.0f, 0.5f);
  for (int i = 0; i < 30; ++i) static_cast<void>(player.play(contact));
  int sounding = 0;
  while (!is_silent(player.rest())) ++sounding;
  EXPECT_GT(sounding, 2);  // no click
  EXPECT_LE(sounding, 15);
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(is_silent(player.rest()));
}

TEST(Render, TheWaveNeverJumps) {
  // Contacts that come, go and change: from sample to sample no more than the steepest tone and the
  // steepest change of amplitude allow.
  Player player;
  float last = 0, steepest = 0;
  for (int i = 0; i < 4000; ++i) {
    TactileFrame frame;
    if (i % 97 < 60) {
      Contact contact = contact_at(HostTime{Duration{1ms} * (i / 97)}, 0.01f * float(i % 300),
                                   0.002f * float(i % 200));
      contact.material = static_cast<Material>(i / 500 % 4);
      contact.v_slip_world = {0.001f * float(i % 250), 0, 0};
      frame = player.play(contact);
    } else {
      frame = player.rest();
    }
    for (const float sample : frame.wave[kFelt]) {
      steepest = std::max(steepest, std::fabs(sample - last));
      last = sample;
    }
  }
  // 0.6 peak: 400 Hz steps by 0.19, an amplitude from 0 to 0.6 in one frame by 0.075.
  EXPECT_LT(steepest, 0.27f);
  EXPECT_GT(steepest, 0.02f);
}

TEST(Render, EnvelopeBoundsTheWaveAndIsReachedByIt) {
  Player player;
  const Contact contact = contact_at(player.now(), 1.0f, 0.2f);
  float reached = 0, envelope = 0;
  for (int i = 0; i < 300; ++i) {
    const TactileFrame frame = player.play(contact);
    ASSERT_LE(peak(frame), frame.envelope[kFelt] + 1e-6f);
    if (i < 280) continue;
    reached = std::max(reached, peak(frame));
    envelope = std::max(envelope, frame.envelope[kFelt]);
    EXPECT_GE(frame.frequency_Hz[kFelt], 20.0f);
  }
  EXPECT_GT(reached, 0.95f * envelope);
}

TEST(Render, DrivesOnlyTheActuatorAndTheHandThatTouch) {
  for (std::uint8_t a = 0; a < kActuators; ++a) {
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      Player player;
      Contact contact = contact_at(player.now(), 1.0f, 0.3f);
      contact.actuator = a;
      contact.hand = hand;
      const TactileFrame frame = player.play(contact);
      EXPECT_EQ(frame.hand, Hand::Right);
      for (std::size_t other = 0; other < kActuators; ++other) {
        const bool mine = hand == Hand::Right && other == a;
        EXPECT_EQ(frame.envelope[other] > 0, mine);
        EXPECT_EQ(peak(frame, other) > 0, mine);
      }
    }
  }
}

/// The power a second of a stroke gives to all actuators together.
double power_of(std::uint8_t patch) {
  Player player;
  player.params.peak = 10;
  Contact contact = contact_at(player.now(), 0.5f, 0.1f);
  contact.actuator = patch;
  contact.v_slip_world = {0.1f, 0, 0};
  double power = 0;
  for (int i = 0; i < 1000; ++i) {
    for (const auto& wave : player.play(contact).wave) {
      for (const float sample : wave) power += static_cast<double>(sample) * sample;
    }
  }
  return power;
}

TEST(Render, SkinBetweenActuatorsIsFeltAsStronglyAsOnOne) {
  const double own = power_of(kFelt);
  EXPECT_GT(own, 1);
  for (std::uint8_t patch = kActuators; patch < kPatches; ++patch) {
    const bool felt = !RenderParams{}.phantoms[patch].empty();
    EXPECT_NEAR(power_of(patch) / own, felt ? 1 : 0, 1e-4) << int{patch};
  }
}

TEST(Render, WhatAnActuatorFeelsItselfSpeaksForTheSkinAroundIt) {
  Player player, alone;
  const Contact own = contact_at(player.now(), 0.5f, 0.1f);
  ContactSet both;
  ASSERT_TRUE(both.push_back(own));
  for (std::uint8_t patch = kActuators; patch < kPatches; ++patch) {
    const Phantom& phantom = player.params.phantoms[patch];
    const auto is_felt = [](const PhantomShare& share) { return share.actuator == kFelt; };
    if (std::none_of(phantom.begin(), phantom.end(), is_felt)) continue;
    Contact beside = own;
    beside.actuator = patch;
    ASSERT_TRUE(both.push_back(beside));
  }
  ASSERT_GT(both.size(), 1u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(player.play(both).wave, alone.play(own).wave);
}

/// A patch without an actuator of its own that is felt through this one.
std::uint8_t beside(std::uint8_t actuator) {
  const PhantomTable phantoms = place_phantoms();
  for (std::uint8_t patch = kActuators; patch < kPatches; ++patch) {
    for (const PhantomShare& share : phantoms[patch]) {
      if (share.actuator == actuator) return patch;
    }
  }
  return kPatches;
}

TEST(Render, PhantomsGiveWayBeforeTheActuatorsOwnTouch) {
  Player player;
  Contact between = contact_at(player.now(), 0.5f, 0.1f);
  between.actuator = beside(kFelt);
  between.v_slip_world = {0.1f, 0, 0};
  ASSERT_LT(between.actuator, kPatches);
  for (int i = 0; i < 200; ++i) player.play(between);
  EXPECT_GT(peak(player.play(between)), player.params.felt);
  // What will touch in 40 ms was heard for the last time 20 ms and more before.
  player.own[kFelt] = 0.039f;
  for (int i = 0; i < 10; ++i) player.play(between);
  for (int i = 0; i < 29; ++i) EXPECT_TRUE(is_silent(player.play(between))) << i;
  Contact own = contact_at(player.now(), 0.5f, 0.1f);
  ContactSet both;
  ASSERT_TRUE(both.push_back(between) && both.push_back(own));
  player.own[kFelt] = 0;
  EXPECT_GT(peak(player.play(both)), player.params.felt);
}

TEST(Render, APhantomThatComesBackHasNoOnset) {
  const auto loudest_after = [](bool interrupted) {
    Player player;
    Contact between = contact_at(player.now(), 0.2f, 0.5f);
    between.actuator = beside(kFelt);
    for (int i = 0; i < 100; ++i) player.play(between);
    if (interrupted) player.own[kFelt] = 0;
    for (int i = 0; i < 50; ++i) player.play(between);
    player.own = kNeverTouches;
    float most = 0;
    for (int i = 0; i < 200; ++i) most = std::max(most, peak(player.play(between)));
    return most;
  };
  EXPECT_GT(loudest_after(false), 0);
  EXPECT_LE(loudest_after(true), loudest_after(false) + 1e-6f);
}

TEST(Render, AFlickerIsNotANewOnsetButAStrikeIs) {
  const auto onset_after = [](int pause_ms, float approach) {
    Player player;
    const Contact first = contact_at(player.now(), 0.2f, 0.3f);
    for (int i = 0; i < 3; ++i) static_cast<void>(player.play(first));
    for (int i = 0; i < pause_ms; ++i) static_cast<void>(player.rest());
    static_cast<void>(player.play(contact_at(player.now(), 0.2f, approach)));
    return player.state.voices[kFelt].onset;
  };
  EXPECT_LT(onset_after(8, 0.01f), 0.01f);
  EXPECT_GT(onset_after(8, 0.2f), 0.1f);
  EXPECT_GT(onset_after(30, 0.01f), 0.1f);
}

TEST(Render, FollowsPresence) {
  const auto settled = [](float presence) {
    Player player;
    Contact contact = contact_at(player.now(), 0.5f);
    contact.presence = presence;
    for (int i = 0; i < 100; ++i) static_cast<void>(player.play(contact));
    return player.state.voices[kFelt].amplitude;
  };
  EXPECT_NEAR(settled(0.5f), 0.5f * settled(1.0f), 1e-5f);
  EXPECT_EQ(settled(0.0f), 0.0f);
}

TEST(Render, AllocatesNothing) {
  if (!testing::is_counting()) GTEST_SKIP() << "the sanitizer owns malloc";
  Player player;
  const Contact contact = contact_at(player.now(), 1.0f, 0.2f);
  const testing::AllocGuard guard;
  for (int i = 0; i < 100; ++i)
    static_cast<void>(i % 10 < 6 ? player.play(contact) : player.rest());
  EXPECT_EQ(guard.calls(), 0u);
}

}  // namespace
}  // namespace tactus
