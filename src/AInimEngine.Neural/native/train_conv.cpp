// Convolutions of training networks: border, doubling or pooling, bias and activation in one op, and its gradients to any
// order, as the three products of picture, weight and gradient are linear in each other. CPU only; the loops are those of
// train_kernels.h. Sums run over fixed parts in order, so that a result does not depend on timing.
#include "shim.h"
#include "train_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <vector>

using namespace ainim;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

namespace {

enum Mode : int64_t { ModeZero = 0, ModeReplicate = 1, ModeDouble = 2, ModePool = 3 };

at::Tensor last(const at::Tensor& x) { return x.contiguous(at::MemoryFormat::ChannelsLast); }

at::Tensor picture(int64_t n, int64_t c, int64_t h, int64_t w, const at::Tensor& like) {
    return at::empty({n, c, h, w}, like.options().requires_grad(false), at::MemoryFormat::ChannelsLast);
}

// Everything that is not a number: which convolution it is.
struct Shape {
    int64_t mode, batch, inputs, outputs, height, width, taps;  // height and width of the input
    double scale;
    bool bf16;

    Shape(at::IntArrayRef x, const at::Tensor& like, at::IntArrayRef weight, double scale, int64_t mode)
        : mode(mode), batch(x[0]), inputs(weight[1]), outputs(weight[0]), height(x[2]), width(x[3]), taps(weight[2]), scale(scale),
          bf16(like.scalar_type() == at::kBFloat16) {
        TORCH_CHECK(bf16 || like.scalar_type() == at::kFloat, "pictures are float or bfloat16, not ", describe(like));
        TORCH_CHECK(mode >= ModeZero && mode <= ModePool, "no mode ", mode);
        TORCH_CHECK(x[1] == inputs && weight[2] == weight[3] && (taps == 3 || (taps == 1 && mode == ModeZero)),
            "a weight ", weight, " does not fit pictures ", x);
        TORCH_CHECK(out_width() % 2 == 0 && height % stride() == 0, "pictures have even rows, after pooling too, not ", x);
    }

    bool pools() const { return mode == ModePool; }
    int64_t stride() const { return pools() ? 2 : 1; }
    int64_t window() const { return pools() ? 4 : taps; }
    int64_t border() const { return taps / 2; }
    int64_t factor() const { return mode == ModeDouble ? 2 : 1; }
    int64_t out_height() const { return height * factor() / stride(); }
    int64_t out_width() const { return width * factor() / stride(); }
    int64_t bordered_width() const { return width * factor() + 2 * border(); }
    int64_t bordered_height() const { return height * factor() + 2 * border(); }
    int32_t edges() const { return mode == ModeDouble ? EdgesDouble : mode == ModeReplicate ? EdgesReplicate : EdgesZero; }
};

// A weight [O, I, k, k] as floats in this order; where it pools, convolved with the mean of 2x2: [O, I, 4, 4].
at::Tensor widened(const at::Tensor& weight, bool pools) {
    TORCH_CHECK(weight.scalar_type() == at::kFloat && weight.dim() == 4, "weight is float [O, I, k, k], not ", describe(weight));
    const at::Tensor narrow = weight.contiguous(at::MemoryFormat::Contiguous);
    if (!pools) return narrow;
    at::Tensor wide = at::zeros({weight.size(0), weight.size(1), 4, 4}, at::TensorOptions().dtype(at::kFloat));
    const float* from = narrow.data_ptr<float>();
    float* to = wide.data_ptr<float>();
    for (int64_t k = 0; k < weight.size(0) * weight.size(1); k++, from += 9, to += 16)
        for (int u = 0; u < 3; u++)
            for (int v = 0; v < 3; v++)
                for (int a = 0; a < 2; a++)
                    for (int b = 0; b < 2; b++) to[(u + a) * 4 + v + b] += 0.25f * from[u * 3 + v];
    return wide;
}

// Memory of the thread's own, kept from call to call, aligned to cache lines.
template <int Which> char* scratch(int64_t bytes) {
    static thread_local std::vector<char> memory;
    if (static_cast<int64_t>(memory.size()) < bytes + 64) memory.resize(bytes + 64);
    return memory.data() + (64 - reinterpret_cast<uintptr_t>(memory.data()) % 64) % 64;
}

int64_t bytes_of(const Shape& s) { return s.bf16 ? 2 : 4; }

const char* sample(const at::Tensor& x, int64_t n) {
    return static_cast<const char*>(x.data_ptr()) + n * (x.numel() / x.size(0)) * x.element_size();
}
char* sample_to(const at::Tensor& x, int64_t n) { return const_cast<char*>(sample(x, n)); }

at::Tensor packed(const Shape& s, const float* w, int64_t so, int64_t si, int64_t su, int64_t sv, int64_t outputs, int64_t inputs, int64_t taps) {
    const TrainKernels& kernels = train_kernels();
    const int64_t block = 2 * kernels.lanes, size = kernels.packed_size(static_cast<int32_t>(block), static_cast<int32_t>(inputs), static_cast<int32_t>(taps));
    at::Tensor result = at::empty({kernels.packed_size(static_cast<int32_t>(outputs), static_cast<int32_t>(inputs), static_cast<int32_t>(taps))},
        at::TensorOptions().dtype(s.bf16 ? at::kBFloat16 : at::kFloat));
    char* to = static_cast<char*>(result.data_ptr());
    at::parallel_for(0, (outputs + block - 1) / block, std::max<int64_t>(1, 16384 / size), [&](int64_t first, int64_t end) {
        for (int64_t b = first; b < end; b++)
            kernels.pack(w + b * block * so, so, si, su, sv, static_cast<int32_t>(std::min(block, outputs - b * block)), static_cast<int32_t>(inputs),
                static_cast<int32_t>(taps), static_cast<float>(s.scale), s.bf16, to + b * size * bytes_of(s));
    });
    return result;
}

const char* bordered(const Shape& s, const at::Tensor& x, int64_t n, int64_t channels) {
    char* const memory = scratch<0>(s.bordered_height() * s.bordered_width() * channels * bytes_of(s));
    float* const line = reinterpret_cast<float*>(scratch<1>(s.width * s.inputs * 4));
    train_kernels().border(sample(x, n), static_cast<int32_t>(s.height), static_cast<int32_t>(s.width), static_cast<int32_t>(s.inputs),
        static_cast<int32_t>(channels), static_cast<int32_t>(s.border()), s.edges(), s.bf16, memory, line);
    return memory;
}

// What a sample's forward and weight-gradient kernels have in common: the bordered picture and the window that goes over it.
template <class Work> void place(Work& work, const Shape& s, const at::Tensor& x, int64_t n, int64_t channels) {
    work.x = bordered(s, x, n, channels);
    work.pitch = s.bordered_width() * channels;
    work.channels = static_cast<int32_t>(channels);
    work.stride = static_cast<int32_t>(s.stride());
    work.taps = static_cast<int32_t>(s.window());
    work.width = static_cast<int32_t>(s.out_width());
    work.height = static_cast<int32_t>(s.out_height());
    work.outputs = static_cast<int32_t>(s.outputs);
}

at::Tensor forward(const at::Tensor& input, const at::Tensor& weight, const OptionalTensor& bias, double scale, int64_t mode, double slope, double gain) {
    TORCH_CHECK(input.dim() == 4, "x is [N, C, H, W], not ", describe(input));
    const at::Tensor x = last(input), wide = widened(weight, mode == ModePool);
    const Shape s(x.sizes(), x, weight.sizes(), scale, mode);
    const int64_t window = s.window(), channels = round_up(s.inputs, ChannelStep);
    const at::Tensor weights = packed(s, wide.data_ptr<float>(), s.inputs * window * window, window * window, window, 1, s.outputs, s.inputs, window);
    at::Tensor offsets;
    if (bias.has_value() && bias->defined()) {
        TORCH_CHECK(bias->numel() == s.outputs && bias->scalar_type() == at::kFloat, "bias is float [", s.outputs, "], not ", describe(*bias));
        offsets = bias->contiguous();
    }
    at::Tensor y = picture(s.batch, s.outputs, s.out_height(), s.out_width(), x);
    at::parallel_for(0, s.batch, 1, [&](int64_t first, int64_t end) {
        for (int64_t n = first; n < end; n++) {
            TrainRows r{};
            place(r, s, x, n, channels);
            r.weights = weights.data_ptr();
            r.bias = offsets.defined() ? offsets.data_ptr<float>() : nullptr;
            r.slope = static_cast<float>(slope);
            r.gain = static_cast<float>(gain);
            r.y = sample_to(y, n);
            r.y_pixel = s.outputs;
            r.y_row = s.outputs * s.out_width();
            train_kernels().rows(r, s.bf16);
        }
    });
    return y;
}

// The gradient of the input: a convolution of dy with the weights turned round; where the stride is 2, one for each of the
// four places that a pixel of the input may have.
at::Tensor input_gradient(const at::Tensor& gradient, const at::Tensor& weight, double scale, int64_t mode, at::IntArrayRef sizes) {
    const at::Tensor dy = last(gradient), wide = widened(weight, mode == ModePool);
    const Shape s(sizes, dy, weight.sizes(), scale, mode);
    const int64_t window = s.window(), area = window * window, phases = s.pools() ? 4 : 1, taps = s.pools() ? 2 : window;
    std::vector<at::Tensor> weights;
    for (int64_t p = 0; p < phases; p++) {
        const int64_t k = s.pools() ? 3 - p / 2 : window - 1, l = s.pools() ? 3 - p % 2 : window - 1, apart = s.stride();
        weights.push_back(packed(s, wide.data_ptr<float>() + k * window + l, area, s.inputs * area, -apart * window, -apart, s.inputs, s.outputs, taps));
    }
    // With edges that are not zero, the gradient of the bordered sample comes first.
    const bool folds = s.edges() != EdgesZero;
    const int64_t border = s.pools() ? 1 : folds ? taps - 1 : taps / 2, channels = round_up(s.outputs, ChannelStep);
    const int64_t height = s.out_height(), width = s.out_width(), pitch = (width + 2 * border) * channels;
    const int64_t full_height = folds ? s.bordered_height() : s.height, full_width = folds ? s.bordered_width() : s.width;
    at::Tensor dx = picture(s.batch, s.inputs, s.height, s.width, dy);
    at::parallel_for(0, s.batch, 1, [&](int64_t first, int64_t end) {
        const TrainKernels& kernels = train_kernels();
        for (int64_t n = first; n < end; n++) {
            char* const memory = scratch<0>((height + 2 * border) * pitch * bytes_of(s));
            kernels.border(sample(dy, n), static_cast<int32_t>(height), static_cast<int32_t>(width), static_cast<int32_t>(s.outputs),
                static_cast<int32_t>(channels), static_cast<int32_t>(border), EdgesZero, s.bf16, memory, nullptr);
            char* const full = folds ? scratch<2>(full_height * full_width * s.inputs * bytes_of(s)) : sample_to(dx, n);
            for (int64_t p = 0; p < phases; p++) {
                TrainRows r{};
                r.x = memory + (p / 2 * pitch + p % 2 * channels) * bytes_of(s);
                r.pitch = pitch;
                r.channels = static_cast<int32_t>(channels);
                r.stride = 1;
                r.taps = static_cast<int32_t>(taps);
                r.width = static_cast<int32_t>(s.pools() ? width : full_width);
                r.height = static_cast<int32_t>(s.pools() ? height : full_height);
                r.outputs = static_cast<int32_t>(s.inputs);
                r.weights = weights[p].data_ptr();
                r.slope = r.gain = 1;
                r.y = full + (p / 2 * full_width + p % 2) * s.inputs * bytes_of(s);
                r.y_pixel = s.inputs * s.stride();
                r.y_row = s.inputs * full_width * s.stride();
                kernels.rows(r, s.bf16);
            }
            if (folds)
                kernels.fold(full, static_cast<int32_t>(s.height), static_cast<int32_t>(s.width), static_cast<int32_t>(s.inputs),
                    s.mode == ModeDouble, s.bf16, sample_to(dx, n), reinterpret_cast<float*>(scratch<1>(full_width * s.inputs * 4)));
        }
    });
    return dx;
}

at::Tensor weight_gradient(const at::Tensor& input, const at::Tensor& gradient, double scale, int64_t mode, at::IntArrayRef sizes) {
    const at::Tensor x = last(input), dy = last(gradient);
    const Shape s(x.sizes(), x, sizes, scale, mode);
    TORCH_CHECK(dy.scalar_type() == x.scalar_type(), "gradient and picture are of one kind, not ", describe(dy), " and ", describe(x));
    const TrainKernels& kernels = train_kernels();
    const int64_t window = s.window(), channels = round_up(s.inputs, ChannelStep), outputs = round_up(s.outputs, 2 * kernels.lanes);
    const int64_t parts = std::min<int64_t>(s.batch, at::get_num_threads()), size = window * window * channels * outputs;
    at::Tensor sums = at::zeros({parts, size}, at::TensorOptions().dtype(at::kFloat));
    at::parallel_for(0, parts, 1, [&](int64_t first, int64_t end) {
        for (int64_t part = first; part < end; part++)
            for (int64_t n = part * s.batch / parts; n < (part + 1) * s.batch / parts; n++) {
                TrainGradient g{};
                place(g, s, x, n, channels);
                g.dy = sample(dy, n);
                g.sums = sums.data_ptr<float>() + part * size;
                g.scratch = scratch<2>(kernels.gradient_scratch(g) * bytes_of(s));
                kernels.gradient(g, s.bf16);
            }
    });
    at::Tensor dw = at::empty(sizes, at::TensorOptions().dtype(at::kFloat));
    float* to = dw.data_ptr<float>();
    const float* from = sums.data_ptr<float>();
    const float factor = static_cast<float>(scale * (s.pools() ? 0.25 : 1));
    const int64_t area = s.taps * s.taps;
    at::parallel_for(0, s.inputs, std::max<int64_t>(1, 32768 / (outputs * area)), [&](int64_t first, int64_t end) {
        std::vector<float> line(outputs);
        for (int64_t i = first; i < end; i++)
            for (int64_t t = 0; t < area; t++) {
                std::fill(line.begin(), line.end(), 0.0f);
                for (int64_t part = 0; part < parts; part++)
                    for (int64_t a = 0; a < s.stride(); a++)
                        for (int64_t b = 0; b < s.stride(); b++) {
                            const float* row = from + part * size + (((t / s.taps + a) * window + t % s.taps + b) * channels + i) * outputs;
                            for (int64_t o = 0; o < outputs; o++) line[o] += row[o];
                        }
                for (int64_t o = 0; o < s.outputs; o++) to[(o * s.inputs + i) * area + t] = line[o] * factor;
            }
    });
    return dw;
}

// The gradient before an activation, and its sum over all but channels: the bias's.
std::tuple<at::Tensor, at::Tensor> activation_gradient(const at::Tensor& gradient, const at::Tensor& output, double slope, double gain) {
    const at::Tensor g = last(gradient), y = last(output);
    TORCH_CHECK(g.scalar_type() == y.scalar_type() && g.sizes() == y.sizes(), "a gradient ", describe(g), " does not fit ", describe(y));
    const int64_t batch = y.size(0), channels = y.size(1), pixels = y.size(2) * y.size(3);
    at::Tensor out = picture(batch, channels, y.size(2), y.size(3), y);
    at::Tensor sums = at::zeros({batch, channels}, at::TensorOptions().dtype(at::kFloat));
    at::parallel_for(0, batch, 1, [&](int64_t first, int64_t end) {
        for (int64_t n = first; n < end; n++)
            train_kernels().slope(sample(g, n), sample(y, n), pixels, static_cast<int32_t>(channels), static_cast<float>(slope),
                static_cast<float>(gain), y.scalar_type() == at::kBFloat16, sample_to(out, n), sums.data_ptr<float>() + n * channels);
    });
    return {out, sums.sum(0)};
}

struct Settings {
    double scale, slope, gain;
    int64_t mode;

    void save(AutogradContext* context) const {
        context->saved_data["scale"] = scale;
        context->saved_data["slope"] = slope;
        context->saved_data["gain"] = gain;
        context->saved_data["mode"] = mode;
    }
    static Settings of(AutogradContext* context) {
        auto& data = context->saved_data;
        return {data["scale"].toDouble(), data["slope"].toDouble(), data["gain"].toDouble(), data["mode"].toInt()};
    }
    bool linear() const { return slope == 1 && gain == 1; }
    Settings only() const { return {scale, 1, 1, mode}; }
};

struct Convolution : Function<Convolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight, const OptionalTensor& bias, Settings settings);
    static variable_list backward(AutogradContext* context, variable_list gradients);
};

struct InputGradient : Function<InputGradient> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& dy, const at::Tensor& weight, std::vector<int64_t> sizes, Settings settings) {
        settings.save(context);
        context->save_for_backward({dy, weight});
        return input_gradient(dy, weight, settings.scale, settings.mode, sizes);
    }
    static variable_list backward(AutogradContext* context, variable_list gradients);
};

struct WeightGradient : Function<WeightGradient> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& dy, std::vector<int64_t> sizes, Settings settings) {
        settings.save(context);
        context->save_for_backward({x, dy});
        return weight_gradient(x, dy, settings.scale, settings.mode, sizes);
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const Settings settings = Settings::of(context);
        const auto saved = context->get_saved_variables();
        at::Tensor x, dy;
        if (context->needs_input_grad(0)) x = InputGradient::apply(saved[1], gradients[0], saved[0].sizes().vec(), settings);
        if (context->needs_input_grad(1)) dy = Convolution::apply(saved[0], gradients[0], OptionalTensor(), settings);
        return {x, dy, at::Tensor(), at::Tensor()};
    }
};

struct ActivationGradient : Function<ActivationGradient> {
    static variable_list forward(AutogradContext* context, const at::Tensor& g, const at::Tensor& y, double slope, double gain) {
        context->saved_data["slope"] = slope;
        context->saved_data["gain"] = gain;
        context->save_for_backward({y});
        auto [out, sums] = activation_gradient(g, y, slope, gain);
        return {out, sums};
    }
    // Linear in g; y only chooses between two slopes.
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::Tensor y = context->get_saved_variables()[0];
        at::Tensor g = gradients[0];
        if (gradients[1].defined()) {
            const at::Tensor spread = gradients[1].to(y.scalar_type()).view({1, -1, 1, 1}).expand_as(y);
            g = g.defined() ? g.add(spread) : spread;
        }
        if (!g.defined()) return {at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
        return {apply(g, y, context->saved_data["slope"].toDouble(), context->saved_data["gain"].toDouble())[0], at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

at::Tensor Convolution::forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight, const OptionalTensor& bias, Settings settings) {
    settings.save(context);
    at::Tensor y = ::forward(x, weight, bias, settings.scale, settings.mode, settings.slope, settings.gain);
    context->saved_data["bias"] = bias.has_value();
    context->save_for_backward({x, weight, settings.linear() ? at::Tensor() : y});
    return y;
}

variable_list Convolution::backward(AutogradContext* context, variable_list gradients) {
    const Settings settings = Settings::of(context);
    const auto saved = context->get_saved_variables();
    const bool biased = context->saved_data["bias"].toBool();
    at::Tensor g = gradients[0], bias, x, weight;
    if (!settings.linear()) {
        const variable_list both = ActivationGradient::apply(g, saved[2], settings.slope, settings.gain);
        g = both[0];
        if (biased) bias = both[1];
    } else if (biased) {
        bias = g.sum({0, 2, 3}, false, at::kFloat);
    }
    if (context->needs_input_grad(0)) x = InputGradient::apply(g, saved[1], saved[0].sizes().vec(), settings.only());
    if (context->needs_input_grad(1)) weight = WeightGradient::apply(saved[0], g, saved[1].sizes().vec(), settings.only());
    return {x, weight, bias, at::Tensor()};
}

variable_list InputGradient::backward(AutogradContext* context, variable_list gradients) {
    const Settings settings = Settings::of(context);
    const auto saved = context->get_saved_variables();
    at::Tensor dy, weight;
    if (context->needs_input_grad(0)) dy = Convolution::apply(gradients[0], saved[1], OptionalTensor(), settings);
    if (context->needs_input_grad(1)) weight = WeightGradient::apply(gradients[0], saved[0], saved[1].sizes().vec(), settings);
    return {dy, weight, at::Tensor(), at::Tensor()};
}

at::Tensor train_conv(const at::Tensor& x, const at::Tensor& weight, const OptionalTensor& bias, double scale, int64_t mode, double slope, double gain) {
    return Convolution::apply(x, weight, bias, Settings{scale, slope, gain, mode});
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(ainim, m) {
    m.def("train_conv(Tensor x, Tensor weight, Tensor? bias, float scale, int mode, float slope, float gain) -> Tensor", train_conv);
}
