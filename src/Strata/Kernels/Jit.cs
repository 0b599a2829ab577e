using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>What kernels ask of the compiler at run time.</summary>
internal static class Jit
{
    /// <summary>A loop over many elements: compiled for speed at once, and by itself. Inlined into its caller, as the compiler likes to do where it
    /// saw many calls, it would share the caller's budget for inlining, and when that ends each operation on a vector becomes a call.</summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
