using System.Collections.Concurrent;

namespace Strata.Reinforcement.Search;

/// <summary>The function of a <see cref="PolicyValueNetwork"/> at one moment. It never changes; threads may share it.</summary>
public sealed class FrozenNetwork
{
    // One plan serves all networks of a size: their weights are its arguments.
    static readonly ConcurrentDictionary<NetworkSize, Func<Tensor, Tensor[], (Tensor Logits, Tensor Values)>> functions = new();

    readonly Func<Tensor, Tensor[], (Tensor Logits, Tensor Values)> function;
    readonly Tensor[] weights; // kernel and bias of one convolution or dense layer after the other

    internal FrozenNetwork(NetworkSize size, IEnumerable<FoldedConvolution> layers)
    {
        Size = size;
        weights = [.. layers.SelectMany(layer => new[] { layer.Kernel, layer.Bias })];
        function = functions.GetOrAdd(size, s => Compiled.Function<Tensor, Tensor[], (Tensor, Tensor)>((planes, w) => Function(s, planes, w)));
    }

    /// <summary>The shape.</summary>
    public NetworkSize Size { get; }

    /// <summary>Logits and values. Each n makes a plan of its own, so callers keep to few.</summary>
    /// <param name="planes">[n, height, width, planes].</param>
    /// <returns>[n, actions] and [n, 1].</returns>
    public (Tensor Logits, Tensor Values) Predict(Tensor planes) => function(planes, weights);

    static (Tensor Logits, Tensor Values) Function(NetworkSize size, Tensor planes, Tensor[] weights)
    {
        var n = planes.Shape[0];
        var next = 0;
        var h = Convolution(planes).Relu();
        for (var block = 0; block < size.Blocks; block++) h = (Convolution(Convolution(h).Relu()) + h).Relu();
        var policy = Convolution(h).Relu();
        policy = size.Policy == PolicyHead.Planes
            ? Convolution(policy).Reshape(n, size.Actions)
            : Dense(policy.Reshape(n, size.Height * size.Width * size.PolicyFilters));
        var value = Convolution(h).Relu().Reshape(n, size.Height * size.Width);
        return (policy, Dense(Dense(value).Relu()).Tanh());

        Tensor Convolution(Tensor x) => x.Convolution(weights[next++], [], Padding.Same, []) + weights[next++];

        Tensor Dense(Tensor x) => x.MatMul(weights[next++]) + weights[next++];
    }
}
