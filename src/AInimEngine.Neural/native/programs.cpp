// Op programs: a sequence of calls over slots, recorded once, run by one native call.
#include "shim.h"

#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/ops/from_blob.h>

#include <atomic>
#include <memory>

using namespace ainim;

namespace {

struct Operand {
    c10::IValue constant;
    int32_t slot = -1;           // one slot
    std::vector<int32_t> slots;  // a list of slots; -1 is None
    Want want = Want::Other;
};

struct Step {
    ainim_op* op;  // null: unpack the list in operands[0]
    std::vector<Operand> operands;
    std::vector<int32_t> results;
    std::vector<int32_t> dead;  // slots read here for the last time, or never
};

struct Input {
    int32_t slot;
    int32_t dtype;  // -1: any
    bool has_shape;
    std::vector<int64_t> sizes;  // -1: any
};

}  // namespace

struct ainim_program {
    std::vector<c10::IValue> slots;
    std::vector<uint8_t> permanent;  // constants and inputs' places
    std::vector<Input> inputs;
    std::vector<int32_t> outputs;
    std::vector<Step> steps;
    torch::jit::Stack stack;
    std::atomic_flag running = ATOMIC_FLAG_INIT;
    bool keeps_grad_mode = false;
    bool finished = false;

    int32_t add_slot(bool is_permanent) {
        slots.emplace_back();
        permanent.push_back(is_permanent);
        return static_cast<int32_t>(slots.size()) - 1;
    }

    void check_slot(int64_t slot) const {
        TORCH_CHECK(slot >= 0 && slot < static_cast<int64_t>(slots.size()), "slot ", slot, " is not of this program");
    }

    void check_open() const { TORCH_CHECK(!finished, "the program is finished and takes no more steps"); }
};

ainim_program* ainim_program_new(int32_t keeps_grad_mode) {
    return guarded<ainim_program*>(nullptr, [&] {
        auto program = std::make_unique<ainim_program>();
        program->keeps_grad_mode = keeps_grad_mode != 0;
        return program.release();
    });
}

void ainim_program_release(ainim_program* program) { delete program; }

int32_t ainim_program_input(ainim_program* program, int32_t dtype, const int64_t* sizes, int32_t rank) {
    return guarded<int32_t>(-1, [&] {
        program->check_open();
        Input input{program->add_slot(false), dtype, rank >= 0, {}};
        if (rank > 0) input.sizes.assign(sizes, sizes + rank);
        program->inputs.push_back(input);
        return input.slot;
    });
}

int32_t ainim_program_constant(ainim_program* program, ainim_tensor* tensor) {
    return guarded<int32_t>(-1, [&] {
        program->check_open();
        const int32_t slot = program->add_slot(true);
        program->slots[slot] = tensor_of(tensor);
        return slot;
    });
}

static Operand operand_of(const ainim_program& program, const ainim_op& op, const ainim_value* arguments, int32_t count, size_t index) {
    Operand operand;
    operand.want = op.parameters[index].want;
    const int32_t tag = index < static_cast<size_t>(count) ? arguments[index].tag : AINIM_DEFAULT;
    if (tag == AINIM_SLOT) {
        program.check_slot(arguments[index].integer);
        operand.slot = static_cast<int32_t>(arguments[index].integer);
    } else if (tag == AINIM_SLOTS) {
        TORCH_CHECK(operand.want == Want::Tensors || operand.want == Want::OptionalTensors,
            "argument '", op.parameters[index].name, "' takes ", op.parameters[index].type, ", not slot[]");
        auto* slots = static_cast<const int32_t*>(arguments[index].pointer);
        operand.slots.assign(slots, slots + arguments[index].count);
        for (int32_t slot : operand.slots)
            if (slot != -1) program.check_slot(slot);
    } else {
        operand.constant = op.argument(arguments, count, index);
    }
    return operand;
}

int32_t ainim_program_step(
    ainim_program* program, ainim_op* op, const ainim_value* arguments, int32_t count, int32_t* results, int32_t capacity) {
    return guarded<int32_t>(-1, [&] {
        program->check_open();
        TORCH_CHECK(static_cast<size_t>(count) <= op->parameters.size(), op->name, " takes ", op->parameters.size(),
            " arguments, not ", count, "; schema: ", op->schema);
        TORCH_CHECK(op->returns <= capacity, op->name, " returns ", op->returns, " values, room for ", capacity);
        Step step{op, {}, {}, {}};
        for (size_t i = 0; i < op->parameters.size(); i++) {
            try {
                step.operands.push_back(operand_of(*program, *op, arguments, count, i));
            } catch (const c10::Error& error) {
                throw std::runtime_error(op->name + ": " + message_of(error));
            }
        }
        for (int32_t i = 0; i < op->returns; i++) step.results.push_back(results[i] = program->add_slot(false));
        program->steps.push_back(std::move(step));
        return op->returns;
    });
}

int32_t ainim_program_unpack(ainim_program* program, int32_t list, int32_t* results, int32_t count) {
    return status([&] {
        program->check_open();
        program->check_slot(list);
        Step step{nullptr, {}, {}, {}};
        step.operands.emplace_back();
        step.operands[0].slot = list;
        for (int32_t i = 0; i < count; i++) step.results.push_back(results[i] = program->add_slot(false));
        program->steps.push_back(std::move(step));
    });
}

int32_t ainim_program_output(ainim_program* program, int32_t slot) {
    return status([&] {
        program->check_open();
        program->check_slot(slot);
        program->outputs.push_back(slot);
    });
}

int32_t ainim_program_finish(ainim_program* program) {
    return status([&] {
        program->check_open();
        // Walking backwards, the first reader met is the last one to run: there the slot is freed.
        std::vector<uint8_t> needed = program->permanent;
        for (int32_t slot : program->outputs) needed[slot] = 1;
        for (size_t i = program->steps.size(); i-- > 0;) {
            Step& step = program->steps[i];
            const auto visit = [&](int32_t slot) {
                if (slot < 0 || needed[slot]) return;
                needed[slot] = 1;
                step.dead.push_back(slot);
            };
            for (int32_t slot : step.results) visit(slot);
            for (const Operand& operand : step.operands) {
                visit(operand.slot);
                for (int32_t slot : operand.slots) visit(slot);
            }
        }
        program->stack.reserve(32);
        program->finished = true;
    });
}

static at::Tensor bound_input(const Input& input, const ainim_binding& binding, size_t index) {
    if (binding.tensor) {
        const at::Tensor& tensor = binding.tensor->value;
        bool fits = (input.dtype < 0 || static_cast<int32_t>(tensor.scalar_type()) == input.dtype)
            && (!input.has_shape || static_cast<size_t>(tensor.dim()) == input.sizes.size());
        for (size_t i = 0; fits && i < input.sizes.size(); i++) fits = input.sizes[i] < 0 || tensor.size(i) == input.sizes[i];
        TORCH_CHECK(fits, "input ", index, " takes ", input.dtype < 0 ? "any type " : c10::toString(static_cast<at::ScalarType>(input.dtype)),
            at::IntArrayRef(input.sizes), ", not ", describe(tensor));
        return tensor;
    }
    TORCH_CHECK(binding.data, "input ", index, " is bound to nothing");
    TORCH_CHECK(input.dtype >= 0 && input.has_shape, "input ", index, " has no declared type and shape, so it takes a tensor, not memory");
    at::Tensor view = at::from_blob(binding.data, input.sizes, at::TensorOptions().dtype(static_cast<at::ScalarType>(input.dtype)));
    TORCH_CHECK(static_cast<int64_t>(view.nbytes()) == binding.bytes,
        "input ", index, " ", describe(view), " takes ", view.nbytes(), " bytes, not ", binding.bytes);
    return view;
}

static void deliver(const c10::IValue& value, ainim_binding& binding, size_t index) {
    TORCH_CHECK(value.isTensor(), "output ", index, " is not a tensor");
    const at::Tensor& tensor = value.toTensor();
    if (binding.tensor) {
        TORCH_CHECK(binding.tensor->value.sizes() == tensor.sizes(),
            "output ", index, " is ", describe(tensor), ", the tensor given ", describe(binding.tensor->value));
        binding.tensor->value.copy_(tensor);
    } else if (binding.data) {
        const auto dtype = binding.dtype < 0 ? tensor.scalar_type() : static_cast<at::ScalarType>(binding.dtype);
        at::Tensor target = at::from_blob(binding.data, tensor.sizes(), at::TensorOptions().dtype(dtype));
        TORCH_CHECK(static_cast<int64_t>(target.nbytes()) == binding.bytes,
            "output ", index, " ", describe(target), " takes ", target.nbytes(), " bytes, the memory given has ", binding.bytes);
        target.copy_(tensor);
    } else {
        binding.tensor = own(tensor);
    }
}

static c10::IValue list_of_slots(const ainim_program& program, const Operand& operand) {
    if (operand.want == Want::OptionalTensors) {
        c10::List<OptionalTensor> list;
        list.reserve(operand.slots.size());
        for (int32_t slot : operand.slots)
            list.push_back(slot < 0 ? OptionalTensor() : OptionalTensor(program.slots[slot].toTensor()));
        return list;
    }
    c10::List<at::Tensor> list;
    list.reserve(operand.slots.size());
    for (int32_t slot : operand.slots) list.push_back(program.slots[slot].toTensor());
    return list;
}

static void run_step(ainim_program& program, const Step& step) {
    torch::jit::Stack& stack = program.stack;
    if (!step.op) {
        const c10::List<at::Tensor> list = program.slots[step.operands[0].slot].toTensorList();
        TORCH_CHECK(list.size() == step.results.size(), "a list of ", list.size(), " tensors was unpacked into ", step.results.size());
        for (size_t i = 0; i < list.size(); i++) program.slots[step.results[i]] = list.get(i);
    } else {
        stack.clear();
        for (const Operand& operand : step.operands) {
            if (operand.slot >= 0)
                stack.push_back(program.slots[operand.slot]);
            else if (!operand.slots.empty())
                stack.push_back(list_of_slots(program, operand));
            else
                stack.push_back(operand.constant);
        }
        step.op->handle.callBoxed(stack);
        for (size_t i = 0; i < step.results.size(); i++) program.slots[step.results[i]] = std::move(stack[i]);
        stack.clear();
    }
    for (int32_t slot : step.dead) program.slots[slot] = c10::IValue();
}

static void run_steps(ainim_program& program) {
    for (size_t i = 0; i < program.steps.size(); i++) {
        const Step& step = program.steps[i];
        std::string reason;
        try {
            run_step(program, step);
            continue;
        } catch (const c10::Error& error) {
            reason = message_of(error);
        } catch (const std::exception& error) {
            reason = error.what();
        }
        reason = "step " + std::to_string(i + 1) + " of " + std::to_string(program.steps.size()) + ": " + reason;
        if (!step.op) throw std::runtime_error(reason);
        std::vector<c10::IValue> arguments;
        for (const Operand& operand : step.operands)
            arguments.push_back(operand.slot >= 0 ? program.slots[operand.slot]
                : !operand.slots.empty() ? list_of_slots(program, operand) : operand.constant);
        step.op->fail(reason, arguments);
    }
}

int32_t ainim_program_run(
    ainim_program* program, const ainim_binding* inputs, int32_t input_count, ainim_binding* outputs, int32_t output_count) {
    return status([&] {
        TORCH_CHECK(program->finished, "the program is not finished");
        TORCH_CHECK(static_cast<size_t>(input_count) == program->inputs.size(), "the program takes ", program->inputs.size(), " inputs, not ", input_count);
        TORCH_CHECK(static_cast<size_t>(output_count) == program->outputs.size(), "the program has ", program->outputs.size(), " outputs, not ", output_count);
        TORCH_CHECK(!program->running.test_and_set(), "the program is already running on another thread");
        struct Cleanup {
            ainim_program* program;
            ~Cleanup() {
                for (size_t i = 0; i < program->slots.size(); i++)
                    if (!program->permanent[i]) program->slots[i] = c10::IValue();
                program->stack.clear();
                program->running.clear();
            }
        } cleanup{program};

        const auto body = [&] {
            for (size_t i = 0; i < program->inputs.size(); i++)
                program->slots[program->inputs[i].slot] = bound_input(program->inputs[i], inputs[i], i);
            run_steps(*program);
            for (size_t i = 0; i < program->outputs.size(); i++) deliver(program->slots[program->outputs[i]], outputs[i], i);
        };
        if (program->keeps_grad_mode) {
            body();
        } else {
            // Below autograd: no graph, no version counters; results are ordinary tensors, unlike under InferenceMode.
            at::AutoDispatchBelowADInplaceOrView below_autograd;
            body();
        }
    });
}
