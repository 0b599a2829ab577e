namespace Strata.Kernels;

/// <summary>The compiled forms of <see cref="MicroKernel{TOps, TVector, T}"/> by rows, vectors and access. Each is compiled on its first call.</summary>
internal static unsafe class MicroKernels<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    const int MaxRows = 12;
    static readonly delegate*<Tile<T>*, void>[] table = Table();

    /// <summary>The kernel for tiles of <paramref name="rows"/> (1 … <see cref="IVectorOps{TVector, T}.TileRows"/>) by <paramref name="vectors"/> (1 or 2).</summary>
    public static delegate*<Tile<T>*, void> Get(int rows, int vectors, bool byRows) =>
        table[(byRows ? 2 * MaxRows : 0) + (vectors - 1) * MaxRows + rows - 1];

    static delegate*<Tile<T>*, void>[] Table()
    {
        var table = new delegate*<Tile<T>*, void>[4 * MaxRows];
        Fill<N1, ByColumns>(table, 0);
        Fill<N2, ByColumns>(table, MaxRows);
        Fill<N1, ByRows>(table, 2 * MaxRows);
        Fill<N2, ByRows>(table, 3 * MaxRows);
        return table;
    }

    static void Fill<TVectors, TAccess>(delegate*<Tile<T>*, void>[] table, int at)
        where TVectors : struct, IConstant
        where TAccess : struct, ITileAccess
    {
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N1, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N2, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N3, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N4, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N5, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N6, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N7, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N8, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N9, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N10, TVectors, TAccess>;
        table[at++] = &MicroKernel<TOps, TVector, T>.Run<N11, TVectors, TAccess>;
        table[at] = &MicroKernel<TOps, TVector, T>.Run<N12, TVectors, TAccess>;
    }
}
