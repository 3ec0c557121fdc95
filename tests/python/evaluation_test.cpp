#include <gtest/gtest.h>

#include "evaluation_support.h"

namespace python::testing {
namespace {

TEST(Evaluation, Smoke) { EXPECT_EQ(result_of("result = [i * 2 for i in range(3)]"), "[0, 2, 4]"); }

}  // namespace
}  // namespace python::testing
