namespace Strata.Formats.Plots;

/// <summary>What a series needs to draw itself: the plot, the places of values on the page, and the series' number among the colored ones.</summary>
readonly record struct Scene(Plot Plot, AxisMap X, AxisMap Y, int Style)
{
    public double Width => Math.Abs(X.To - X.From);
}
