using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>A cell that a search found (Zoph et al. 2017, arXiv:1707.07012, figure 4, NASNet-A): five sums of two steps each, from the input h, from that of the cell
/// before, p, or from sums before; some of them are put together. A reduction cell halves the size.  [h, p] → [y].</summary>
public sealed class NasNetCell : Layer
{
    const int H = 0, P = 1, First = 2, Second = 3; // places of the inputs and of the first sums

    static readonly (Step Left, Step Right)[] normal =
    [
        (Step.Separable(5, H), Step.Separable(3, P)),
        (Step.Separable(5, P), Step.Separable(3, P)),
        (Step.Mean(H), Step.Identity(P)),
        (Step.Mean(P), Step.Mean(P)),
        (Step.Separable(3, H), Step.Identity(H)),
    ];

    static readonly (Step Left, Step Right)[] reduction =
    [
        (Step.Separable(5, H), Step.Separable(7, P)),
        (Step.Max(H), Step.Separable(7, P)),
        (Step.Mean(H), Step.Separable(5, P)),
        (Step.Mean(First), Step.Identity(Second)),
        (Step.Separable(3, First), Step.Max(H)),
    ];

    readonly Layer[] squeeze, adjust; // what makes h and p of the inputs
    readonly (Edge Left, Edge Right)[] sums;
    readonly int[] kept; // places of those that are put together

    /// <summary>Creates a cell.</summary>
    /// <param name="id">What ends the names of its parts.</param>
    /// <param name="filters">Channels of each sum; of the output four times as many in a reduction cell, otherwise six times.</param>
    /// <param name="reduces">Whether it is a reduction cell.</param>
    /// <param name="previous">How p comes to the size and the channels of h.</param>
    public NasNetCell(string id, int filters, bool reduces, NasNetPrevious previous)
    {
        var kind = reduces ? "reduction" : "normal";
        Name = $"{kind}_{id}";
        adjust = previous switch
        {
            NasNetPrevious.AsItIs => [],
            NasNetPrevious.Halved => [new FactorizedReduction(id, filters)],
            _ => [Activation.Relu, Convolution($"adjust_conv_projection_{id}", filters), Normalization($"adjust_bn_{id}")],
        };
        squeeze = [Activation.Relu, Convolution($"{kind}_conv_1_{id}", filters), Normalization($"{kind}_bn_1_{id}")];
        sums = [.. (reduces ? reduction : normal).Select((sum, i) => (Make(sum.Left, "left", i + 1), Make(sum.Right, "right", i + 1)))];
        kept = reduces ? [3, 4, 5, 6] : [P, 2, 3, 4, 5, 6];
        foreach (var layer in adjust.Concat(squeeze).Concat(sums.SelectMany(s => s.Left.Layers.Concat(s.Right.Layers)))) Track(layer);

        Edge Make(Step step, string side, int number)
        {
            var stride = reduces && step.From <= P ? 2 : 1;
            var called = reduces && (side, number) == ("left", 5) ? 4 : number; // Keras has two of this name there
            return new(step.From, step.Make($"{kind}_{side}{called}_{id}", filters, stride));
        }
    }

    internal static Conv2D Convolution(string name, int filters) => new(filters, 1, useBias: false) { Name = name, KernelInitializer = Initializer.HeNormal };

    internal static BatchNormalization Normalization(string name) => new(momentum: .9997) { Name = name };

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x.Length != 2) throw new ShapeException($"it takes two inputs, that of the cell and that of the cell before, but got {x.Length}.");
        List<Tensor> nodes = [squeeze.Apply(x[0], context), adjust.Apply(x[1], context)];
        foreach (var (left, right) in sums) nodes.Add(left.Layers.Apply(nodes[left.From], context) + right.Layers.Apply(nodes[right.From], context));
        return [Tensor.Concatenate([.. kept.Select(place => nodes[place])], -1)];
    }

    // What leads from a node into a sum.
    readonly record struct Edge(int From, Layer[] Layers);

    // A row of the tables: how the layers of an edge are made, from a name, filters and a stride.
    sealed record Step(int From, Func<string, int, int, Layer[]> Make)
    {
        public static Step Identity(int from) => new(from, (_, _, _) => []);

        public static Step Separable(int kernel, int from) => new(from, (name, filters, stride) =>
        [
            Activation.Relu, Convolution("1", stride, name, filters, kernel), Normalization($"separable_conv_1_bn_{name}"),
            Activation.Relu, Convolution("2", 1, name, filters, kernel), Normalization($"separable_conv_2_bn_{name}"),
        ]);

        // Keras pads before these two pools where they halve the size: zeros count in the mean, and are larger than what is negative.
        public static Step Mean(int from) => new(from, (_, _, stride) => [new Lambda(x => x.AveragePool([3, 3], [stride, stride], Padding.Same, countPadding: stride == 2))]);

        public static Step Max(int from) => new(from, (_, _, stride) => [new Lambda(x => Padded(x, stride).MaxPool([3, 3], [stride, stride], Padding.Valid))]);

        static SeparableConv2D Convolution(string number, int stride, string name, int filters, int kernel) =>
            new(filters, kernel, strides: stride, padding: Padding.Same, useBias: false) { Name = $"separable_conv_{number}_{name}" };

        static Tensor Padded(Tensor x, int stride) =>
            x.Pad([(0, 0), Padding.Same.Resolve(0, 2, x.Shape[1], 3, stride, 1), Padding.Same.Resolve(1, 2, x.Shape[2], 3, stride, 1), (0, 0)]);
    }
}
