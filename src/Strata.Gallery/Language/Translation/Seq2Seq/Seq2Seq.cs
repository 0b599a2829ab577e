using Strata.Nn;

namespace Strata.Gallery.Language.Translation;

/// <summary>One deep LSTM reads a sentence, another, which begins with all states of the first at its end, writes the translation:
/// p(y₁ … y_T′ | x) = Πₜ p(yₜ | v, y₁ … yₜ₋₁) (equation 1), v being these states.</summary>
public sealed class Seq2Seq : EncoderDecoder
{
    readonly Embedding sourceWords, targetWords;
    readonly RNN encoder, decoder;
    readonly Dense output;

    /// <summary>Makes the network.</summary>
    /// <param name="sourceCount">The source's words.</param>
    /// <param name="targetCount">The target's words.</param>
    /// <param name="lstm">Both LSTMs.</param>
    /// <param name="seed">The seed of the weights.</param>
    public Seq2Seq(int sourceCount, int targetCount, DeepLstm lstm, long seed)
    {
        Seed = seed;
        sourceWords = Track(lstm.Embedding(sourceCount));
        encoder = Track(new RNN(lstm.Cells(), returnState: true));
        targetWords = Track(lstm.Embedding(targetCount));
        decoder = Track(new RNN(lstm.Cells(), returnSequences: true, returnState: true));
        output = Track(lstm.Output(targetCount));
    }

    /// <summary>v: h and c of every layer after the last word, [n, units] each.</summary>
    protected override Tensor[] Encode(Tensor source, CallContext context) => encoder.Apply([sourceWords.Apply(source, context)], context)[1..];

    /// <inheritdoc/>
    protected override DecoderStep Decode(Tensor[] states, Tensor tokens, CallContext context)
    {
        var y = decoder.Apply([targetWords.Apply(tokens, context), .. states], context);
        return new DecoderStep(output.Apply(y[0], context), y[1..]); // (1): the softmax is in the loss and in the search
    }

    /// <summary>v of sentences [n, s] in one row, [n, 2·layers·units]: what the paper's figures 2 and 3 show.</summary>
    public Tensor SentenceVectors(Tensor source) => Tensor.Concatenate(Encode(source, new CallContext(random: Random)), 1);
}
