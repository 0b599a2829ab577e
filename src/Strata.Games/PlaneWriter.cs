using System.Runtime.Intrinsics;

namespace Strata.Games;

/// <summary>Fills planes laid out channels last.</summary>
readonly ref struct PlaneWriter
{
    readonly Span<float> planes;
    readonly int count;

    public PlaneWriter(IPlanes shape, Span<float> planes)
    {
        if (planes.Length != shape.Height * shape.Width * shape.PlaneCount)
            throw new ArgumentException($"WritePlanes: [{shape.Height}, {shape.Width}, {shape.PlaneCount}] needs {shape.Height * shape.Width * shape.PlaneCount} elements, not {planes.Length}.");
        this.planes = planes;
        count = shape.PlaneCount;
        planes.Clear();
    }

    /// <summary>Sets one square of one plane to 1.</summary>
    public void Set(int square, int plane) => planes[square * count + plane] = 1;

    /// <summary>Sets one square of the first sixteen planes, each to its bit.</summary>
    public void SetBits(int square, int bits)
    {
        var own = Vector512.Create(1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);
        var isSet = Vector512.Equals(Vector512.Create(bits) & own, own);
        (isSet.AsSingle() & Vector512<float>.One).CopyTo(planes[(square * count)..]);
    }

    /// <summary>Sets a whole plane to a value.</summary>
    public void Fill(int plane, float value)
    {
        for (var i = plane; i < planes.Length && value != 0; i += count) planes[i] = value;
    }
}
