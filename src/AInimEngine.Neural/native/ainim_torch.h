// The C surface of libtorch that AInimEngine binds: tensors, any op by name, op programs, library state.
// Every function that can fail returns a null handle or a non-zero status and leaves its reason in ainim_last_error().
// Handles are owned by the caller and released by the matching *_release function, from any thread.
#pragma once
#include <cstdint>

#define AINIM_API extern "C" __attribute__((visibility("default")))

// Raised when a signature or a structure below changes; the managed side refuses another number.
#define AINIM_ABI 1

typedef struct ainim_tensor ainim_tensor;
typedef struct ainim_op ainim_op;
typedef struct ainim_program ainim_program;
typedef struct ainim_generator ainim_generator;

enum ainim_tag : int32_t {
    AINIM_DEFAULT = 0,     // what the schema says
    AINIM_NONE = 1,
    AINIM_TENSOR = 2,      // handle
    AINIM_INT = 3,         // also dtype, layout and memory format
    AINIM_DOUBLE = 4,
    AINIM_BOOL = 5,
    AINIM_INTS = 6,        // int64_t[count]
    AINIM_DOUBLES = 7,     // double[count]
    AINIM_BOOLS = 8,       // uint8_t[count]
    AINIM_TENSORS = 9,     // ainim_tensor*[count]; null means None where the schema allows it
    AINIM_STRING = 10,     // UTF-8, count bytes
    AINIM_DEVICE = 11,     // integer = type << 32 | (uint32_t)index
    AINIM_GENERATOR = 12,  // handle
    AINIM_SLOT = 13,       // programs only: integer = slot
    AINIM_SLOTS = 14,      // programs only: int32_t[count], -1 means None
};

typedef struct ainim_value {
    int32_t tag;
    int32_t count;
    union {
        int64_t integer;
        double number;
        void* pointer;
    };
} ainim_value;

typedef struct ainim_tensor_info {
    void* data;
    int64_t numel;
    int64_t element_size;
    int32_t rank;
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t requires_grad;
    int32_t is_contiguous;
    int32_t is_channels_last;
    int32_t is_leaf;
} ainim_tensor_info;

// What a program's input or output is bound to for one run: a tensor, or plain CPU memory, or (outputs only) nothing,
// and then the run stores a new handle in `tensor`.
typedef struct ainim_binding {
    ainim_tensor* tensor;
    void* data;
    int64_t bytes;
    int32_t dtype;
    int32_t reserved;
} ainim_binding;

// Library
AINIM_API int32_t ainim_abi();
AINIM_API const char* ainim_last_error();
AINIM_API const char* ainim_version();
AINIM_API const char* ainim_config();
AINIM_API int64_t ainim_live_tensors();
AINIM_API int32_t ainim_cuda_devices();
AINIM_API int32_t ainim_synchronize(int32_t device_index);
AINIM_API int32_t ainim_threads();
AINIM_API int32_t ainim_set_threads(int32_t count);
AINIM_API int32_t ainim_set_interop_threads(int32_t count);
AINIM_API int32_t ainim_blas_threads();
AINIM_API int32_t ainim_grad_enabled();
AINIM_API void ainim_set_grad_enabled(int32_t enabled);
AINIM_API void* ainim_inference_begin();
AINIM_API void ainim_inference_end(void* guard);
AINIM_API int32_t ainim_set_deterministic(int32_t enabled);
AINIM_API int32_t ainim_autocast(int32_t device_type, int32_t* enabled, int32_t* dtype, int32_t set);
AINIM_API void ainim_pool_set_limit(int64_t bytes);
AINIM_API int64_t ainim_pool_bytes();

// Random numbers
AINIM_API int32_t ainim_manual_seed(uint64_t seed);
AINIM_API ainim_generator* ainim_generator_new(int32_t device_type, int32_t device_index, uint64_t seed);
AINIM_API int32_t ainim_generator_seed(ainim_generator* generator, uint64_t seed);
AINIM_API ainim_tensor* ainim_generator_state(ainim_generator* generator);
AINIM_API int32_t ainim_generator_set_state(ainim_generator* generator, ainim_tensor* state);
AINIM_API void ainim_generator_release(ainim_generator* generator);

// Tensors
AINIM_API ainim_tensor* ainim_tensor_copy_of(const void* data, int32_t dtype, const int64_t* sizes, int32_t rank);
AINIM_API ainim_tensor* ainim_tensor_borrow(
    void* data, int32_t dtype, const int64_t* sizes, const int64_t* strides, int32_t rank,
    void (*release)(void*), void* context);
AINIM_API ainim_tensor* ainim_tensor_alias(ainim_tensor* tensor);
AINIM_API void ainim_tensor_release(ainim_tensor* tensor);
AINIM_API int32_t ainim_tensor_describe(ainim_tensor* tensor, ainim_tensor_info* info);
AINIM_API int32_t ainim_tensor_shape(ainim_tensor* tensor, int64_t* sizes, int64_t* strides);
AINIM_API int32_t ainim_tensor_read(ainim_tensor* tensor, void* target, int64_t bytes);
AINIM_API int32_t ainim_tensor_write(ainim_tensor* tensor, const void* source, int64_t bytes);
AINIM_API int32_t ainim_tensor_set_requires_grad(ainim_tensor* tensor, int32_t requires_grad);
AINIM_API int32_t ainim_tensor_grad(ainim_tensor* tensor, ainim_tensor** grad);
AINIM_API int32_t ainim_tensor_set_grad(ainim_tensor* tensor, ainim_tensor* grad);
AINIM_API int32_t ainim_tensor_backward(ainim_tensor* tensor, ainim_tensor* gradient, int32_t retain_graph, int32_t create_graph);
AINIM_API int32_t ainim_grad(
    ainim_tensor* const* outputs, ainim_tensor* const* output_grads, int32_t output_count,
    ainim_tensor* const* inputs, ainim_tensor** grads, int32_t input_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused);

// Ops. An op is resolved once and lives as long as the process.
AINIM_API ainim_op* ainim_op_find(const char* name, const char* overload);
AINIM_API const char* ainim_op_schema(ainim_op* op);
AINIM_API int32_t ainim_op_returns(ainim_op* op);
// Results of tag TENSORS carry an array that ainim_free takes back; the tensors in it are the caller's.
AINIM_API int32_t ainim_op_call(
    ainim_op* op, const ainim_value* arguments, int32_t count, ainim_value* results, int32_t capacity, int32_t* returned);
AINIM_API void ainim_free(void* memory);

// Programs
AINIM_API ainim_program* ainim_program_new(int32_t keeps_grad_mode);
AINIM_API void ainim_program_release(ainim_program* program);
AINIM_API int32_t ainim_program_input(ainim_program* program, int32_t dtype, const int64_t* sizes, int32_t rank);
AINIM_API int32_t ainim_program_constant(ainim_program* program, ainim_tensor* tensor);
AINIM_API int32_t ainim_program_step(
    ainim_program* program, ainim_op* op, const ainim_value* arguments, int32_t count, int32_t* results, int32_t capacity);
AINIM_API int32_t ainim_program_unpack(ainim_program* program, int32_t list, int32_t* results, int32_t count);
AINIM_API int32_t ainim_program_output(ainim_program* program, int32_t slot);
AINIM_API int32_t ainim_program_finish(ainim_program* program);
AINIM_API int32_t ainim_program_run(
    ainim_program* program, const ainim_binding* inputs, int32_t input_count, ainim_binding* outputs, int32_t output_count);

// Benchmarks: the same work without the managed side.
AINIM_API double ainim_bench_op(ainim_op* op, const ainim_value* arguments, int32_t count, int64_t iterations);
AINIM_API double ainim_bench_conv2d(
    ainim_tensor* input, ainim_tensor* weight, ainim_tensor* bias, int64_t padding, int64_t iterations);
AINIM_API double ainim_bench_add(ainim_tensor* left, ainim_tensor* right, int64_t iterations);
