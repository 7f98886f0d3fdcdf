// The loops of style_kernels.h as ops of libtorch's, "ainim::...", so that programs call them by name. CPU only.
// A packed weight fits the instruction set that packed it.
#include "shim.h"
#include "style_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <torch/library.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>
#include <tuple>

using namespace ainim;

namespace {

// Below this many multiplications, threads cost more than they bring.
constexpr double WorthThreads = 1.5e6;

// body(first, last) over [0, count) on torch's threads. Each takes half of its share of what is left, so that one that
// is held up by other work on the machine does not hold up the others; but no less than `least`, or what is done once for
// every cut would weigh too much. Where the cuts fall changes no bit of the result.
template <class Body> void share(int64_t count, double work, int64_t least, Body&& body) {
    const int64_t threads = at::get_num_threads();
    if (work < WorthThreads || count < 2 || threads < 2 || at::in_parallel_region()) {
        body(0, count);
        return;
    }
    least = std::min(std::max(least, static_cast<int64_t>(count * (WorthThreads / 4) / work)), (count + threads - 1) / threads);
    least = std::max<int64_t>(least, 1);
    std::atomic<int64_t> next{0};
    at::parallel_for(0, threads, 1, [&](int64_t, int64_t) {
        for (;;) {
            int64_t first = next.load(), last;
            do {
                if (first >= count) return;
                last = std::min(count, first + std::max(least, (count - first) / (2 * threads)));
            } while (!next.compare_exchange_weak(first, last));
            body(first, last);
        }
    });
}

bool is_bf16(const at::Tensor& tensor, const char* what) {
    const auto type = tensor.scalar_type();
    TORCH_CHECK(type == at::kFloat || type == at::kBFloat16, what, " is float or bfloat16, not ", describe(tensor));
    return type == at::kBFloat16;
}

const float* floats(const at::Tensor& tensor, const char* what) {
    TORCH_CHECK(tensor.scalar_type() == at::kFloat && tensor.is_contiguous(), what, " is contiguous float, not ", describe(tensor));
    return tensor.data_ptr<float>();
}

const float* floats(const OptionalTensor& tensor, const char* what, int64_t count) {
    if (!tensor.has_value()) return nullptr;
    TORCH_CHECK(tensor->numel() == count, what, " has ", count, " elements, not ", describe(*tensor));
    return floats(*tensor, what);
}

// Numbers per sample, [N, at least `least`], whose rows may lie apart; [1, ..] serves all samples.
struct PerSample {
    const float* data = nullptr;
    int64_t step = 0;

    PerSample(const OptionalTensor& tensor, const char* what, int64_t batch, int64_t least) {
        if (!tensor.has_value()) return;
        TORCH_CHECK(tensor->scalar_type() == at::kFloat && tensor->dim() == 2 && tensor->stride(1) == 1
                && (tensor->size(0) == batch || tensor->size(0) == 1) && tensor->size(1) >= least,
            what, " is float [", batch, ", ", least, "], not ", describe(*tensor));
        data = tensor->data_ptr<float>();
        step = tensor->size(0) == 1 ? 0 : tensor->stride(0);
    }

    const float* of(int64_t sample) const { return data ? data + sample * step : nullptr; }
};

at::Tensor pack(const at::Tensor& weight, bool up, bool winograd, bool gated, at::ScalarType type) {
    const float* data = floats(weight, "weight");
    TORCH_CHECK(weight.dim() == 4 && weight.size(2) == 3 && weight.size(3) == 3, "weight is [O, I, 3, 3], not ", describe(weight));
    TORCH_CHECK(!gated || weight.size(0) % 2 == 0, "a gated unit has as many gates as values: ", describe(weight));
    TORCH_CHECK(!(up && winograd), "a convolution that doubles has no Winograd form");
    const bool bf16 = type == at::kBFloat16;
    const StyleKernels& kernels = style_kernels();
    const auto outputs = static_cast<int32_t>(weight.size(0)), inputs = static_cast<int32_t>(weight.size(1));
    at::Tensor packed = at::empty({kernels.packed_size(outputs, inputs, winograd ? 16 : 9, gated, bf16)}, at::TensorOptions().dtype(bf16 ? at::kBFloat16 : at::kFloat));
    kernels.pack(data, outputs, inputs, up, winograd, gated, bf16, packed.data_ptr());
    return packed;
}

at::Tensor styles(const at::Tensor& ws, const at::Tensor& weight, const at::Tensor& bias, at::IntArrayRef layers, at::IntArrayRef rows) {
    const float* w = floats(ws, "ws");
    const float* matrix = floats(weight, "weight");
    const float* offset = floats(bias, "bias");
    TORCH_CHECK(ws.dim() == 3 && weight.dim() == 2 && weight.size(1) == ws.size(2) && bias.numel() == weight.size(0) && layers.size() == rows.size(),
        "ws [N, L, w] goes with weight [R, w] and bias [R], not ", describe(ws), ", ", describe(weight), ", ", describe(bias));
    const int64_t batch = ws.size(0), width = ws.size(2), total = weight.size(0);
    int64_t end = 0;
    for (size_t i = 0; i < layers.size(); i++) {
        TORCH_CHECK(layers[i] >= 0 && layers[i] < ws.size(1) && rows[i] >= 0, "no layer ", layers[i], " in ", describe(ws));
        end += rows[i];
    }
    TORCH_CHECK(end == total, "rows add up to ", end, ", weight is ", describe(weight));
    at::Tensor out = at::empty({batch, total}, ws.options());
    float* target = out.data_ptr<float>();
    const StyleKernels& kernels = style_kernels();
    share(total, static_cast<double>(batch) * total * width, 64, [&](int64_t first, int64_t last) {
        for (int64_t sample = 0; sample < batch; sample++) {
            int64_t start = 0;
            for (size_t i = 0; i < layers.size(); start += rows[i++]) {
                const int64_t from = std::max(start, first), to = std::min(start + rows[i], last);
                if (from < to)
                    kernels.affine(matrix + from * width, offset + from, w + (sample * ws.size(1) + layers[i]) * width, width,
                        target + sample * total + from, to - from);
            }
        }
    });
    return out;
}

// table: for every convolution the offset of its styles, its inputs, the offset of its outputs, their padded number.
at::Tensor demodulate(const at::Tensor& style, const at::Tensor& squares, at::IntArrayRef table, int64_t total, double gain) {
    const float* source = floats(style, "styles");
    const float* matrix = floats(squares, "squares");
    TORCH_CHECK(style.dim() == 2 && table.size() % 4 == 0, "styles are [N, R], not ", describe(style));
    constexpr int64_t piece = 64;
    int64_t pieces = 0, elements = 0;
    for (size_t i = 0; i < table.size(); i += 4) {
        TORCH_CHECK(table[i] >= 0 && table[i + 1] > 0 && table[i] + table[i + 1] <= style.size(1) && table[i + 2] >= 0
                && table[i + 3] % ChannelStep == 0 && table[i + 2] + table[i + 3] <= total, "entry ", i / 4, " of the table lies outside");
        pieces += (table[i + 3] + piece - 1) / piece;
        elements += table[i + 1] * table[i + 3];
    }
    TORCH_CHECK(elements == squares.numel(), "the table takes ", elements, " squares, not ", describe(squares));
    const int64_t batch = style.size(0);
    at::Tensor out = at::empty({batch, total}, style.options());
    float* target = out.data_ptr<float>();
    const StyleKernels& kernels = style_kernels();
    share(pieces, static_cast<double>(batch) * elements, 1, [&](int64_t first, int64_t last) {
        int64_t number = 0, offset = 0;
        for (size_t i = 0; i < table.size(); i += 4) {
            const int64_t outputs = table[i + 3];
            for (int64_t o = 0; o < outputs; o += piece, number++) {
                if (number < first || number >= last) continue;
                for (int64_t sample = 0; sample < batch; sample++)
                    kernels.demodulate(matrix + offset, source + sample * style.size(1) + table[i], table[i + 1], outputs,
                        static_cast<float>(gain), target + sample * total + table[i + 2], o, std::min(o + piece, outputs));
            }
            offset += table[i + 1] * outputs;
        }
    });
    return out;
}

at::Tensor bordered(int64_t batch, int64_t height, int64_t width, int64_t channels, at::ScalarType type) {
    return at::empty({batch, height + 2, width + 2, round_up(channels, ChannelStep)}, at::TensorOptions().dtype(type));
}

float read(const float* from) { return *from; }
float read(const at::BFloat16* from) { return static_cast<float>(*from); }

template <class From, class To>
void copy_bordered(const at::Tensor& x, const PerSample& scale, bool replicate, at::Tensor& y) {
    const int64_t height = x.size(2), width = x.size(3), channels = x.size(1), stride = y.size(3);
    To* target = y.data_ptr<To>();
    for (int64_t n = 0; n < x.size(0); n++)
        for (int64_t row = -1; row <= height; row++)
            for (int64_t column = -1; column <= width; column++, target += stride) {
                std::fill(target, target + stride, static_cast<To>(0.0f));
                const bool inside = row >= 0 && row < height && column >= 0 && column < width;
                if (!inside && !replicate) continue;
                const int64_t from_row = std::min(std::max<int64_t>(row, 0), height - 1);
                const int64_t from_column = std::min(std::max<int64_t>(column, 0), width - 1);
                const From* source = x.data_ptr<From>() + n * x.stride(0) + from_row * x.stride(2) + from_column * x.stride(3);
                for (int64_t c = 0; c < channels; c++)
                    target[c] = static_cast<To>(read(source + c * x.stride(1)) * (scale.data ? scale.of(n)[c] : 1.0f));
            }
}

at::Tensor border(const at::Tensor& x, const OptionalTensor& scale, bool replicate, at::ScalarType type) {
    TORCH_CHECK(x.dim() == 4 && (type == at::kFloat || type == at::kBFloat16), "x is [N, C, H, W], not ", describe(x));
    const bool from = is_bf16(x, "x"), to = type == at::kBFloat16;
    const PerSample factors(scale, "scale", x.size(0), x.size(1));
    at::Tensor y = bordered(x.size(0), x.size(2), x.size(3), x.size(1), type);
    if (from)
        to ? copy_bordered<at::BFloat16, at::BFloat16>(x, factors, replicate, y) : copy_bordered<at::BFloat16, float>(x, factors, replicate, y);
    else
        to ? copy_bordered<float, at::BFloat16>(x, factors, replicate, y) : copy_bordered<float, float>(x, factors, replicate, y);
    return y;
}

StyleConv conv_over(const at::Tensor& x, const at::Tensor& weight, int64_t inputs, int64_t outputs, bool up, bool gated) {
    const bool bf16 = is_bf16(x, "x");
    TORCH_CHECK(x.dim() == 4 && x.is_contiguous() && x.size(1) > 2 && x.size(2) > 2 && x.size(3) == round_up(inputs, ChannelStep),
        "x is [N, H + 2, W + 2, ", round_up(inputs, ChannelStep), "], not ", describe(x));
    const bool winograd = weight.numel() == style_kernels().packed_size(outputs, inputs, 16, gated, bf16);
    TORCH_CHECK(!winograd || (!up && x.size(1) % 2 == 0 && x.size(2) % 2 == 0), "Winograd's form takes even sides, not ", describe(x));
    TORCH_CHECK(weight.scalar_type() == x.scalar_type() && weight.is_contiguous()
            && (winograd || weight.numel() == style_kernels().packed_size(outputs, inputs, 9, gated, bf16)),
        "weight is not packed for ", inputs, " to ", outputs, " channels of this kind: ", describe(weight));
    StyleConv conv{};
    conv.inputs = static_cast<int32_t>(inputs);
    conv.outputs = static_cast<int32_t>(outputs);
    conv.in_stride = static_cast<int32_t>(x.size(3));
    conv.height = static_cast<int32_t>(x.size(1) - 2);
    conv.width = static_cast<int32_t>(x.size(2) - 2);
    conv.up = up;
    conv.winograd = winograd;
    conv.weights = weight.data_ptr();
    conv.clamp = std::numeric_limits<float>::infinity();
    return conv;
}

// Where one sample of [N, ..] begins.
char* sample_of(const at::Tensor& tensor, int64_t sample) {
    return static_cast<char*>(tensor.data_ptr()) + sample * (tensor.numel() / tensor.size(0)) * tensor.element_size();
}

// Memory of the thread's own that grows to what is asked for.
float* scratch(int64_t count) {
    static thread_local std::vector<float> memory;
    if (static_cast<int64_t>(memory.size()) < count) memory.resize(count);
    return memory.data();
}

std::tuple<at::Tensor, at::Tensor> conv(
    const at::Tensor& x, const at::Tensor& weight, int64_t inputs, int64_t outputs, bool up, int64_t activation, bool replicate,
    const OptionalTensor& scale, const OptionalTensor& shift, const OptionalTensor& noise_a, const OptionalTensor& noise_b,
    const OptionalTensor& factors, double strength, double clamp, const OptionalTensor& next,
    const OptionalTensor& rgb, const OptionalTensor& rgb_style, bool stored) {
    TORCH_CHECK(activation >= ActivationLinear && activation <= ActivationGated, "no activation ", activation);
    const bool gated = activation == ActivationGated;
    StyleConv shape = conv_over(x, weight, inputs, outputs, up, gated);
    const int64_t batch = x.size(0), factor = up ? 2 : 1, height = shape.height * factor, width = shape.width * factor;
    const int64_t channels = gated ? outputs / 2 : outputs, padded = round_up(channels, ChannelStep);
    const PerSample scales(scale, "scale", batch, gated ? 2 * padded : padded), shifts(shift, "shift", batch, gated ? 2 * padded : padded);
    const PerSample nexts(next, "next", batch, padded), rgb_styles(rgb_style, "rgb_style", batch, channels);
    shape.activation = static_cast<int32_t>(activation);
    shape.replicate = replicate;
    shape.out_stride = static_cast<int32_t>(padded);
    shape.clamp = static_cast<float>(clamp);
    shape.noise_a = floats(noise_a, "noise_a", height * width);
    shape.noise_b = floats(noise_b, "noise_b", height * width);
    if (shape.noise_a) {
        TORCH_CHECK(factors.has_value() && factors->numel() >= (shape.noise_b ? 2 : 1), "noise has a factor for each map");
        const float* values = floats(*factors, "factors");
        shape.factor_a = values[0] * static_cast<float>(strength);
        shape.factor_b = shape.noise_b ? values[1] * static_cast<float>(strength) : 0;
    }
    const float* rgb_weights = floats(rgb, "rgb", 3 * channels);
    at::Tensor y = stored ? bordered(batch, height, width, channels, x.scalar_type()) : at::empty({0}, x.options());
    at::Tensor colours = at::empty({rgb_weights ? batch : 0, 3, height, width}, at::TensorOptions().dtype(at::kFloat));
    at::Tensor colour_weights = at::zeros({rgb_weights ? batch : 0, 3, padded}, at::TensorOptions().dtype(at::kFloat));
    if (rgb_weights) {
        for (int64_t n = 0; n < batch; n++)
            for (int64_t k = 0; k < 3; k++)
                for (int64_t c = 0; c < channels; c++)
                    colour_weights.data_ptr<float>()[(n * 3 + k) * padded + c] =
                        rgb_weights[k * channels + c] * (rgb_styles.data ? rgb_styles.of(n)[c] : 1.0f);
    }
    const StyleKernels& kernels = style_kernels();
    const bool bf16 = x.scalar_type() == at::kBFloat16;
    const double work = 9.0 * batch * shape.height * shape.width * inputs * outputs;
    const int64_t unit = shape.winograd ? 2 : 1;
    // Every cut reads all weights again, and where the picture is doubled computes rows that its neighbour has too.
    const int64_t least = std::max<int64_t>(up ? 8 : 1, 256 / (unit * shape.width));
    share(batch * shape.height / unit, work, least, [&](int64_t first, int64_t last) {
        first *= unit, last *= unit;
        while (first < last) {
            const int64_t n = first / shape.height;
            const int64_t end = std::min(last, (n + 1) * shape.height);
            StyleConv one = shape;
            one.x = sample_of(x, n);
            one.scale = scales.of(n);
            one.shift = shifts.of(n);
            one.next = nexts.of(n);
            one.y = stored ? sample_of(y, n) : nullptr;
            if (rgb_weights) {
                one.rgb = colour_weights.data_ptr<float>() + n * 3 * padded;
                one.colours = colours.data_ptr<float>() + n * 3 * height * width;
            }
            one.scratch = scratch(kernels.scratch_floats(one, bf16));
            kernels.rows(one, bf16, static_cast<int32_t>(first - n * shape.height), static_cast<int32_t>(end - n * shape.height));
            first = end;
        }
    });
    return {y, colours};
}

at::Tensor planes(const at::Tensor& x, const at::Tensor& weight, int64_t inputs, const at::Tensor& bias) {
    StyleConv shape = conv_over(x, weight, inputs, 3, false, false);
    shape.shift = floats(bias, "bias");
    TORCH_CHECK(bias.numel() == 3, "bias has 3 elements, not ", describe(bias));
    const int64_t batch = x.size(0);
    at::Tensor out = at::empty({batch, 3, shape.height, shape.width}, at::TensorOptions().dtype(at::kFloat));
    const StyleKernels& kernels = style_kernels();
    const bool bf16 = x.scalar_type() == at::kBFloat16;
    share(batch * shape.height, 9.0 * ChannelStep * batch * shape.height * shape.width * inputs, 1, [&](int64_t first, int64_t last) {
        while (first < last) {
            const int64_t n = first / shape.height;
            const int64_t end = std::min(last, (n + 1) * shape.height);
            StyleConv one = shape;
            one.x = sample_of(x, n);
            one.colours = out.data_ptr<float>() + n * 3 * shape.height * shape.width;
            kernels.planes(one, bf16, static_cast<int32_t>(first - n * shape.height), static_cast<int32_t>(end - n * shape.height));
            first = end;
        }
    });
    return out;
}

// before, doubled by [1, 3, 3, 1] / 4 both ways with zeros outside, plus the colours with their bias, cut off at +-clamp.
at::Tensor image(const OptionalTensor& before, const at::Tensor& colours, const at::Tensor& bias, double clamp) {
    const float* source = floats(colours, "colours");
    const float* offset = floats(bias, "bias");
    TORCH_CHECK(colours.dim() == 4 && colours.size(1) == 3 && bias.numel() == 3, "colours are [N, 3, H, W], not ", describe(colours));
    const int64_t batch = colours.size(0), height = colours.size(2), width = colours.size(3), half = width / 2;
    const float* small = floats(before, "before", batch * 3 * (height / 2) * half);
    TORCH_CHECK(!small || (height % 2 == 0 && width % 2 == 0), "a doubled picture has even sides, not ", describe(colours));
    at::Tensor out = at::empty(colours.sizes(), colours.options());
    float* target = out.data_ptr<float>();
    const float limit = static_cast<float>(clamp);
    share(batch * 3 * height, 16.0 * batch * 3 * height * width, 1, [&](int64_t first, int64_t last) {
        float* const line = scratch(half + 2);
        for (int64_t row = first; row < last; row++) {
            const float bias_here = offset[row / height % 3];
            const float* from = source + row * width;
            float* to = target + row * width;
            for (int64_t x = 0; x < width; x++) to[x] = std::min(std::max(from[x] + bias_here, -limit), limit);
            if (!small) continue;
            // Even rows lie nearer to their own, odd ones too: 3/4 of it and 1/4 of the neighbour.
            const int64_t y = row % height, own = y / 2, other = y % 2 ? own + 1 : own - 1;
            const float* plane = small + row / height * (height / 2) * half;
            const bool outside = other < 0 || other >= height / 2;
            line[0] = line[half + 1] = 0;
            for (int64_t x = 0; x < half; x++)
                line[x + 1] = 0.75f * plane[own * half + x] + (outside ? 0 : 0.25f * plane[other * half + x]);
            for (int64_t x = 0; x < half; x++) {
                to[2 * x] += 0.75f * line[x + 1] + 0.25f * line[x];
                to[2 * x + 1] += 0.75f * line[x + 1] + 0.25f * line[x + 2];
            }
        }
    });
    return out;
}

int64_t style_level(int64_t limit) {
    if (limit >= 0) limit_style_kernels(static_cast<int32_t>(std::min<int64_t>(limit, 3)));
    return style_kernels_level();
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(ainim, m) {
    m.def("pack(Tensor weight, bool up, bool winograd, bool gated, ScalarType dtype) -> Tensor");
    m.def("styles(Tensor ws, Tensor weight, Tensor bias, int[] layers, int[] rows) -> Tensor");
    m.def("demodulate(Tensor styles, Tensor squares, int[] table, int total, float gain) -> Tensor");
    m.def("border(Tensor x, Tensor? scale, bool replicate, ScalarType dtype) -> Tensor");
    m.def("conv(Tensor x, Tensor weight, int inputs, int outputs, bool up, int activation, bool replicate, Tensor? scale, Tensor? shift, "
          "Tensor? noise_a, Tensor? noise_b, Tensor? factors, float strength, float clamp, Tensor? next, Tensor? rgb, Tensor? rgb_style, "
          "bool stored) -> (Tensor, Tensor)");
    m.def("planes(Tensor x, Tensor weight, int inputs, Tensor bias) -> Tensor");
    m.def("image(Tensor? before, Tensor colours, Tensor bias, float clamp) -> Tensor");
    m.def("style_level(int limit) -> int", style_level);
}

TORCH_LIBRARY_IMPL(ainim, CPU, m) {
    m.impl("pack", pack);
    m.impl("styles", styles);
    m.impl("demodulate", demodulate);
    m.impl("border", border);
    m.impl("conv", conv);
    m.impl("planes", planes);
    m.impl("image", image);
}
