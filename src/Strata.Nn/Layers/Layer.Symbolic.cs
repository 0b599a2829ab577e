using Strata.Compilation;
using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

public abstract partial class Layer
{
    /// <summary>What the layer will give for inputs that are yet to come: a part of a <see cref="Model"/>. A layer that is applied several times
    /// shares its weights.</summary>
    /// <exception cref="LayerException">The inputs do not fit, or there are several outputs; the message names the layer.</exception>
    public SymbolicTensor Apply(params ReadOnlySpan<SymbolicTensor> x) => ApplyAll(x) is [var y]
        ? y
        : throw new LayerException(this, new ShapeException("it has several outputs; call ApplyAll."));

    /// <summary>All that the layer will give for inputs that are yet to come.</summary>
    /// <inheritdoc cref="Apply(ReadOnlySpan{SymbolicTensor})"/>
    public SymbolicTensor[] ApplyAll(params ReadOnlySpan<SymbolicTensor> x)
    {
        if (x.Length == 0) throw new LayerException(this, new ShapeException("it was applied to nothing."));
        var inputs = x.ToArray();
        return new LayerCall(this, inputs, Outputs(inputs)).Outputs;
    }

    // Types of outputs are found by trying the layer on one example: traced where that is possible, so that nothing is computed, otherwise on zeros. The
    // weights made for that have no values of their own and are forgotten, so that the model that the layer becomes part of makes them from its own seed.
    List<(TensorType, Shape?)> Outputs(SymbolicTensor[] inputs)
    {
        Layer[] unbuilt = [.. SelfAndInner().Where(l => !l.IsBuilt)];
        using var scope = new TensorScope();
        var tracer = IsTraceable ? new Tracer() : null;
        var context = new CallContext(random: new RandomStream(0)) { IsTrial = true, IsTraced = tracer is not null, Allowance = Allowance.Current };
        try
        {
            return tracer is null ? Try() : tracer.Run(Try);
        }
        finally
        {
            foreach (var layer in unbuilt) layer.Unbuild();
        }

        List<(TensorType, Shape?)> Try()
        {
            var x = new Tensor[inputs.Length];
            for (var i = 0; i < x.Length; i++)
            {
                x[i] = One(inputs[i].Shape, inputs[i].DType);
                if (inputs[i].Mask is { } mask) context.SetMask(x[i], One(mask, DType.Bool));
            }

            var outputs = new List<(TensorType, Shape?)>();
            foreach (var y in Apply(x, context))
            {
                if (y.Rank == 0 || y.Shape[0] != 1)
                    throw new LayerException(this, new ShapeException($"of one example it makes {y.Shape}; axis 0 must stay the axis of examples."));
                outputs.Add((new TensorType(y.Shape[1..], y.DType), context.MaskOf(y)?.Shape[1..]));
            }

            return outputs;
        }

        // A mask of ones: all steps count.
        Tensor One(Shape example, DType dtype) =>
            tracer?.Argument(new TensorType([1, .. example], dtype)) ?? (dtype == DType.Bool ? Tensor.Ones([1, .. example], dtype) : Tensor.Zeros([1, .. example], dtype));
    }
}
