// Tagged values to IValues and back, checked against the schema so that a wrong kind is an error and never a crash.
#include "shim.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace ainim {

Want want_of(const c10::TypePtr& type) {
    switch (type->kind()) {
        case c10::TypeKind::OptionalType: return want_of(type->castRaw<c10::OptionalType>()->getElementType());
        case c10::TypeKind::TensorType: return Want::Tensor;
        case c10::TypeKind::FloatType: return Want::Double;
        case c10::TypeKind::NumberType: return Want::Number;
        case c10::TypeKind::BoolType: return Want::Bool;
        case c10::TypeKind::StringType: return Want::String;
        case c10::TypeKind::DeviceObjType: return Want::Device;
        case c10::TypeKind::GeneratorType: return Want::Generator;
        case c10::TypeKind::IntType:
        case c10::TypeKind::SymIntType:
        case c10::TypeKind::ScalarTypeType:
        case c10::TypeKind::LayoutType:
        case c10::TypeKind::MemoryFormatType: return Want::Int;
        case c10::TypeKind::ListType: {
            const c10::TypePtr element = type->castRaw<c10::ListType>()->getElementType();
            if (element->kind() == c10::TypeKind::OptionalType)
                return want_of(element) == Want::Tensor ? Want::OptionalTensors : Want::Other;
            switch (want_of(element)) {
                case Want::Tensor: return Want::Tensors;
                case Want::Int: return Want::Ints;
                case Want::Double: return Want::Doubles;
                case Want::Bool: return Want::Bools;
                default: return Want::Other;
            }
        }
        default: return Want::Other;
    }
}

static const char* name_of(int32_t tag) {
    static const char* const names[] = {"default", "None", "Tensor", "int", "float", "bool", "int[]", "float[]",
                                        "bool[]", "Tensor[]", "str", "Device", "Generator", "slot", "slot[]"};
    return tag >= 0 && tag <= AINIM_SLOTS ? names[tag] : "an unknown tag";
}

template <class Item> static c10::IValue list_of(const ainim_value& value, const Item* items) {
    c10::List<Item> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) list.push_back(items[i]);
    return list;
}

static c10::IValue tensors_of(const ainim_value& value, bool optional) {
    auto* handles = static_cast<ainim_tensor* const*>(value.pointer);
    if (optional) {
        c10::List<OptionalTensor> list;
        list.reserve(value.count);
        for (int32_t i = 0; i < value.count; i++)
            list.push_back(handles[i] ? OptionalTensor(handles[i]->value) : OptionalTensor());
        return list;
    }
    c10::List<at::Tensor> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) list.push_back(tensor_of(handles[i]));
    return list;
}

c10::IValue to_ivalue(const ainim_value& value, const Parameter& parameter) {
    const Want want = parameter.want;
    switch (value.tag) {
        case AINIM_NONE:
            if (parameter.optional) return {};
            break;
        case AINIM_TENSOR:
            if (want == Want::Tensor) return tensor_of(static_cast<ainim_tensor*>(value.pointer));
            break;
        case AINIM_INT:
            if (want == Want::Int || want == Want::Number) return value.integer;
            if (want == Want::Double) return static_cast<double>(value.integer);
            if (want == Want::Ints) return std::vector<int64_t>(std::max(parameter.fixed_length, 1), value.integer);
            break;
        case AINIM_DOUBLE:
            if (want == Want::Double || want == Want::Number) return value.number;
            break;
        case AINIM_BOOL:
            if (want == Want::Bool || want == Want::Number) return value.integer != 0;
            break;
        case AINIM_INTS: {
            auto* items = static_cast<const int64_t*>(value.pointer);
            if (want == Want::Ints) return std::vector<int64_t>(items, items + value.count);
            if (want == Want::Doubles) return std::vector<double>(items, items + value.count);
            break;
        }
        case AINIM_DOUBLES:
            if (want == Want::Doubles) return list_of(value, static_cast<const double*>(value.pointer));
            break;
        case AINIM_BOOLS:
            if (want == Want::Bools) {
                c10::List<bool> list;
                for (int32_t i = 0; i < value.count; i++) list.push_back(static_cast<const uint8_t*>(value.pointer)[i] != 0);
                return list;
            }
            break;
        case AINIM_TENSORS:
            if (want == Want::Tensors || want == Want::OptionalTensors) return tensors_of(value, want == Want::OptionalTensors);
            break;
        case AINIM_STRING:
            if (want == Want::String) return std::string(static_cast<const char*>(value.pointer), value.count);
            break;
        case AINIM_DEVICE:
            if (want == Want::Device)
                return c10::Device(static_cast<c10::DeviceType>(value.integer >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.integer)));
            break;
        case AINIM_GENERATOR:
            if (want == Want::Generator) return static_cast<ainim_generator*>(value.pointer)->value;
            break;
        default:
            break;
    }
    TORCH_CHECK(false, "argument '", parameter.name, "' takes ", parameter.type, ", not ", name_of(value.tag));
}

ainim_value from_ivalue(c10::IValue&& value) {
    ainim_value result{};
    if (value.isTensor()) {
        result.tag = AINIM_TENSOR;
        result.pointer = own(std::move(value).toTensor());
        if (!result.pointer) result.tag = AINIM_NONE;
    } else if (value.isInt()) {
        result.tag = AINIM_INT;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.tag = AINIM_DOUBLE;
        result.number = value.toDouble();
    } else if (value.isBool()) {
        result.tag = AINIM_BOOL;
        result.integer = value.toBool();
    } else if (value.isTensorList()) {
        c10::List<at::Tensor> list = std::move(value).toTensorList();
        auto** handles = static_cast<ainim_tensor**>(std::malloc(sizeof(ainim_tensor*) * (list.size() + 1)));
        for (size_t i = 0; i < list.size(); i++) handles[i] = own(list.get(i));
        result.tag = AINIM_TENSORS;
        result.count = static_cast<int32_t>(list.size());
        result.pointer = handles;
    } else {
        TORCH_CHECK(value.isNone(), "a result of type ", value.tagKind(), " has no managed form");
        result.tag = AINIM_NONE;
    }
    return result;
}

std::string describe(const at::Tensor& tensor) {
    if (!tensor.defined()) return "None";
    std::ostringstream text;
    text << c10::toString(tensor.scalar_type()) << tensor.sizes();
    if (!tensor.device().is_cpu()) text << "@" << tensor.device();
    return text.str();
}

std::string describe(const c10::IValue& value) {
    if (value.isTensor()) return describe(value.toTensor());
    if (value.isNone()) return "None";
    if (value.isTensorList()) {
        std::string text = "[";
        for (const at::Tensor& tensor : value.toTensorVector()) text += (text.size() > 1 ? ", " : "") + describe(tensor);
        return text + "]";
    }
    if (value.isString()) return "'" + value.toStringRef() + "'";
    if (value.isInt() || value.isDouble() || value.isBool() || value.isIntList() || value.isDoubleList() || value.isBoolList() || value.isDevice()) {
        std::ostringstream text;
        text << value;
        return text.str();
    }
    return value.tagKind();
}

}  // namespace ainim
