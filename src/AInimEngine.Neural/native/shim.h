// What the shim's files share: handles, the error boundary, and the way from tagged values to IValues and back.
#pragma once
#include "ainim_torch.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

struct ainim_tensor {
    explicit ainim_tensor(at::Tensor tensor);
    ~ainim_tensor();
    at::Tensor value;
};

struct ainim_generator {
    at::Generator value;
};

namespace ainim {

// libtorch moved from its own optional to std::optional; this is whichever it uses.
template <class T> struct OptionalOf;
template <template <class> class Optional, class T> struct OptionalOf<Optional<T>> {
    using Tensor = Optional<at::Tensor>;
};
using OptionalTensor =
    OptionalOf<std::decay_t<decltype(std::declval<const c10::Argument&>().N())>>::Tensor;

// What an argument's schema type asks for, optionality stripped.
enum class Want : uint8_t { Other, Tensor, Int, Double, Number, Bool, Ints, Doubles, Bools, Tensors, OptionalTensors, String, Device, Generator };

struct Parameter {
    std::string name;
    std::string type;
    Want want = Want::Other;
    bool optional = false;
    bool has_default = false;
    int32_t fixed_length = 0;  // of int[2]: one int stands for two
    c10::IValue default_value;
};

void set_error(const std::string& message);
std::string message_of(const c10::Error& error);

// "Float[2, 3]"
std::string describe(const at::Tensor& tensor);
std::string describe(const c10::IValue& value);

Want want_of(const c10::TypePtr& type);
c10::IValue to_ivalue(const ainim_value& value, const Parameter& parameter);
ainim_value from_ivalue(c10::IValue&& value);

inline const at::Tensor& tensor_of(const ainim_tensor* handle) {
    TORCH_CHECK(handle != nullptr, "a tensor is missing (null handle)");
    return handle->value;
}

inline ainim_tensor* own(at::Tensor tensor) {
    return tensor.defined() ? new ainim_tensor(std::move(tensor)) : nullptr;
}

// The error boundary: no C++ exception crosses into managed frames.
template <class Result, class Body> Result guarded(Result failed, Body&& body) noexcept {
    try {
        return body();
    } catch (const c10::Error& error) {
        set_error(message_of(error));
    } catch (const std::exception& error) {
        set_error(error.what());
    } catch (...) {
        set_error("an unknown C++ exception");
    }
    return failed;
}

template <class Body> int32_t status(Body&& body) noexcept {
    return guarded<int32_t>(1, [&]() -> int32_t {
        body();
        return 0;
    });
}

}  // namespace ainim

struct ainim_op {
    explicit ainim_op(c10::OperatorHandle op);

    c10::OperatorHandle handle;
    std::string name;
    std::string schema;
    std::vector<ainim::Parameter> parameters;
    int32_t returns;

    // Fills what is missing from the schema; throws for an argument of the wrong kind.
    c10::IValue argument(const ainim_value* arguments, int32_t count, size_t index) const;
    // Throws with the op's name and the kind, type and shape of every argument before the reason.
    [[noreturn]] void fail(const std::string& reason, const std::vector<c10::IValue>& arguments) const;
};
