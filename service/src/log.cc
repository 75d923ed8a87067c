#include "tactus/service/log.h"

namespace tactus::service {

const std::array<LineName, kLines> kLineNames = {{
    {"/device/connect", "u16 slot, u8 kind, u8 hand, u8 transport, 3 u8 0, HandProfile"},
    {"/device/disconnect", "u32 slot"},
    {"/profile", "u32 hand, HandProfile"},
    {"/input/report", "i64 t_arrived_ns, u16 slot, u16 size, size bytes of a HID report"},
    {"/body/part", "u32 slot, u32 client, u32 offset, u32 total, bytes of a .tbody file"},
    {"/body/gone", "u32 slot"},
    {"/body/frame",
     "i64 t_arrived_ns, i64 t_shown_ns, u32 slot, u32 epoch, u32 bone_count, u32 carrier, "
     "then per bone T_carrier_bone as f32 qx qy qz qw px py pz"},
    {"/focus", "u32 client, u32 focused"},
    {"/stop", "u32 0 full, 1 stopped, 2 soft, 3 paused"},
    {"/input/overflow", "u64 reports refused by a full ring"},
    {"/engine/snapshot", "u32 0, u32 0, u32 offset, u32 total, bytes of the engine's memory"},
    {"/tick", "i64 now_ns, u32 contacts, u32 crc32 of both waveforms"},
    {"/output/report", "i64 t_ns, u16 slot, u16 size, size bytes of a HID report"},
    {"/pattern/part", "u32 slot, u32 client, u32 offset, u32 total, bytes of a compiled pattern"},
    {"/pattern/gone", "u32 slot"},
    {"/wearer", "f64 left, f64 right: dose of the day in m2/s3; f32 comfort, u32 0"},
    {"/haptic",
     "u32 client, u32 0, u32 hands, u32 form, u32 append, u32 count, f32 amplitude, f32 "
     "frequency_Hz, i64 duration_ns, count f32"},
    {"/wrist",
     "u32 client, u32 hand, u32 source 2 controller, 3 hand, u32 tracked, i64 t_ns, T_world_seen "
     "as "
     "f32 qx qy qz qw px py pz, u32 0"},
    {"/sign", "u32 client that gave a sign of life"},
    {"/head",
     "u32 client, u32 tracked, i64 t_ns, T_world_head as f32 qx qy qz qw px py pz, f32 vx vy vz, "
     "f32 omega_x omega_y omega_z, u32 0"},
    {"/step", "u64 the facilitator's place in the session"},
    {"/wearer/body",
     "BodyProfile: height and bones in m, T_segment_tracker of 15 sites, u32 changed"},
    {"/trackers",
     "8 times: char serial[16], T_segment_tracker as f32 qx qy qz qw px py pz, u8 role (0: "
     "unused), "
     "u8 1 if the mount is known, 2 bytes 0"},
    {"/wearer/feel",
     "FeelProfile: f32 dB at 11 pitches: response of 16 actuators of left and right, then "
     "threshold "
     "of left and right"},
}};

}  // namespace tactus::service
