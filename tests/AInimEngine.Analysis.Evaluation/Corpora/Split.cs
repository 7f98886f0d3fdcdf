using System.Security.Cryptography;
using System.Text;

namespace AInimEngine.Analysis.Evaluation.Corpora;

/// <summary>Which tracks may be looked at while parameters are chosen, by a hash of the name: it never changes.</summary>
internal static class Split
{
    /// <summary>Four tracks of ten are held out.</summary>
    internal static bool IsHeldOut(string name) =>
        Convert.ToUInt32(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8], 16) % 100 >= 60;
}
