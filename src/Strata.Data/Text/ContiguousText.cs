namespace Strata.Data;

/// <summary>One long text as parallel streams that are read window by window: what a recurrent model that carries its state from batch to batch is trained on.</summary>
public static class ContiguousText
{
    /// <summary>Windows of the streams, in their order: the tokens [streams, steps] and those that come one later. Stream s of a batch goes on where
    /// it ended in the batch before. Tokens at the end that fill no window are left out.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="streams">The pieces of equal length that the text is cut into.</param>
    /// <param name="steps">The length of a window.</param>
    /// <exception cref="StrataException">The text is too short for a window.</exception>
    public static Dataset<(Tensor X, Tensor Y)> Windows(int[] tokens, int streams, int steps)
    {
        if (streams < 1 || steps < 1) throw new StrataException($"ContiguousText: streams and steps must be 1 at least, not {streams} and {steps}.");
        var length = (tokens.Length - 1) / streams;
        if (length < steps)
            throw new StrataException($"ContiguousText: {tokens.Length} tokens are too few for {streams} streams of {steps} steps; there must be {(streams * steps) + 1} at least.");
        return Dataset.Generate(w => (Window((int)w * steps), Window(((int)w * steps) + 1)), length / steps);

        Tensor Window(int start)
        {
            var window = new int[streams * steps];
            for (var s = 0; s < streams; s++) tokens.AsSpan((s * length) + start, steps).CopyTo(window.AsSpan(s * steps));
            return Tensor.From(window, [streams, steps]);
        }
    }
}
