// A pool for large CPU blocks. A frame's intermediate tensors are megabytes each; malloc maps and unmaps such blocks
// every time, and the page faults cost more than many of the ops. Blocks are kept by exact size, newest first, so a
// repeated program runs in memory that is mapped and partly still in cache.
#include "shim.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <torch/version.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <unordered_map>

namespace {

constexpr size_t Alignment = 64;
constexpr size_t SmallestPooled = 64 * 1024;

struct Pool {
    std::mutex mutex;
    std::unordered_map<size_t, std::vector<void*>> free_blocks;
    size_t bytes = 0;
    size_t limit = size_t{256} << 20;
};

// Never destroyed: tensors held by static objects are freed after it would be.
Pool& pool() {
    static Pool* instance = new Pool;
    return *instance;
}

// In front of every block, one alignment unit that tells its size.
size_t& size_of(void* data) { return *reinterpret_cast<size_t*>(static_cast<char*>(data) - Alignment); }

void free_block(void* data) { std::free(static_cast<char*>(data) - Alignment); }

void* take(size_t size) {
    if (size >= SmallestPooled) {
        Pool& state = pool();
        std::lock_guard<std::mutex> lock(state.mutex);
        auto found = state.free_blocks.find(size);
        if (found != state.free_blocks.end() && !found->second.empty()) {
            void* data = found->second.back();
            found->second.pop_back();
            state.bytes -= size;
            return data;
        }
    }
    void* block = nullptr;
    TORCH_CHECK(posix_memalign(&block, Alignment, size + Alignment) == 0, "out of memory: ", size, " bytes for a tensor");
    void* data = static_cast<char*>(block) + Alignment;
    size_of(data) = size;
    return data;
}

void trim(Pool& state, size_t limit) {
    for (auto& entry : state.free_blocks) {
        while (state.bytes > limit && !entry.second.empty()) {
            free_block(entry.second.back());
            entry.second.pop_back();
            state.bytes -= entry.first;
        }
    }
}

void give(void* data) {
    if (!data) return;
    const size_t size = size_of(data);
    if (size >= SmallestPooled) {
        Pool& state = pool();
        std::lock_guard<std::mutex> lock(state.mutex);
        if (size <= state.limit) {
            // Sizes that are no longer used give way to those that are.
            if (state.bytes + size > state.limit) trim(state, state.limit - size);
            state.free_blocks[size].push_back(data);
            state.bytes += size;
            return;
        }
    }
    free_block(data);
}

struct PoolAllocator final : c10::Allocator {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    c10::DataPtr allocate(size_t size) override { return make(size); }
    void copy_data(void* target, const void* source, std::size_t count) const override { std::memcpy(target, source, count); }
#else
    c10::DataPtr allocate(size_t size) const override { return make(size); }
#endif
    c10::DeleterFnPtr raw_deleter() const override { return &give; }

    static c10::DataPtr make(size_t size) {
        if (size == 0) return {nullptr, nullptr, &give, c10::Device(c10::DeviceType::CPU)};
        void* data = take(size);
        return {data, data, &give, c10::Device(c10::DeviceType::CPU)};
    }
};

PoolAllocator allocator;

// Installed when the shim is loaded, before it makes its first tensor.
struct Install {
    Install() { c10::SetCPUAllocator(&allocator, 1); }
} install;

}  // namespace

void ainim_pool_set_limit(int64_t bytes) {
    Pool& state = pool();
    std::lock_guard<std::mutex> lock(state.mutex);
    state.limit = static_cast<size_t>(bytes < 0 ? 0 : bytes);
    trim(state, state.limit);
}

int64_t ainim_pool_bytes() {
    Pool& state = pool();
    std::lock_guard<std::mutex> lock(state.mutex);
    return static_cast<int64_t>(state.bytes);
}
