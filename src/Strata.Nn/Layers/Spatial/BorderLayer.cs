using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What layers that add or take away borders have in common: an amount before and after each spatial axis.</summary>
public abstract class BorderLayer : Layer
{
    readonly (int Before, int After)[] amounts;

    private protected BorderLayer(params (int Before, int After)[] amounts) => this.amounts = amounts.All(a => a is { Before: >= 0, After: >= 0 })
        ? amounts
        : throw new ArgumentOutOfRangeException(nameof(amounts), $"{GetType().Name}: the amounts {string.Join(", ", amounts)} must be 0 or more.");

    private protected abstract string ArgumentName { get; }

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config[ArgumentName] = Config.Of(amounts);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, amounts.Length);
        return Change(x, [(0, 0), .. amounts, (0, 0)]);
    }

    private protected abstract Tensor Change(Tensor x, (int Before, int After)[] borders);

    private protected static Tensor Cropped(Tensor x, (int Before, int After)[] borders)
    {
        var (starts, sizes) = (new int[x.Rank], new int[x.Rank]);
        for (var i = 0; i < x.Rank; i++)
        {
            (starts[i], sizes[i]) = (borders[i].Before, x.Shape[i] - borders[i].Before - borders[i].After);
            if (sizes[i] < 0 || (sizes[i] == 0 && x.Shape[i] > 0)) throw new ShapeException($"{borders[i].Before} + {borders[i].After} are to be cut from axis {i} of {x.Shape}, which leaves nothing.");
        }

        return x.Slice(starts, sizes);
    }

    private protected static (int, int)[] Amounts(Config c, string name, int axes) => c.Pairs(name) is { } pairs && pairs.Length == axes ? pairs : throw c.Wrong(name, $"{axes} pairs");
}
