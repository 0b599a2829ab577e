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

    /// <summary>Sets one square of planes that follow each other to a value.</summary>
    public void Set(int square, int plane, int planesInARow, float value = 1) => planes.Slice((square * count) + plane, planesInARow).Fill(value);

    /// <summary>Sets a whole plane to a value.</summary>
    public void Fill(int plane, float value)
    {
        for (var i = plane; i < planes.Length && value != 0; i += count) planes[i] = value;
    }
}
