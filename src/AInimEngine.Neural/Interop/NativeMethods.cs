using System.Reflection;
using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>
/// The C functions of <c>native/ainim_torch.h</c>. A failure is a null handle or a non-zero status, and its reason is the
/// calling thread's <see cref="LastError"/>: see <see cref="TorchException.Check(int)"/>.
/// </summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "ainim_torch";

    /// <summary>Must equal AINIM_ABI of the header.</summary>
    internal const int Abi = 1;

    static NativeMethods() => NativeLibrary.SetDllImportResolver(
        typeof(NativeMethods).Assembly, static (name, _, _) => name == Library ? TorchLibrary.Load() : 0);

    // Library

    [LibraryImport(Library, EntryPoint = "ainim_last_error")]
    private static partial byte* LastErrorText();

    [LibraryImport(Library, EntryPoint = "ainim_version")]
    private static partial byte* VersionText();

    [LibraryImport(Library, EntryPoint = "ainim_config")]
    private static partial byte* ConfigText();

    internal static string LastError() => Marshal.PtrToStringUTF8((nint)LastErrorText()) ?? "";

    internal static string Version() => Marshal.PtrToStringUTF8((nint)VersionText()) ?? "";

    internal static string Config() => Marshal.PtrToStringUTF8((nint)ConfigText()) ?? "";

    [LibraryImport(Library, EntryPoint = "ainim_live_tensors")]
    internal static partial long LiveTensors();

    [LibraryImport(Library, EntryPoint = "ainim_cuda_devices")]
    internal static partial int CudaDevices();

    [LibraryImport(Library, EntryPoint = "ainim_synchronize")]
    internal static partial int Synchronize(int deviceIndex);

    [LibraryImport(Library, EntryPoint = "ainim_threads")]
    internal static partial int Threads();

    [LibraryImport(Library, EntryPoint = "ainim_set_threads")]
    internal static partial int SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "ainim_set_interop_threads")]
    internal static partial int SetInteropThreads(int count);

    [LibraryImport(Library, EntryPoint = "ainim_blas_threads")]
    internal static partial int BlasThreads();

    [LibraryImport(Library, EntryPoint = "ainim_grad_enabled")]
    internal static partial int GradEnabled();

    [LibraryImport(Library, EntryPoint = "ainim_set_grad_enabled")]
    internal static partial void SetGradEnabled(int enabled);

    [LibraryImport(Library, EntryPoint = "ainim_inference_begin")]
    internal static partial nint InferenceBegin();

    [LibraryImport(Library, EntryPoint = "ainim_inference_end")]
    internal static partial void InferenceEnd(nint guard);

    [LibraryImport(Library, EntryPoint = "ainim_set_deterministic")]
    internal static partial int SetDeterministic(int enabled);

    [LibraryImport(Library, EntryPoint = "ainim_autocast")]
    internal static partial int Autocast(int deviceType, ref int enabled, ref int type, int set);

    [LibraryImport(Library, EntryPoint = "ainim_pool_set_limit")]
    internal static partial void PoolSetLimit(long bytes);

    [LibraryImport(Library, EntryPoint = "ainim_pool_bytes")]
    internal static partial long PoolBytes();

    // Random numbers

    [LibraryImport(Library, EntryPoint = "ainim_manual_seed")]
    internal static partial int ManualSeed(ulong seed);

    [LibraryImport(Library, EntryPoint = "ainim_generator_new")]
    internal static partial GeneratorHandle GeneratorNew(int deviceType, int deviceIndex, ulong seed);

    [LibraryImport(Library, EntryPoint = "ainim_generator_seed")]
    internal static partial int GeneratorSeed(GeneratorHandle generator, ulong seed);

    [LibraryImport(Library, EntryPoint = "ainim_generator_state")]
    internal static partial TensorHandle GeneratorState(GeneratorHandle generator);

    [LibraryImport(Library, EntryPoint = "ainim_generator_set_state")]
    internal static partial int GeneratorSetState(GeneratorHandle generator, TensorHandle state);

    [LibraryImport(Library, EntryPoint = "ainim_generator_release")]
    internal static partial void GeneratorRelease(nint generator);

    // Tensors

    [LibraryImport(Library, EntryPoint = "ainim_tensor_copy_of")]
    internal static partial TensorHandle TensorCopyOf(void* data, ScalarType type, long* sizes, int rank);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_borrow")]
    internal static partial TensorHandle TensorBorrow(
        void* data, ScalarType type, long* sizes, long* strides, int rank, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_alias")]
    internal static partial TensorHandle TensorAlias(TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_release")]
    internal static partial void TensorRelease(nint tensor);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_describe")]
    internal static partial int TensorDescribe(TensorHandle tensor, out NativeTensorInfo info);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_shape")]
    internal static partial int TensorShape(TensorHandle tensor, long* sizes, long* strides);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_read")]
    internal static partial int TensorRead(TensorHandle tensor, void* target, long bytes);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_write")]
    internal static partial int TensorWrite(TensorHandle tensor, void* source, long bytes);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_set_requires_grad")]
    internal static partial int TensorSetRequiresGrad(TensorHandle tensor, int requiresGrad);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_grad")]
    internal static partial int TensorGrad(TensorHandle tensor, out nint grad);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_set_grad")]
    internal static partial int TensorSetGrad(TensorHandle tensor, nint grad);

    [LibraryImport(Library, EntryPoint = "ainim_tensor_backward")]
    internal static partial int TensorBackward(TensorHandle tensor, nint gradient, int retainGraph, int createGraph);

    [LibraryImport(Library, EntryPoint = "ainim_grad")]
    internal static partial int Grad(
        nint* outputs, nint* outputGrads, int outputCount, nint* inputs, nint* grads, int inputCount,
        int retainGraph, int createGraph, int allowUnused);

    // Ops

    [LibraryImport(Library, EntryPoint = "ainim_op_find", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint OpFind(string name, string overload);

    [LibraryImport(Library, EntryPoint = "ainim_op_schema")]
    private static partial byte* OpSchemaText(nint op);

    internal static string OpSchema(nint op) => Marshal.PtrToStringUTF8((nint)OpSchemaText(op)) ?? "";

    [LibraryImport(Library, EntryPoint = "ainim_op_returns")]
    internal static partial int OpReturns(nint op);

    [LibraryImport(Library, EntryPoint = "ainim_op_call")]
    internal static partial int OpCall(
        nint op, NativeValue* arguments, int count, NativeValue* results, int capacity, int* returned);

    [LibraryImport(Library, EntryPoint = "ainim_free")]
    internal static partial void Free(nint memory);

    // Programs

    [LibraryImport(Library, EntryPoint = "ainim_program_new")]
    internal static partial ProgramHandle ProgramNew(int keepsGradMode);

    [LibraryImport(Library, EntryPoint = "ainim_program_release")]
    internal static partial void ProgramRelease(nint program);

    [LibraryImport(Library, EntryPoint = "ainim_program_input")]
    internal static partial int ProgramInput(ProgramHandle program, int type, long* sizes, int rank);

    [LibraryImport(Library, EntryPoint = "ainim_program_constant")]
    internal static partial int ProgramConstant(ProgramHandle program, TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "ainim_program_step")]
    internal static partial int ProgramStep(
        ProgramHandle program, nint op, NativeValue* arguments, int count, int* results, int capacity);

    [LibraryImport(Library, EntryPoint = "ainim_program_unpack")]
    internal static partial int ProgramUnpack(ProgramHandle program, int list, int* results, int count);

    [LibraryImport(Library, EntryPoint = "ainim_program_output")]
    internal static partial int ProgramOutput(ProgramHandle program, int slot);

    [LibraryImport(Library, EntryPoint = "ainim_program_finish")]
    internal static partial int ProgramFinish(ProgramHandle program);

    [LibraryImport(Library, EntryPoint = "ainim_program_run")]
    internal static partial int ProgramRun(
        ProgramHandle program, NativeBinding* inputs, int inputCount, NativeBinding* outputs, int outputCount);

    // Benchmarks

    [LibraryImport(Library, EntryPoint = "ainim_bench_op")]
    internal static partial double BenchOp(nint op, NativeValue* arguments, int count, long iterations);

    [LibraryImport(Library, EntryPoint = "ainim_bench_conv2d")]
    internal static partial double BenchConv2d(TensorHandle input, TensorHandle weight, TensorHandle bias, long padding, long iterations);

    [LibraryImport(Library, EntryPoint = "ainim_bench_add")]
    internal static partial double BenchAdd(TensorHandle left, TensorHandle right, long iterations);
}
