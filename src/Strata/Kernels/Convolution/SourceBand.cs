namespace Strata.Kernels;

/// <summary>The source rows that a few rows of the target need: in place where all of them exist, else copied with zeros around, so that the
/// loops over pixels know no border.</summary>
internal readonly unsafe struct SourceBand<T>
    where T : unmanaged
{
    /// <summary>The first source element of position (0, 0) of the band, with the first tap of each axis.</summary>
    public readonly T* Origin;

    /// <summary>Elements from one row of the source to the next.</summary>
    public readonly nint RowPitch;

    /// <summary>Elements from the plane of one tap along z to the next.</summary>
    public readonly nint PlanePitch;

    SourceBand(T* origin, nint rowPitch, nint planePitch)
    {
        Origin = origin;
        RowPitch = rowPitch;
        PlanePitch = planePitch;
    }

    /// <summary>The band of position <paramref name="z"/> and positions <paramref name="y"/> … + <paramref name="rows"/> − 1 of an image. A copy goes to
    /// <paramref name="room"/>, of <see cref="Size"/> elements; <paramref name="copy"/> asks for one in any case.</summary>
    public static SourceBand<T> Of(T* image, Spatial size, int channels, AxisTaps zTaps, AxisTaps yTaps, AxisTaps xTaps, int z, int y, int rows, T* room, bool copy = false)
    {
        var z0 = z * zTaps.SourceStride + zTaps.FirstOffset;
        var y0 = y * yTaps.SourceStride + yTaps.FirstOffset;
        var x0 = xTaps.FirstOffset;
        var (reachZ, reachY, reachX) = (zTaps.Reach(1), yTaps.Reach(rows), xTaps.Reach(xTaps.Positions));
        var pixelRow = (nint)size.Width * channels;
        if (!copy && z0 >= 0 && z0 + reachZ <= size.Depth && y0 >= 0 && y0 + reachY <= size.Height && x0 >= 0 && x0 + reachX <= size.Width)
            return new(image + ((nint)z0 * size.Height + y0) * pixelRow + (nint)x0 * channels, pixelRow, zTaps.OffsetStep * size.Height * pixelRow);

        var width = (nint)reachX * channels;
        var planes = Math.Max(1, zTaps.Taps);
        var from = Math.Clamp(-x0, 0, reachX); // the part of a row that exists
        var to = Math.Clamp(size.Width - x0, from, reachX);
        var target = room;
        for (var plane = 0; plane < planes; plane++)
        {
            var sz = z0 + plane * zTaps.OffsetStep;
            for (var row = 0; row < reachY; row++, target += width)
            {
                var sy = y0 + row;
                if (sz < 0 || sz >= size.Depth || sy < 0 || sy >= size.Height || from == to)
                {
                    new Span<T>(target, (int)width).Clear();
                    continue;
                }

                new Span<T>(target, from * channels).Clear();
                var source = image + ((nint)sz * size.Height + sy) * pixelRow + ((nint)x0 + from) * channels;
                new ReadOnlySpan<T>(source, (to - from) * channels).CopyTo(new(target + (nint)from * channels, (to - from) * channels));
                new Span<T>(target + (nint)to * channels, (reachX - to) * channels).Clear();
            }
        }

        return new(room, width, reachY * width);
    }

    /// <summary>Elements that a band of <paramref name="rows"/> takes when copied.</summary>
    public static long Size(int channels, AxisTaps zTaps, AxisTaps yTaps, AxisTaps xTaps, int rows) =>
        (long)Math.Max(1, zTaps.Taps) * yTaps.Reach(rows) * xTaps.Reach(xTaps.Positions) * channels;

    /// <summary>How many rows of the target a band should hold so that its source stays in the second-level cache.</summary>
    public static int Rows(int channels, AxisTaps zTaps, AxisTaps yTaps, AxisTaps xTaps, long limitBytes)
    {
        var rows = yTaps.Positions;
        while (rows > 1 && Size(channels, zTaps, yTaps, xTaps, rows) * sizeof(T) > limitBytes) rows = (rows + 1) / 2;
        return Math.Max(1, rows);
    }
}
