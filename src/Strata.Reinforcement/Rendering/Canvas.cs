using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A white RGB picture to draw on, in pixels from the top left; what lies outside is cut.</summary>
public sealed class Canvas(int width, int height)
{
    readonly byte[] pixels = White(width * height * 3);

    /// <summary>Fills an axis-parallel rectangle.</summary>
    public Canvas Rectangle(double x, double y, double width, double height, Color color) =>
        Polygon(color, (x, y), (x + width, y), (x + width, y + height), (x, y + height));

    /// <summary>Fills a disk.</summary>
    public Canvas Disk(double x, double y, double radius, Color color)
    {
        Fill(y - radius, y + radius, x - radius, x + radius, color, (px, py) => ((px - x) * (px - x)) + ((py - y) * (py - y)) <= radius * radius);
        return this;
    }

    /// <summary>Draws a straight line with flat ends.</summary>
    public Canvas Line(double x1, double y1, double x2, double y2, double thickness, Color color)
    {
        var length = Math.Max(Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1))), 1e-9);
        var (nx, ny) = (-(y2 - y1) / length * thickness / 2, (x2 - x1) / length * thickness / 2);
        return Polygon(color, (x1 + nx, y1 + ny), (x2 + nx, y2 + ny), (x2 - nx, y2 - ny), (x1 - nx, y1 - ny));
    }

    /// <summary>Fills a polygon (even-odd rule).</summary>
    public Canvas Polygon(Color color, params (double X, double Y)[] corners)
    {
        Fill(corners.Min(c => c.Y), corners.Max(c => c.Y), corners.Min(c => c.X), corners.Max(c => c.X), color, Inside);
        return this;

        bool Inside(double x, double y)
        {
            var inside = false;
            for (int i = 0, j = corners.Length - 1; i < corners.Length; j = i++)
            {
                var ((xi, yi), (xj, yj)) = (corners[i], corners[j]);
                if (yi > y != yj > y && x < ((xj - xi) * (y - yi) / (yj - yi)) + xi) inside = !inside;
            }

            return inside;
        }
    }

    /// <summary>The picture.</summary>
    public Image ToImage() => new(height, width, 3, [.. pixels]);

    void Fill(double top, double bottom, double left, double right, Color color, Func<double, double, bool> covers)
    {
        for (var y = Math.Max(0, (int)top); y <= Math.Min(height - 1, (int)bottom); y++)
        {
            for (var x = Math.Max(0, (int)left); x <= Math.Min(width - 1, (int)right); x++)
            {
                if (!covers(x + 0.5, y + 0.5)) continue;
                var i = ((y * width) + x) * 3;
                (pixels[i], pixels[i + 1], pixels[i + 2]) = (color.Red, color.Green, color.Blue);
            }
        }
    }

    static byte[] White(int count)
    {
        var all = new byte[count];
        all.AsSpan().Fill(255);
        return all;
    }
}
