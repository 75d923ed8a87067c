#include "finger_rows.h"

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <random>

namespace tactus {
namespace {

constexpr int kN = int(kFingerStates), kStride = int(kFingerStride);
using Matrix = Eigen::Matrix<double, kN, kN>;
using Vector = Eigen::Matrix<double, kN, 1>;
constexpr double kClose = 1e-4;  // of single precision, against variances of about one

Matrix read(const FingerCovariance& P) {
  using Padded = Eigen::Matrix<float, kStride, kStride, Eigen::RowMajor>;
  return Eigen::Map<const Padded>(P.data()).topLeftCorner<kN, kN>().cast<double>();
}

FingerCovariance random_covariance(std::mt19937& random) {
  std::normal_distribution<float> normal;
  Eigen::Matrix<float, kN, kN> root;
  for (float& x : root.reshaped()) x = normal(random) / std::sqrt(float(kN));
  const Eigen::Matrix<float, kN, kN> full = root * root.transpose();
  FingerCovariance P{};
  for (int i = 0; i < kN; ++i) {
    for (int j = 0; j < kN; ++j)
      P[std::size_t(kStride * i + j)] = full(std::min(i, j), std::max(i, j));
  }
  return P;
}

FingerRows random_rows(std::mt19937& random, std::size_t count) {
  std::normal_distribution<float> normal;
  FingerRows rows;
  rows.count = count;
  for (std::size_t state = random() % 3; state < kFingerStates; state += 1 + random() % 4) {
    for (std::size_t r = 0; r < count; ++r) rows.h[r][rows.seen_count] = normal(random);
    rows.seen[rows.seen_count++] = state;
    if (rows.seen_count == kMostSeen) break;
  }
  for (std::size_t r = 0; r < count; ++r) {
    rows.residual[r] = 3 * normal(random);
    rows.variance[r] = 0.1f;
  }
  return rows;
}

/// One row after another, as in any book.
void textbook(Matrix& P, Vector& dx, const FingerRows& rows, double gate) {
  for (std::size_t r = 0; r < rows.count; ++r) {
    Vector h = Vector::Zero();
    for (std::size_t n = 0; n < rows.seen_count; ++n) {
      h[Eigen::Index(rows.seen[n])] = double(rows.h[r][n]);
    }
    const double innovation = double(rows.residual[r]) - h.dot(dx);
    double S = h.dot(P * h) + double(rows.variance[r]);
    const double excess = std::abs(innovation) / (gate * std::sqrt(S));
    if (excess > 1) S *= excess;
    const Vector gain = P * h / S;
    dx += gain * innovation;
    P -= gain * (P * h).transpose();
  }
}

TEST(FingerRows, AreScalarUpdatesOneAfterTheOther) {
  std::mt19937 random(1);
  for (std::size_t count = 0; count <= kMostRows; ++count) {
    for (const float gate : {1e9f, 1.0f}) {
      FingerCovariance P = random_covariance(random);
      FingerErrors correction{};
      Matrix expected = read(P);
      Vector dx = Vector::Zero();
      for (int k = 0; k < 3; ++k) {
        const FingerRows rows = random_rows(random, count);
        plain_kernels().take(P, correction, rows, gate);
        textbook(expected, dx, rows, double(gate));
      }
      EXPECT_LT((read(P) - expected).cwiseAbs().maxCoeff(), kClose) << count;
      EXPECT_TRUE(read(P) == read(P).transpose()) << "stays symmetric to the last bit";
      for (int i = 0; i < kN; ++i)
        EXPECT_NEAR(double(correction[std::size_t(i)]), dx[i], 10 * kClose);
    }
  }
}

TEST(FingerRows, AnglesFollowRatesAndLagsFollowTravel) {
  constexpr float kStep_s = 0.004f, kKeep = 0.99f, kShare = 0.0003f;
  std::mt19937 random(2);
  FingerCovariance P = random_covariance(random);
  Matrix F = Matrix::Identity();
  for (int k = 0; k < 4; ++k) {
    F(k, 4 + k) = double(kStep_s);
    F(8 + k, 8 + k) = double(kKeep);
    F(8 + k, 4 + k) = double(kShare);
  }
  const Matrix expected = F * read(P) * F.transpose();
  plain_kernels().carry(P, kStep_s, kKeep, kShare);
  EXPECT_LT((read(P) - expected).cwiseAbs().maxCoeff(), kClose);
}

TEST(FingerRows, AreTheSameBitsOnEveryProcessor) {
  std::mt19937 random(3);
  FingerCovariance plain = random_covariance(random), fast = plain;
  FingerErrors plain_correction{}, fast_correction{};
  for (std::size_t count = 0; count <= kMostRows; ++count) {
    const FingerRows rows = random_rows(random, count);
    plain_kernels().take(plain, plain_correction, rows, 1.0f);
    fastest_kernels().take(fast, fast_correction, rows, 1.0f);
    plain_kernels().carry(plain, 0.004f, 0.99f, 0.001f);
    fastest_kernels().carry(fast, 0.004f, 0.99f, 0.001f);
  }
  EXPECT_EQ(plain, fast);
  EXPECT_EQ(plain_correction, fast_correction);
}

}  // namespace
}  // namespace tactus
