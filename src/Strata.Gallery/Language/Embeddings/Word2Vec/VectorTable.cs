namespace Strata.Gallery.Language.Embeddings;

/// <summary>Vectors that several threads read and write at once without locks. A row is filled up with zeros to whole vectors of 16 numbers and begins at a multiple of
/// 64 bytes, so that every load and store of the inner loop lies within one cache line.</summary>
internal sealed unsafe class VectorTable
{
    const int Lanes = 16;

    readonly float[] memory; // pinned: the pointer stays good as long as this object lives
    readonly float* first;
    readonly int dimension;

    /// <summary>Rows of zeros.</summary>
    public VectorTable(int rows, int dimension)
    {
        (Rows, this.dimension, Width) = (rows, dimension, (dimension + Lanes - 1) / Lanes * Lanes);
        var size = ((long)rows * Width) + Lanes;
        if (size > Array.MaxLength) throw new StrataException($"Word2Vec: {rows} vectors of {dimension} numbers are more than {Array.MaxLength} numbers; take fewer words or a smaller dimension.");
        memory = GC.AllocateArray<float>((int)size, pinned: true);
        fixed (float* start = memory) first = (float*)(((nuint)start + 63) & ~(nuint)63);
    }

    public int Rows { get; }

    /// <summary>The numbers from one row to the next: the dimension rounded up.</summary>
    public int Width { get; }

    public float* this[int row] => first + ((long)row * Width);

    /// <summary>The vectors [rows, dimension].</summary>
    public Tensor Value
    {
        get
        {
            var values = new float[checked(Rows * dimension)];
            for (var i = 0; i < Rows; i++) new ReadOnlySpan<float>(this[i], dimension).CopyTo(values.AsSpan(i * dimension));
            GC.KeepAlive(memory);
            return Tensor.From(values, [Rows, dimension]);
        }

        set
        {
            var values = value.AsSpan<float>();
            for (var i = 0; i < Rows; i++) values.Slice(i * dimension, dimension).CopyTo(new Span<float>(this[i], dimension));
            GC.KeepAlive(memory);
        }
    }
}
