using System.Collections.Frozen;

namespace AInimEngine.Neural.Models.Pickles;

/// <summary>
/// The names that a pickle of a model may hold. They are data to us either way; a name that no model needs is a sign that
/// the file is something else, so the reader stops there.
/// </summary>
internal static class PickleGlobals
{
    private static readonly FrozenSet<string> s_allowed = FrozenSet.Create(StringComparer.Ordinal,
    [
        "collections.OrderedDict", "collections.defaultdict",
        "builtins.set", "builtins.frozenset", "builtins.dict", "builtins.list", "builtins.object", "builtins.int", "builtins.float",
        "__builtin__.set", "__builtin__.frozenset", "__builtin__.dict", "__builtin__.list", "__builtin__.object", "__builtin__.int", "__builtin__.float",
        "_codecs.encode", "copyreg._reconstructor", "copy_reg._reconstructor", "argparse.Namespace",
        "pathlib.Path", "pathlib.PosixPath", "pathlib.WindowsPath", "pathlib.PurePosixPath",
        "torch_utils.persistence._reconstruct_persistent_obj", "dnnlib.util.EasyDict", "dnnlib.EasyDict", "dnnlib.tflib.network.Network",
        "torch._utils._rebuild_parameter", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor",
        "torch.storage._load_from_bytes", "torch.Size", "torch.device",
        "torch.FloatStorage", "torch.HalfStorage", "torch.BFloat16Storage", "torch.DoubleStorage", "torch.LongStorage", "torch.IntStorage",
        "torch.ShortStorage", "torch.CharStorage", "torch.ByteStorage", "torch.BoolStorage",
        "torch.float32", "torch.float16", "torch.bfloat16", "torch.float64", "torch.int64", "torch.int32", "torch.int16", "torch.int8", "torch.uint8", "torch.bool",
        "numpy.dtype", "numpy.ndarray",
        "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
        "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct",
    ]);

    /// <summary>Whether a reader goes on after this name.</summary>
    public static bool IsAllowed(PickleGlobal global) => s_allowed.Contains(global.ToString());
}
