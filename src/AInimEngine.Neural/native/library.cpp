// The library itself: errors, versions, threads, modes, random numbers.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/version.h>

#include <dlfcn.h>
#include <link.h>

using namespace ainim;

// Declared here because <ATen/autocast_mode.h> brings in every op there is.
namespace at::autocast {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
TORCH_API bool is_autocast_enabled(at::DeviceType device_type);
TORCH_API void set_autocast_enabled(at::DeviceType device_type, bool enabled);
TORCH_API at::ScalarType get_autocast_dtype(at::DeviceType device_type);
TORCH_API void set_autocast_dtype(at::DeviceType device_type, at::ScalarType dtype);
#else
TORCH_API bool is_enabled();
TORCH_API void set_enabled(bool enabled);
TORCH_API bool is_cpu_enabled();
TORCH_API void set_cpu_enabled(bool enabled);
TORCH_API at::ScalarType get_autocast_gpu_dtype();
TORCH_API at::ScalarType get_autocast_cpu_dtype();
TORCH_API void set_autocast_gpu_dtype(at::ScalarType dtype);
TORCH_API void set_autocast_cpu_dtype(at::ScalarType dtype);
static bool is_autocast_enabled(at::DeviceType type) { return type == at::kCPU ? is_cpu_enabled() : is_enabled(); }
static void set_autocast_enabled(at::DeviceType type, bool enabled) { type == at::kCPU ? set_cpu_enabled(enabled) : set_enabled(enabled); }
static at::ScalarType get_autocast_dtype(at::DeviceType type) { return type == at::kCPU ? get_autocast_cpu_dtype() : get_autocast_gpu_dtype(); }
static void set_autocast_dtype(at::DeviceType type, at::ScalarType dtype) {
    type == at::kCPU ? set_autocast_cpu_dtype(dtype) : set_autocast_gpu_dtype(dtype);
}
#endif
TORCH_API void clear_cache();
TORCH_API int increment_nesting();
TORCH_API int decrement_nesting();
}  // namespace at::autocast

static thread_local std::string last_error;
static thread_local std::string text;

namespace ainim {

void set_error(const std::string& message) { last_error = message; }

std::string message_of(const c10::Error& error) {
    std::string message = error.what_without_backtrace();
    while (!message.empty() && message.back() == '\n') message.pop_back();
    return message;
}

}  // namespace ainim

int32_t ainim_abi() { return AINIM_ABI; }

const char* ainim_last_error() { return last_error.c_str(); }

const char* ainim_version() { return TORCH_VERSION; }

const char* ainim_config() {
    return guarded<const char*>("", [] {
        text = at::show_config();
        return text.c_str();
    });
}

int32_t ainim_cuda_devices() {
    return guarded<int32_t>(0, [] {
        return at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0;
    });
}

int32_t ainim_synchronize(int32_t device_index) {
    return status([&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(device_index)); });
}

// OpenBLAS has threads of its own, which at::set_num_threads does not reach. Each loaded copy gets the call.
static int visit_blas(dl_phdr_info* info, size_t, void* data) {
    const std::string path = info->dlpi_name ? info->dlpi_name : "";
    if (path.find("blas") == std::string::npos) return 0;
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_NOLOAD);
    if (!library) return 0;
    int32_t& count = *static_cast<int32_t*>(data);
    if (count > 0) {
        if (auto* set = reinterpret_cast<void (*)(int)>(dlsym(library, "openblas_set_num_threads"))) set(count);
    } else if (auto* get = reinterpret_cast<int (*)()>(dlsym(library, "openblas_get_num_threads"))) {
        count = -get();
    }
    dlclose(library);
    return 0;
}

int32_t ainim_threads() { return guarded<int32_t>(0, [] { return at::get_num_threads(); }); }

int32_t ainim_set_threads(int32_t count) {
    return status([&] {
        at::set_num_threads(count);
        dl_iterate_phdr(visit_blas, &count);
    });
}

int32_t ainim_set_interop_threads(int32_t count) {
    return status([&] { at::set_num_interop_threads(count); });
}

int32_t ainim_blas_threads() {
    int32_t count = 0;
    dl_iterate_phdr(visit_blas, &count);
    return -count;
}

int32_t ainim_grad_enabled() { return c10::GradMode::is_enabled(); }

void ainim_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

void* ainim_inference_begin() {
    return guarded<void*>(nullptr, [] { return new c10::InferenceMode(true); });
}

void ainim_inference_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

int32_t ainim_set_deterministic(int32_t enabled) {
    return status([&] {
        at::globalContext().setDeterministicAlgorithms(enabled != 0, false);
        at::globalContext().setDeterministicCuDNN(enabled != 0);
        at::globalContext().setBenchmarkCuDNN(false);
    });
}

// Reads the state into *enabled and *dtype; with set, puts theirs in its place and hands the old one back.
int32_t ainim_autocast(int32_t device_type, int32_t* enabled, int32_t* dtype, int32_t set) {
    return status([&] {
        const auto device = static_cast<at::DeviceType>(device_type);
        const bool was_enabled = at::autocast::is_autocast_enabled(device);
        const at::ScalarType was_dtype = at::autocast::get_autocast_dtype(device);
        if (set) {
            at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(*dtype));
            at::autocast::set_autocast_enabled(device, *enabled != 0);
            // The cache of cast weights is emptied when the outermost region ends.
            if (set > 0) at::autocast::increment_nesting();
            else if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        }
        *enabled = was_enabled;
        *dtype = static_cast<int32_t>(was_dtype);
    });
}

int32_t ainim_manual_seed(uint64_t seed) {
    return status([&] { at::manual_seed(seed); });
}

ainim_generator* ainim_generator_new(int32_t device_type, int32_t device_index, uint64_t seed) {
    return guarded<ainim_generator*>(nullptr, [&] {
        if (static_cast<at::DeviceType>(device_type) == at::kCPU) return new ainim_generator{at::detail::createCPUGenerator(seed)};
        // A CUDA generator is the default one's copy, because making one is not part of the version-stable interface.
        const c10::Device device(static_cast<at::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
        at::Generator generator = at::globalContext().defaultGenerator(device).clone();
        generator.set_current_seed(seed);
        return new ainim_generator{std::move(generator)};
    });
}

int32_t ainim_generator_seed(ainim_generator* generator, uint64_t seed) {
    return status([&] {
        std::lock_guard<std::mutex> lock(generator->value.mutex());
        generator->value.set_current_seed(seed);
    });
}

ainim_tensor* ainim_generator_state(ainim_generator* generator) {
    return guarded<ainim_tensor*>(nullptr, [&] {
        std::lock_guard<std::mutex> lock(generator->value.mutex());
        return own(generator->value.get_state());
    });
}

int32_t ainim_generator_set_state(ainim_generator* generator, ainim_tensor* state) {
    return status([&] {
        std::lock_guard<std::mutex> lock(generator->value.mutex());
        generator->value.set_state(tensor_of(state));
    });
}

void ainim_generator_release(ainim_generator* generator) { delete generator; }
