// Tensors: lifetime, memory in and out, autograd.
#include "shim.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <torch/csrc/autograd/autograd.h>

#include <atomic>
#include <memory>

using namespace ainim;

static std::atomic<int64_t> live_tensors{0};

ainim_tensor::ainim_tensor(at::Tensor tensor) : value(std::move(tensor)) { live_tensors.fetch_add(1, std::memory_order_relaxed); }

ainim_tensor::~ainim_tensor() { live_tensors.fetch_sub(1, std::memory_order_relaxed); }

int64_t ainim_live_tensors() { return live_tensors.load(); }

static at::TensorOptions options_of(int32_t dtype) { return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)); }

static at::Tensor cpu_view(void* data, const at::Tensor& like) {
    return at::from_blob(data, like.sizes(), at::TensorOptions().dtype(like.scalar_type()));
}

ainim_tensor* ainim_tensor_copy_of(const void* data, int32_t dtype, const int64_t* sizes, int32_t rank) {
    return guarded<ainim_tensor*>(nullptr, [&] {
        return own(at::from_blob(const_cast<void*>(data), at::IntArrayRef(sizes, rank), options_of(dtype)).clone());
    });
}

ainim_tensor* ainim_tensor_borrow(
    void* data, int32_t dtype, const int64_t* sizes, const int64_t* strides, int32_t rank,
    void (*release)(void*), void* context) {
    return guarded<ainim_tensor*>(nullptr, [&] {
        const at::IntArrayRef shape(sizes, rank);
        // Runs when the last copy of the deleter goes: with the storage, or at once where the call is refused.
        struct Release {
            void (*function)(void*);
            void* context;
            ~Release() {
                if (function) function(context);
            }
        };
        auto once = std::make_shared<Release>(Release{nullptr, context});
        once->function = release;
        auto deleter = [once = std::move(once)](void*) {};
        return own(strides ? at::from_blob(data, shape, at::IntArrayRef(strides, rank), deleter, options_of(dtype))
                           : at::from_blob(data, shape, deleter, options_of(dtype)));
    });
}

ainim_tensor* ainim_tensor_alias(ainim_tensor* tensor) {
    return guarded<ainim_tensor*>(nullptr, [&] { return own(tensor_of(tensor)); });
}

void ainim_tensor_release(ainim_tensor* tensor) { delete tensor; }

int32_t ainim_tensor_describe(ainim_tensor* handle, ainim_tensor_info* info) {
    return status([&] {
        const at::Tensor& tensor = tensor_of(handle);
        info->data = tensor.has_storage() ? tensor.data_ptr() : nullptr;
        info->numel = tensor.numel();
        info->element_size = static_cast<int64_t>(tensor.element_size());
        info->rank = static_cast<int32_t>(tensor.dim());
        info->dtype = static_cast<int32_t>(tensor.scalar_type());
        info->device_type = static_cast<int32_t>(tensor.device().type());
        info->device_index = tensor.device().index();
        info->requires_grad = tensor.requires_grad();
        info->is_contiguous = tensor.is_contiguous();
        info->is_channels_last = tensor.dim() == 4 && tensor.is_contiguous(at::MemoryFormat::ChannelsLast);
        info->is_leaf = tensor.is_leaf();
    });
}

int32_t ainim_tensor_shape(ainim_tensor* handle, int64_t* sizes, int64_t* strides) {
    return status([&] {
        const at::Tensor& tensor = tensor_of(handle);
        for (int64_t i = 0; i < tensor.dim(); i++) {
            if (sizes) sizes[i] = tensor.size(i);
            if (strides) strides[i] = tensor.stride(i);
        }
    });
}

static void check_bytes(const at::Tensor& tensor, int64_t bytes) {
    TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes,
        "a tensor ", describe(tensor), " holds ", tensor.nbytes(), " bytes, the memory given ", bytes);
}

int32_t ainim_tensor_read(ainim_tensor* handle, void* target, int64_t bytes) {
    return status([&] {
        const at::Tensor tensor = tensor_of(handle).detach();
        check_bytes(tensor, bytes);
        cpu_view(target, tensor).copy_(tensor);
    });
}

int32_t ainim_tensor_write(ainim_tensor* handle, const void* source, int64_t bytes) {
    return status([&] {
        at::Tensor tensor = tensor_of(handle).detach();
        check_bytes(tensor, bytes);
        tensor.copy_(cpu_view(const_cast<void*>(source), tensor));
    });
}

int32_t ainim_tensor_set_requires_grad(ainim_tensor* handle, int32_t requires_grad) {
    return status([&] { tensor_of(handle).requires_grad_(requires_grad != 0); });
}

int32_t ainim_tensor_grad(ainim_tensor* handle, ainim_tensor** grad) {
    return status([&] { *grad = own(tensor_of(handle).grad()); });
}

int32_t ainim_tensor_set_grad(ainim_tensor* handle, ainim_tensor* grad) {
    return status([&] { tensor_of(handle).mutable_grad() = grad ? grad->value : at::Tensor(); });
}

int32_t ainim_tensor_backward(ainim_tensor* handle, ainim_tensor* gradient, int32_t retain_graph, int32_t create_graph) {
    return status([&] {
        torch::autograd::backward({tensor_of(handle)}, {gradient ? gradient->value : at::Tensor()}, retain_graph != 0, create_graph != 0);
    });
}

int32_t ainim_grad(
    ainim_tensor* const* outputs, ainim_tensor* const* output_grads, int32_t output_count,
    ainim_tensor* const* inputs, ainim_tensor** grads, int32_t input_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused) {
    return status([&] {
        torch::autograd::variable_list ends, weights, starts;
        for (int32_t i = 0; i < output_count; i++) {
            ends.push_back(tensor_of(outputs[i]));
            weights.push_back(output_grads && output_grads[i] ? output_grads[i]->value : at::Tensor());
        }
        for (int32_t i = 0; i < input_count; i++) starts.push_back(tensor_of(inputs[i]));
        auto found = torch::autograd::grad(ends, starts, weights, retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; i++) grads[i] = own(std::move(found[i]));
    });
}
