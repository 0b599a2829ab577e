using System.Runtime.InteropServices;

namespace Strata.Memory;

/// <summary>Asks Linux to back large blocks by pages of 2 MiB. A matrix product walks many rows at once, each on pages of its own, and with pages of
/// 4 KiB it waits for their addresses some 6 % of the time. Where there is no such call, blocks are as the system gives them.</summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes in a page.</summary>
    public const int Size = 2 << 20;

    const int Advice = 14; // MADV_HUGEPAGE of Linux's <asm-generic/mman-common.h>

    static bool missing = !OperatingSystem.IsLinux();

    /// <summary>The alignment for a block of <paramref name="bytes"/>: a page's, where the block is large enough to gain, else <paramref name="least"/>.</summary>
    public static nuint Alignment(nuint bytes, nuint least) => bytes >= Size && !missing ? Size : least;

    /// <summary>Advises the system of a block that is not yet written to.</summary>
    public static void Advise(void* block, nuint bytes)
    {
        if (missing || bytes < Size) return;
        try
        {
            _ = Madvise(block, bytes & ~(nuint)(Size - 1), Advice); // whether it is heeded is the system's business
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            missing = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* block, nuint bytes, int advice);
}
