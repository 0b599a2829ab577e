using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Games;

/// <summary>Fills planes laid out channels last.</summary>
readonly ref struct PlaneWriter
{
    readonly Span<float> planes;
    readonly int count;

    public PlaneWriter(IPlanes shape, Span<float> planes)
    {
        Check(shape, planes);
        this.planes = planes;
        count = shape.PlaneCount;
        planes.Clear();
    }

    /// <summary>Sets one square of one plane to 1.</summary>
    public void Set(int square, int plane) => planes[square * count + plane] = 1;

    /// <summary>Sets a whole plane to a value.</summary>
    public void Fill(int plane, float value)
    {
        for (var i = plane; i < planes.Length && value != 0; i += count) planes[i] = value;
    }

    /// <summary>Sets all planes of all squares, 8 … 32 planes, those of a square to the bits of its number.</summary>
    public static void SetAll(IPlanes shape, Span<float> planes, ReadOnlySpan<int> bits)
    {
        Check(shape, planes);
        if (shape.PlaneCount is < 8 or > 32) throw new ArgumentException($"WritePlanes: bits are for 8 … 32 planes, not {shape.PlaneCount}.");
        var places = Vector256.Create(1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7);
        var (count, last) = (shape.PlaneCount, shape.PlaneCount - Vector256<int>.Count);
        ref var square = ref MemoryMarshal.GetReference(planes); // as many as there are bits
        foreach (var its in bits[..(planes.Length / count)])
        {
            for (var plane = 0; plane < last; plane += Vector256<int>.Count) Eight(its, plane, ref square);
            Eight(its, last, ref square); // some of which may have been set
            square = ref Unsafe.Add(ref square, count);
        }

        void Eight(int its, int plane, ref float square)
        {
            var isSet = Vector256.Equals(Vector256.Create(its >> plane) & places, places);
            (isSet.AsSingle() & Vector256<float>.One).StoreUnsafe(ref square, (nuint)plane);
        }
    }

    static void Check(IPlanes shape, Span<float> planes)
    {
        if (planes.Length != shape.Height * shape.Width * shape.PlaneCount)
            throw new ArgumentException($"WritePlanes: [{shape.Height}, {shape.Width}, {shape.PlaneCount}] needs {shape.Height * shape.Width * shape.PlaneCount} elements, not {planes.Length}.");
    }
}
