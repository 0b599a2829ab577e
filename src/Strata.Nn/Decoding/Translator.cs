using Strata.Memory;

namespace Strata.Nn;

/// <summary>Writes with an <see cref="EncoderDecoder"/>, or with several as one whose probabilities are the means of theirs (an ensemble).</summary>
public sealed class Translator
{
    // Sources are filled up to a multiple of this, so that there are few shapes to plan for.
    const int LengthStep = 8;

    readonly EncoderDecoder[] members;
    readonly int begin, end;
    readonly Func<Tensor, Tensor[]> encode;
    readonly Func<Tensor[], Tensor, Tensor, Tensor[]> step; // [logarithms of probabilities, attention if there is any, states…]
    readonly Func<Tensor[], Tensor, Tensor> judge;
    int[] stateCounts = []; // of each member
    bool attends;

    /// <summary>Makes a translator.</summary>
    /// <param name="members">The models, of the same vocabularies.</param>
    /// <param name="begin">The token that stands before a target.</param>
    /// <param name="end">The token that ends it.</param>
    public Translator(IReadOnlyList<EncoderDecoder> members, int begin = 1, int end = 2)
    {
        if (members.Count == 0) throw new StrataException("Translator: there must be a model at least.");
        this.members = [.. members];
        (this.begin, this.end) = (begin, end);
        encode = Compiled.Function((Tensor source) => Encode(source));
        step = Compiled.Function((Tensor[] states, Tensor rows, Tensor tokens) => Step(states, rows, tokens));
        judge = Compiled.Function((Tensor[] inputs, Tensor targets) => Judge(inputs, targets));
    }

    /// <inheritdoc cref="Translator(IReadOnlyList{EncoderDecoder}, int, int)"/>
    /// <param name="model">The model.</param>
    /// <param name="begin">The token that stands before a target.</param>
    /// <param name="end">The token that ends it.</param>
    public Translator(EncoderDecoder model, int begin = 1, int end = 2)
        : this([model], begin, end)
    {
    }

    /// <summary>The best translations of a source by <see cref="BeamSearch{TState}"/>, the best first.</summary>
    /// <param name="source">The source's tokens.</param>
    /// <param name="width">How many hypotheses are kept; 1 takes the most probable token each time.</param>
    /// <param name="maxLength">The most tokens of a translation, the end included; by default twice the source's and ten more.</param>
    /// <param name="lengthPenalty">α of the search.</param>
    /// <param name="coveragePenalty">β of the search; needs attention.</param>
    public IReadOnlyList<Hypothesis> Translate(IReadOnlyList<int> source, int width = 4, int? maxLength = null, double lengthPenalty = 0, double coveragePenalty = 0)
    {
        if (source.Count == 0) throw new StrataException("Translator: the source has no token.");
        var padded = new int[(source.Count + LengthStep - 1) / LengthStep * LengthStep];
        for (var i = 0; i < source.Count; i++) padded[i] = source[i];
        using var scope = new TensorScope();
        var states = encode(Tensor.From(padded, [1, padded.Length]));
        var search = new BeamSearch<Place>(
            (places, tokens) => Follow(places, tokens, width, source.Count), end, width, maxLength ?? ((2 * source.Count) + 10), lengthPenalty, coveragePenalty);
        return search.Search(new Place(states, 0), begin);
    }

    /// <summary>e to the mean of −ln p over the tokens of targets, which the model is told as it goes, ends included.</summary>
    /// <param name="pairs">Batches with inputs [sources, targets so far] and targets [n, t], 0 where there is none.</param>
    public double Perplexity(IBatches pairs)
    {
        var (nats, tokens) = (0.0, 0.0);
        foreach (var batch in pairs.Epoch(0))
        {
            using var scope = new TensorScope();
            var sums = judge(batch.Inputs, batch.Targets[0]).ToArray<float>();
            nats += sums[0];
            tokens += sums[1];
            batch.Release();
        }

        return tokens > 0 ? Math.Exp(nats / tokens) : throw new StrataException("Translator: there is no token to judge.");
    }

    // ---- One step of the search ----

    /// <summary>A hypothesis' row in the states of all.</summary>
    sealed record Place(Tensor[] States, int Row);

    // All hypotheses come from one step, so their states are rows of the same tensors. The step is always of the beam's width: what is too much repeats the first.
    BeamStep<Place> Follow(IReadOnlyList<Place> places, IReadOnlyList<int> tokens, int width, int sourceLength)
    {
        var (rows, last) = (new int[width], new int[width]);
        for (var i = 0; i < width; i++) (rows[i], last[i]) = i < places.Count ? (places[i].Row, tokens[i]) : (places[0].Row, tokens[0]);
        var said = step(places[0].States, Tensor.From<int>(rows), Tensor.From(last, [width, 1]));
        var states = said[(attends ? 2 : 1)..];
        return new BeamStep<Place>(
            [.. places.Select((_, i) => new Place(states, i))],
            Rows(said[0], places.Count, said[0].Shape[1]),
            attends ? Rows(said[1], places.Count, sourceLength) : null);
    }

    static double[][] Rows(Tensor x, int count, int length)
    {
        var all = x.AsSpan<float>();
        var rows = new double[count][];
        for (var i = 0; i < count; i++)
        {
            rows[i] = new double[length];
            for (var j = 0; j < length; j++) rows[i][j] = all[(i * x.Shape[1]) + j];
        }

        return rows;
    }

    // ---- What is compiled ----

    Tensor[] Encode(Tensor source)
    {
        var states = Array.ConvertAll(members, m => m.Encode(source, new CallContext(random: m.Random)));
        stateCounts = Array.ConvertAll(states, s => s.Length);
        return [.. states.SelectMany(s => s)];
    }

    Tensor[] Step(Tensor[] states, Tensor rows, Tensor tokens)
    {
        var said = Said(Array.ConvertAll(states, s => s.Gather(rows, 0)), tokens);
        attends = said.Attention is not null;
        return [said.LogProbabilities.Squeeze(1), .. said.Attention is { } attention ? [attention.Squeeze(1)] : Array.Empty<Tensor>(), .. said.States];
    }

    // [the sum of −ln p over the tokens, their number]
    Tensor Judge(Tensor[] inputs, Tensor targets)
    {
        var logProbabilities = Said(Encode(inputs[0]), inputs[1]).LogProbabilities;
        var counts = targets.NotEqualTo(0).Cast(DType.Float32);
        return Tensor.Stack([(Tensor.SoftmaxCrossEntropy(logProbabilities, targets) * counts).Sum(), counts.Sum()]);
    }

    // The mean of the members' probabilities, the mean of their attention.
    (Tensor LogProbabilities, Tensor? Attention, Tensor[] States) Said(Tensor[] states, Tensor tokens)
    {
        var (said, at) = (new DecoderStep[members.Length], 0);
        for (var i = 0; i < members.Length; i++)
        {
            said[i] = members[i].Decode(states[at..(at + stateCounts[i])], tokens, new CallContext(random: members[i].Random));
            at += stateCounts[i];
        }

        Tensor[] next = [.. said.SelectMany(s => s.States)];
        Tensor[] looked = [.. said.Select(s => s.Attention).OfType<Tensor>()];
        var attention = looked.Length switch { 0 => null, 1 => looked[0], _ => Tensor.Stack(looked).Mean(0) };
        if (said.Length == 1) return (said[0].Logits.LogSoftmax(), attention, next);
        var all = Tensor.Stack(Array.ConvertAll(said, s => s.Logits.LogSoftmax()));
        return (all.LogSumExp(0) - Math.Log(said.Length), attention, next);
    }
}
