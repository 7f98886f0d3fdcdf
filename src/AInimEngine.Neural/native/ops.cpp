// Any op by name, through libtorch's dispatcher.
#include "shim.h"

#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>

using namespace ainim;

ainim_op::ainim_op(c10::OperatorHandle op) : handle(std::move(op)) {
    const c10::FunctionSchema& function = handle.schema();
    name = function.name();
    if (!function.overload_name().empty()) name += "." + function.overload_name();
    schema = c10::toString(function);
    returns = static_cast<int32_t>(function.returns().size());
    for (const c10::Argument& argument : function.arguments()) {
        Parameter parameter;
        parameter.name = argument.name();
        parameter.type = argument.type()->str();
        parameter.want = want_of(argument.type());
        parameter.optional = argument.type()->kind() == c10::TypeKind::OptionalType;
        if (argument.N()) parameter.fixed_length = *argument.N();
        if (argument.default_value()) {
            parameter.has_default = true;
            parameter.default_value = *argument.default_value();
        }
        parameters.push_back(std::move(parameter));
    }
}

c10::IValue ainim_op::argument(const ainim_value* arguments, int32_t count, size_t index) const {
    const Parameter& parameter = parameters[index];
    if (index < static_cast<size_t>(count) && arguments[index].tag != AINIM_DEFAULT) return to_ivalue(arguments[index], parameter);
    if (parameter.has_default) return parameter.default_value;
    if (parameter.optional) return {};
    TORCH_CHECK(false, "argument '", parameter.name, "' of type ", parameter.type, " is missing; schema: ", schema);
}

void ainim_op::fail(const std::string& reason, const std::vector<c10::IValue>& arguments) const {
    std::string text = name + "(";
    for (size_t i = 0; i < arguments.size(); i++) text += (i ? ", " : "") + describe(arguments[i]);
    throw std::runtime_error(text + "): " + reason);
}

ainim_op* ainim_op_find(const char* name, const char* overload) {
    return guarded<ainim_op*>(nullptr, [&]() -> ainim_op* {
        static std::mutex mutex;
        static std::map<std::pair<std::string, std::string>, std::unique_ptr<ainim_op>> found;
        std::lock_guard<std::mutex> lock(mutex);
        std::unique_ptr<ainim_op>& op = found[{name, overload}];
        if (!op) {
            auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
            TORCH_CHECK(handle.has_value(), "libtorch has no op '", name, overload[0] ? "." : "", overload, "'");
            op = std::make_unique<ainim_op>(*handle);
        }
        return op.get();
    });
}

const char* ainim_op_schema(ainim_op* op) { return op->schema.c_str(); }

int32_t ainim_op_returns(ainim_op* op) { return op->returns; }

static void describe_arguments(const ainim_op& op, const ainim_value* arguments, int32_t count, const std::string& reason) {
    std::vector<c10::IValue> values;
    for (size_t i = 0; i < op.parameters.size() && i < static_cast<size_t>(count); i++) {
        try {
            values.push_back(op.argument(arguments, count, i));
        } catch (const std::exception&) {
            values.emplace_back("?");
        }
    }
    op.fail(reason, values);
}

int32_t ainim_op_call(
    ainim_op* op, const ainim_value* arguments, int32_t count, ainim_value* results, int32_t capacity, int32_t* returned) {
    return status([&] {
        static thread_local torch::jit::Stack stack;
        stack.clear();
        try {
            TORCH_CHECK(static_cast<size_t>(count) <= op->parameters.size(),
                "takes ", op->parameters.size(), " arguments, not ", count, "; schema: ", op->schema);
            for (size_t i = 0; i < op->parameters.size(); i++) stack.push_back(op->argument(arguments, count, i));
            op->handle.callBoxed(stack);
            TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), "returns ", stack.size(), " values, room for ", capacity);
            *returned = static_cast<int32_t>(stack.size());
            for (size_t i = 0; i < stack.size(); i++) results[i] = from_ivalue(std::move(stack[i]));
            stack.clear();
        } catch (const c10::Error& error) {
            stack.clear();
            describe_arguments(*op, arguments, count, message_of(error));
        } catch (const std::exception& error) {
            stack.clear();
            describe_arguments(*op, arguments, count, error.what());
        }
    });
}

void ainim_free(void* memory) { std::free(memory); }
