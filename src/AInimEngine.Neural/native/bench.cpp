// The same work without the managed side, for the benchmark's ratios. Each returns seconds for all iterations, or -1.
#include "shim.h"

#include <ATen/ops/add.h>
#include <ATen/ops/conv2d.h>

#include <chrono>

using namespace ainim;

template <class Body> static double seconds(int64_t iterations, Body&& body) {
    return guarded<double>(-1.0, [&] {
        const auto start = std::chrono::steady_clock::now();
        for (int64_t i = 0; i < iterations; i++) body();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    });
}

double ainim_bench_op(ainim_op* op, const ainim_value* arguments, int32_t count, int64_t iterations) {
    return guarded<double>(-1.0, [&] {
        torch::jit::Stack prepared, stack;
        for (size_t i = 0; i < op->parameters.size(); i++) prepared.push_back(op->argument(arguments, count, i));
        return seconds(iterations, [&] {
            stack = prepared;
            op->handle.callBoxed(stack);
            stack.clear();
        });
    });
}

double ainim_bench_conv2d(ainim_tensor* input, ainim_tensor* weight, ainim_tensor* bias, int64_t padding, int64_t iterations) {
    return seconds(iterations, [&] { at::conv2d(input->value, weight->value, bias->value, 1, padding); });
}

double ainim_bench_add(ainim_tensor* left, ainim_tensor* right, int64_t iterations) {
    return seconds(iterations, [&] { at::add(left->value, right->value); });
}
