/* What a filter that may not stand in this repository offers to `tactus-bench --peer FILE.so`.
 *
 * A peer is a shared library with these five functions, built with the flags that we are built with
 * (-O2 -ffp-contract=off; no -march). It is measured in the same run, on the same data.
 *
 *   Clocks   evenly spaced samples.
 *   Frames   in: the unit's own. Out: unit to earth, earth = east, north, up.
 *   Units    rad/s, m/s^2 (specific force), microtesla; quaternion w x y z.
 *   Errors   create returns NULL when it cannot.
 *   Threads  one thread, one instance at a time.
 *   Proof    bench/orientation_bench.cc prints its accuracy beside ours.
 */
#ifndef TACTUS_BENCH_PEER_H
#define TACTUS_BENCH_PEER_H
#ifdef __cplusplus
extern "C" {
#endif

/* Name and version, for the tables. */
const char* tactus_peer_name(void);
void* tactus_peer_create(double sample_period_s);
void tactus_peer_update(void* peer, const double gyro_rad_per_s[3], const double accel_m_per_s2[3],
                        const double field_uT[3]);
void tactus_peer_read(const void* peer, double q_earth_imu_wxyz[4]);
void tactus_peer_destroy(void* peer);

#ifdef __cplusplus
}
#endif
#endif
