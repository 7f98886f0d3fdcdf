// Self-modulated batch normalisation (statistics of the batch, scale and shift of each sample) and the gated linear unit
// behind it, in two passes forward and two backward. CPU only.
#include "shim.h"
#include "train_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <cmath>

using namespace ainim;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

namespace {

char* sample(const at::Tensor& x, int64_t n) {
    return static_cast<char*>(x.data_ptr()) + n * (x.numel() / x.size(0)) * x.element_size();
}

// Where channels lie around: of the first pixel, so that squares lose nothing where a mean is large.
std::vector<float> origin_of(const at::Tensor& x) {
    std::vector<float> origin(x.size(1));
    for (size_t c = 0; c < origin.size(); c++)
        origin[c] = x.scalar_type() == at::kFloat ? static_cast<const float*>(x.data_ptr())[c] : static_cast<float>(static_cast<const at::BFloat16*>(x.data_ptr())[c]);
    return origin;
}

// Mean and 1 / sqrt(variance + epsilon) of every channel, [2, C].
at::Tensor statistics(const at::Tensor& x, double epsilon) {
    const int64_t batch = x.size(0), channels = x.size(1), pixels = x.size(2) * x.size(3);
    const bool bf16 = x.scalar_type() == at::kBFloat16;
    const std::vector<float> origin = origin_of(x);
    at::Tensor sums = at::zeros({batch, 2, channels}, at::TensorOptions().dtype(at::kFloat));
    float* const data = sums.data_ptr<float>();
    at::parallel_for(0, batch, 1, [&](int64_t first, int64_t end) {
        for (int64_t n = first; n < end; n++)
            train_kernels().moments(sample(x, n), pixels, static_cast<int32_t>(channels), origin.data(), bf16, data + 2 * n * channels, data + (2 * n + 1) * channels);
    });
    at::Tensor result = at::empty({2, channels}, sums.options());
    float* const to = result.data_ptr<float>();
    const double count = static_cast<double>(batch) * pixels;
    for (int64_t c = 0; c < channels; c++) {
        double sum = 0, square = 0;
        for (int64_t n = 0; n < batch; n++) sum += data[2 * n * channels + c], square += data[(2 * n + 1) * channels + c];
        const double mean = sum / count;
        to[c] = static_cast<float>(origin[c] + mean);
        to[channels + c] = static_cast<float>(1 / std::sqrt(std::max(square / count - mean * mean, 0.0) + epsilon));
    }
    return result;
}

// a and b of every sample, [N, 2, C]: normalisation and style in one.
at::Tensor affine(const at::Tensor& styles, const at::Tensor& known) {
    const int64_t batch = styles.size(0), channels = known.size(1);
    at::Tensor result = at::empty({batch, 2, channels}, known.options());
    float* to = result.data_ptr<float>();
    const float *style = styles.data_ptr<float>(), *mean = known.data_ptr<float>(), *inverse = mean + channels;
    for (int64_t n = 0; n < batch; n++, style += 2 * channels, to += 2 * channels)
        for (int64_t c = 0; c < channels; c++) {
            to[c] = inverse[c] * style[c];
            to[channels + c] = style[channels + c] - mean[c] * to[c];
        }
    return result;
}

TrainGate gate_of(const at::Tensor& x, const at::Tensor& factors, int64_t n) {
    TrainGate gate{};
    gate.x = sample(x, n);
    gate.pixels = x.size(2) * x.size(3);
    gate.channels = static_cast<int32_t>(x.size(1));
    gate.a = factors.data_ptr<float>() + 2 * n * x.size(1);
    gate.b = gate.a + x.size(1);
    return gate;
}

at::Tensor picture(const at::Tensor& x, int64_t channels) {
    return at::empty({x.size(0), channels, x.size(2), x.size(3)}, x.options().requires_grad(false), at::MemoryFormat::ChannelsLast);
}

struct Gate : Function<Gate> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& given, double epsilon) {
        const at::Tensor x = input.contiguous(at::MemoryFormat::ChannelsLast), styles = given.contiguous();
        const int64_t channels = x.size(1);
        const bool bf16 = x.scalar_type() == at::kBFloat16;
        const at::Tensor known = statistics(x, epsilon), factors = affine(styles, known);
        at::Tensor y = picture(x, channels / 2);
        at::parallel_for(0, x.size(0), 1, [&](int64_t first, int64_t end) {
            for (int64_t n = first; n < end; n++) {
                TrainGate gate = gate_of(x, factors, n);
                gate.out = sample(y, n);
                train_kernels().gate(gate, bf16);
            }
        });
        context->save_for_backward({x, styles, known});
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        TORCH_CHECK(!c10::GradMode::is_enabled(), "ainim::train_gate has no second derivative; take the plain ops");
        const auto saved = context->get_saved_variables();
        const at::Tensor &x = saved[0], &styles = saved[1], &known = saved[2];
        const at::Tensor dy = gradients[0].to(x.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
        const int64_t batch = x.size(0), channels = x.size(1);
        const bool bf16 = x.scalar_type() == at::kBFloat16;
        const at::Tensor factors = affine(styles, known);
        const float *mean = known.data_ptr<float>(), *inverse = mean + channels, *style = styles.data_ptr<float>();
        // Sums of du h go to the scales, h = (x - mean) inverse, and sums of du to the shifts.
        at::Tensor dstyles = at::zeros({batch, 2 * channels}, known.options());
        float* const sums = dstyles.data_ptr<float>();
        at::Tensor dx = picture(x, channels), rest = at::empty({2, channels}, known.options());
        float *const q = rest.data_ptr<float>(), *const r = q + channels;
        at::parallel_for(0, batch, 1, [&](int64_t first, int64_t end) {
            for (int64_t n = first; n < end; n++) {
                TrainGate gate = gate_of(x, factors, n);
                gate.dy = sample(dy, n);
                float* const weighted = sums + 2 * n * channels;
                train_kernels().gate_sums(gate, bf16, mean, weighted + channels, weighted);
                for (int64_t c = 0; c < channels; c++) weighted[c] *= inverse[c];
            }
        });
        const double count = static_cast<double>(batch) * x.size(2) * x.size(3);
        for (int64_t c = 0; c < channels; c++) {
            double plain = 0, weighted = 0;
            for (int64_t n = 0; n < batch; n++) {
                weighted += static_cast<double>(style[2 * n * channels + c]) * sums[2 * n * channels + c];
                plain += static_cast<double>(style[2 * n * channels + c]) * sums[(2 * n + 1) * channels + c];
            }
            const double slope = -weighted / count * inverse[c] * inverse[c];
            q[c] = static_cast<float>(slope);
            r[c] = static_cast<float>(-plain / count * inverse[c] - slope * mean[c]);
        }
        at::parallel_for(0, batch, 1, [&](int64_t first, int64_t end) {
            for (int64_t n = first; n < end; n++) {
                TrainGate gate = gate_of(x, factors, n);
                gate.dy = sample(dy, n);
                gate.out = sample(dx, n);
                train_kernels().gate_gradient(gate, bf16, q, r);
            }
        });
        return {dx, dstyles, at::Tensor()};
    }
};

at::Tensor train_gate(const at::Tensor& x, const at::Tensor& styles, double epsilon) {
    TORCH_CHECK(x.dim() == 4 && x.size(1) % (2 * ChannelStep) == 0 && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16),
        "x is float or bfloat16 [N, C, H, W] with C a multiple of ", 2 * ChannelStep, ", not ", describe(x));
    TORCH_CHECK(styles.scalar_type() == at::kFloat && styles.dim() == 2 && styles.size(0) == x.size(0) && styles.size(1) == 2 * x.size(1),
        "styles are float [", x.size(0), ", ", 2 * x.size(1), "], not ", describe(styles));
    return Gate::apply(x, styles, epsilon);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(ainim, m) {
    m.def("train_gate(Tensor x, Tensor styles, float epsilon) -> Tensor", train_gate);
}
