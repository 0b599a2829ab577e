using Strata.Nn;

namespace Strata.Gallery.Language.Translation;

/// <summary>Two deep LSTMs as in <see cref="Seq2Seq"/>, but before each word the decoder looks at the encoder's top states h̄ of all words:
/// aₜ = align(hₜ, h̄), cₜ = Σₛ aₜ(s)·h̄ₛ, h̃ₜ = tanh(W_c·[cₜ; hₜ]) (5), p(yₜ | y₁ … yₜ₋₁, x) = softmax(W_s·h̃ₜ) (6).</summary>
public sealed class LuongAttention : EncoderDecoder
{
    readonly Embedding sourceWords, targetWords;
    readonly RNN encoder;
    readonly Attention attention;
    readonly AttentionDecoder decoder;
    readonly Dropout drop;
    readonly Dense output;

    /// <summary>Makes the network.</summary>
    /// <param name="sourceCount">The source's words.</param>
    /// <param name="targetCount">The target's words.</param>
    /// <param name="lstm">Both LSTMs.</param>
    /// <param name="attention">How it looks: score (8) and, for local attention, window.</param>
    /// <param name="inputFeeding">Whether h̃ₜ₋₁ is part of the decoder's input (section 3.3).</param>
    /// <param name="seed">The seed of the weights.</param>
    public LuongAttention(int sourceCount, int targetCount, DeepLstm lstm, Attention attention, bool inputFeeding, long seed)
    {
        Seed = seed;
        this.attention = attention;
        sourceWords = Track(lstm.Embedding(sourceCount));
        encoder = Track(new RNN(lstm.Cells(), returnSequences: true, returnState: true));
        targetWords = Track(lstm.Embedding(targetCount));
        decoder = Track(new AttentionDecoder(lstm.Cells(), lstm.Units, attention, inputFeeding, lstm.KernelInitializer));
        drop = Track(new Dropout(lstm.Dropout));
        output = Track(lstm.Output(targetCount));
    }

    /// <summary>h̄ [n, s, units], which of its places count, and what the decoder begins with.</summary>
    protected override Tensor[] Encode(Tensor source, CallContext context)
    {
        var y = encoder.Apply([sourceWords.Apply(source, context)], context);
        return [y[0], source.NotEqualTo(0), .. decoder.Begin(y[1..])];
    }

    /// <inheritdoc/>
    protected override DecoderStep Decode(Tensor[] states, Tensor tokens, CallContext context)
    {
        var (top, counts) = (states[0], states[1]);
        context.SetMask(top, counts);
        var y = decoder.Apply([targetWords.Apply(tokens, context), top, .. states[2..]], context); // h̃, a, states: (5)
        return new DecoderStep(output.Apply(drop.Apply(y[0], context), context), [top, counts, .. y[2..]], y[1]); // (6)
    }

    /// <summary>a: how much is looked at each place when the tokens after those given are chosen, [n, t, s].</summary>
    public Tensor Alignments(Tensor source, Tensor tokens)
    {
        var context = new CallContext(random: Random);
        return Decode(Encode(source, context), tokens, context).Attention!;
    }

    /// <summary>pₜ = S·σ(v·tanh(W_p·hₜ)) (9), where local-p looks when the tokens after those given are chosen, [n, t].</summary>
    public Tensor Centers(Tensor source, Tensor tokens)
    {
        var context = new CallContext(random: Random);
        var states = Encode(source, context);
        var lengths = states[1].Cast(DType.Float32).Sum(1, keepDims: true);
        var centers = new Tensor[tokens.Shape[1]];
        for (var t = 0; t < centers.Length; t++)
        {
            states = Decode(states, tokens[.., t..(t + 1)], context).States;
            var h = states[^2].ExpandDims(1); // of the top layer, whose h and c come last
            centers[t] = attention.Centers(h, lengths, context) ?? throw new StrataException("LuongAttention: only local attention has centers.");
        }

        return Tensor.Concatenate(centers, 1);
    }
}
