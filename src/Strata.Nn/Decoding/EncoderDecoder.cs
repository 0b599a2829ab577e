namespace Strata.Nn;

/// <summary>A model that reads one sequence of tokens and writes another: [sources [n, s], tokens so far [n, t]] → logits [n, t, tokens] of the token that
/// follows each. Token 0 fills sequences up at their ends.</summary>
/// <remarks>One of your own overrides <see cref="Encode"/> and <see cref="Decode"/>. It is trained on all steps at once with <see cref="SequenceCrossentropy"/>, and a
/// <see cref="Translator"/> writes with it, token by token.</remarks>
public abstract class EncoderDecoder : Model
{
    /// <summary>Reads sources [n, s].</summary>
    /// <returns>All that <see cref="Decode"/> begins with: tensors whose axis 0 counts the examples.</returns>
    protected internal abstract Tensor[] Encode(Tensor source, CallContext context);

    /// <summary>Goes over some tokens [n, t] of the targets, at least one.</summary>
    /// <param name="states">What <see cref="Encode"/> or the steps before gave.</param>
    /// <param name="tokens">The tokens [n, t].</param>
    /// <param name="context">The pass.</param>
    protected internal abstract DecoderStep Decode(Tensor[] states, Tensor tokens, CallContext context);

    /// <inheritdoc/>
    protected sealed override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x.Length != 2 || x[0].Rank != 2 || x[1].Rank != 2 || x[0].Shape[0] != x[1].Shape[0])
            throw new ShapeException($"it takes sources [n, steps] and as many targets so far [n, steps], but got {string.Join(" and ", x.Select(t => t.Shape))}.");
        var logits = Decode(Encode(x[0], context), x[1], context).Logits;
        context.SetMask(logits, null); // the loss leaves padding out
        return [logits];
    }
}
