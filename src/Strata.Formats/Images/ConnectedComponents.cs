namespace Strata.Formats.Images;

/// <summary>The parts of a picture in which marked pixels touch each other.</summary>
public static class ConnectedComponents
{
    /// <summary>Numbers the parts. Pixels touch if they share a side, or also if they share a corner.</summary>
    /// <param name="marked">[height, width]: the pixels that belong to some part.</param>
    /// <param name="corners">Whether a shared corner is enough.</param>
    /// <returns>The number of each pixel's part, from 1 in the order of their first pixels, 0 for unmarked ones; and the parts' sizes and bounds.</returns>
    public static (int[,] Labels, IReadOnlyList<(int Size, PixelBox Bounds)> Parts) Find(bool[,] marked, bool corners = false)
    {
        var (height, width) = (marked.GetLength(0), marked.GetLength(1));
        var labels = new int[height, width];
        var parts = new List<(int, PixelBox)>();
        var open = new Stack<(int Y, int X)>();
        for (var top = 0; top < height; top++)
            for (var left = 0; left < width; left++)
            {
                if (!marked[top, left] || labels[top, left] != 0) continue;
                var label = parts.Count + 1;
                var (size, bounds) = (0, new PixelBox(left, top, left + 1, top + 1));
                Enter(top, left);
                while (open.TryPop(out var at))
                {
                    size++;
                    bounds = new(Math.Min(bounds.Left, at.X), Math.Min(bounds.Top, at.Y), Math.Max(bounds.Right, at.X + 1), Math.Max(bounds.Bottom, at.Y + 1));
                    for (var dy = -1; dy <= 1; dy++)
                        for (var dx = -1; dx <= 1; dx++)
                            if (corners || dy == 0 || dx == 0) Enter(at.Y + dy, at.X + dx);
                }

                parts.Add((size, bounds));

                void Enter(int y, int x)
                {
                    if (y < 0 || x < 0 || y >= height || x >= width || !marked[y, x] || labels[y, x] != 0) return;
                    labels[y, x] = label;
                    open.Push((y, x));
                }
            }

        return (labels, parts);
    }

    /// <summary>The bounds of the largest part of a heat map above a share of its maximum: where its object is (Zhou et al. 2015, section 3.2, with 0.2).</summary>
    /// <param name="map">[height, width] floating-point numbers.</param>
    /// <param name="share">The share of the maximum.</param>
    /// <returns>The bounds; null if no number is above 0.</returns>
    /// <exception cref="ShapeException">The map has other axes.</exception>
    public static PixelBox? LargestAbove(Tensor map, double share = .2)
    {
        if (map.Rank != 2) throw new ShapeException($"ConnectedComponents: a heat map is [height, width], but this is {map.Shape}.");
        var values = map.Cast(DType.Float64).ToArray<double>();
        var most = values.DefaultIfEmpty().Max();
        if (!(most > 0)) return null;
        var marked = new bool[map.Shape[0], map.Shape[1]];
        for (var i = 0; i < values.Length; i++) marked[i / map.Shape[1], i % map.Shape[1]] = values[i] > share * most;
        return Find(marked).Parts.MaxBy(p => p.Size).Bounds;
    }
}
