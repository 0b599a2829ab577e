using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Residual and plain networks for small pictures (section 4.2): a 3×3 convolution, then 2n convolutions at each of three sizes, halved where the
/// channels double, the mean over the picture and a linear layer: 6n + 2 layers. The output is logits.</summary>
public sealed class CifarResNet : Model
{
    readonly Conv2D conv1;
    readonly BatchNormalization bn1 = ResidualBlock.Normalization("bn1");
    readonly Sequential[] stages;
    readonly Dense fc;

    /// <summary>Creates a network; with 16 channels and option A, 20 layers have 269,722 weights, 110 have 1,727,962.</summary>
    /// <param name="depth">6n + 2.</param>
    /// <param name="shortcuts">Option A in the paper; <see cref="Shortcuts.None"/> is the plain network.</param>
    /// <param name="classes">The number of logits.</param>
    /// <param name="width">Channels of the first stage; the others have twice and four times as many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The depth is not 6n + 2 with n ≥ 1.</exception>
    public CifarResNet(int depth, Shortcuts shortcuts = Shortcuts.A, int classes = 10, int width = 16)
    {
        if (depth < 8 || depth % 6 != 2) throw new ArgumentOutOfRangeException(nameof(depth), depth, "CifarResNet: the depth must be 6n + 2: 8, 14, 20, …");
        conv1 = Track(ResidualBlock.Convolution("conv1", width, 3, 1));
        Track(bn1);
        stages = [.. Enumerable.Range(0, 3).Select(Stage)];
        fc = Track(new Dense(classes) { Name = "fc", KernelInitializer = new RandomNormal(0, .01) });

        Sequential Stage(int stage)
        {
            var layers = new Sequential { Name = $"layer{stage + 1}" };
            for (var i = 0; i < (depth - 2) / 6; i++)
            {
                var changes = i == 0 && stage > 0;
                layers.Add(ResidualBlock.Basic($"{i}", width << stage, changes ? 2 : 1, shortcuts, changes));
            }

            return Track(layers);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        x = bn1.Apply(conv1.Apply(x, context), context).Relu();
        foreach (var stage in stages) x = stage.Apply(x, context);
        return fc.Apply(x.GlobalAveragePool(), context);
    }
}
