namespace Strata.Formats.Plots;

/// <summary>Something drawn over the axes of a <see cref="Plot"/>: its data, and how it looks.</summary>
abstract class Series(string name)
{
    /// <summary>What the legend says; empty: not in the legend.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it takes the next color of the palette.</summary>
    public virtual bool HasColor => true;

    /// <summary>The room left beyond the data, as a part of the span.</summary>
    public virtual (double X, double Y) Margin => (0, .05);

    /// <summary>The intervals that the plot must show.</summary>
    public abstract (Bounds X, Bounds Y) Extent(Plot plot);

    public abstract void Draw(Markup svg, Scene scene);

    /// <summary>Draws the sign of the legend, 22 pixels wide from <paramref name="x"/>, around the height <paramref name="y"/>.</summary>
    public abstract void DrawKey(Markup svg, double x, double y, int style);
}
