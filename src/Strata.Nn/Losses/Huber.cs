using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>mean of d²/2 where |d| ≤ δ, else δ(|d| − δ/2) (Huber 1964).</summary>
/// <param name="delta">δ, where the parabola becomes a line.</param>
public sealed class Huber(double delta = 1) : Loss("huber")
{
    internal static Huber FromConfig(Config c) => new(c.Double("delta"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["delta"] = delta };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions)
    {
        var d = (predictions - targets).Abs();
        var bent = d.Clip(0, delta); // d²/2 = b(d − b/2) with b = d up to δ
        return (bent * (d - (bent * 0.5))).Mean(-1);
    }
}
