namespace Strata.Formats.Plots;

/// <summary>A thin dashed line across the whole plot at one value: a bound, chance, the paper's number.</summary>
sealed class ReferenceLine(string name, double value, bool vertical) : Series("")
{
    public override bool HasColor => false;

    public override (Bounds, Bounds) Extent(Plot plot)
    {
        var shown = Bounds.Empty.With(value, vertical ? plot.X.IsLogarithmic : plot.Y.IsLogarithmic);
        return vertical ? (shown, Bounds.Empty) : (Bounds.Empty, shown);
    }

    public override void Draw(Markup svg, Scene scene)
    {
        var place = vertical ? scene.X[value] : scene.Y[value];
        if (double.IsNaN(place)) return;
        var (left, right) = (Math.Min(scene.X.From, scene.X.To), Math.Max(scene.X.From, scene.X.To));
        var (top, bottom) = (Math.Min(scene.Y.From, scene.Y.To), Math.Max(scene.Y.From, scene.Y.To));
        if (vertical)
        {
            var roomy = place + 5 + TextSize.Width(name, 11) < right;
            svg.Add($"""<path d="M{place} {top}V{bottom}" class="reference"/>""");
            svg.Add($"""<text x="{(roomy ? place + 5 : place - 5)}" y="{top + 12}" class="note" text-anchor="{(roomy ? "start" : "end")}">{name}</text>""");
        }
        else
        {
            svg.Add($"""<path d="M{left} {place}H{right}" class="reference"/>""");
            svg.Add($"""<text x="{right - 4}" y="{(place - top > 18 ? place - 5 : place + 14)}" class="note" text-anchor="end">{name}</text>""");
        }
    }

    public override void DrawKey(Markup svg, double x, double y, int style)
    {
        // Its name stands at the line itself.
    }
}
