using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Strata.Data;

namespace Strata.Gallery.Language.Embeddings;

/// <summary>One thread of the training of word2vec, on its own part of the text.</summary>
internal sealed unsafe class Word2VecThread
{
    const int LongestSentence = 1000; // words that are left after thinning out; what goes on is a new sentence
    const int Report = 1000; // words between two looks at the common count
    const int WatchEvery = 256; // reports
    const int CacheLine = 16; // numbers

    readonly Word2Vec model;
    readonly VectorTable input, output;
    readonly int start, end, width, window, negatives;
    readonly Action<double>? watch;
    readonly uint[] keep; // of each word the probability in 2⁻³²
    readonly AliasTable? noise;
    readonly (int Node, float Target)[][] ways = []; // of each word, through the Huffman tree
    readonly int[] sentence = new int[LongestSentence];
    readonly int[] drawn; // the next negative samples, ahead of their use so that their vectors are on the way
    ulong random;
    float rate;

    // Room for one step, native because the inner loop wants it aligned: h, e, the rows, what is to be said of them, and the steps g.
    float* h, e, targets, g;
    float** rows;

    public Word2VecThread(Word2Vec model, int start, int end, ulong seed, Action<double>? watch)
    {
        (this.model, this.start, this.end, this.watch, random) = (model, start, end, watch, seed);
        (input, output, width) = (model.InputTable, model.OutputTable, model.InputTable.Width);
        (window, negatives, noise) = (model.Options.Window, model.Options.Negatives, model.Noise);
        (rate, drawn) = (model.RateAt(0), new int[negatives]);
        keep = Array.ConvertAll(model.Keep, p => (uint)Math.Min(uint.MaxValue, p * (1L << 32)));
        if (model.Tree is { } tree) ways = [.. tree.Paths.Select(path => Array.ConvertAll(path, p => (p.Node, p.Right ? 0f : 1f)))]; // 1 − code
    }

    public void Run()
    {
        var most = ways.Length > 0 ? ways.Max(w => w.Length) : negatives + 1;
        var padded = (most + CacheLine - 1) / CacheLine * CacheLine;
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)(sizeof(float) * ((2 * width) + (2 * padded))), 64);
        rows = (float**)NativeMemory.Alloc((nuint)most, (nuint)sizeof(float*));
        try
        {
            h = memory;
            e = h + width;
            targets = e + width;
            g = targets + padded;
            new Span<float>(memory, (2 * width) + (2 * padded)).Clear();
            targets[0] = 1; // negative sampling: the first row is the right word's
            for (var i = 0; i < drawn.Length; i++) drawn[i] = Draw();
            for (var epoch = 0; epoch < model.Options.Epochs; epoch++) Pass();
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
            NativeMemory.Free(rows);
            GC.KeepAlive(model);
        }
    }

    void Pass()
    {
        var text = model.Text;
        var (at, read, reports) = (start, 0, 0);
        while (at < end)
        {
            var length = 0;
            while (at < end && length < LongestSentence)
            {
                var word = text[at++];
                if (word == WordCorpus.EndOfSentence) break;
                read++;
                if ((uint)(Next() >> 32) <= keep[word]) sentence[length++] = word;
            }

            if (model.Options.Architecture == Word2VecArchitecture.SkipGram) SkipGram(sentence.AsSpan(0, length));
            else BagOfWords(sentence.AsSpan(0, length));
            if (read < Report && at < end) continue;
            var share = model.Advance(read);
            (rate, read) = (model.RateAt(share), 0);
            if (watch is not null && (++reports % WatchEvery == 0 || at == end)) watch(share);
        }
    }

    // Each word of the window predicts the word at its middle; the sum of ln p over these pairs is 1310.4546, equation (1).
    void SkipGram(ReadOnlySpan<int> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var (from, to) = Around(i, words);
            for (var j = from; j <= to; j++)
            {
                if (j == i) continue;
                var v = input[words[j]];
                Predict(v, words[i]);
                LogisticRows.Add(v, e, width);
            }
        }
    }

    // The mean of the window's words predicts the word at its middle; each of them gets the whole of the change, as in the published program.
    void BagOfWords(ReadOnlySpan<int> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var (from, to) = Around(i, words);
            if (from == to) continue;
            new Span<float>(h, width).Clear();
            for (var j = from; j <= to; j++)
                if (j != i) LogisticRows.Add(h, input[words[j]], width);
            LogisticRows.Scale(h, 1f / (to - from), width);
            Predict(h, words[i]);
            for (var j = from; j <= to; j++)
                if (j != i) LogisticRows.Add(input[words[j]], e, width);
        }
    }

    // The first and the last word within R of position i; what the next position needs is fetched meanwhile.
    (int From, int To) Around(int i, ReadOnlySpan<int> words)
    {
        if (i + 1 < words.Length) FetchOutput(words[i + 1]);
        if (i + window + 1 < words.Length) Fetch(input[words[i + window + 1]]);
        var radius = 1 + (int)(((Next() >> 32) * (ulong)window) >> 32);
        return (Math.Max(0, i - radius), Math.Min(words.Length - 1, i + radius));
    }

    void Predict(float* hidden, int word)
    {
        var count = 0;
        if (noise is null)
        {
            foreach (var (node, target) in ways[word])
            {
                rows[count] = output[node];
                targets[count++] = target;
            }
        }
        else
        {
            rows[count++] = output[word];
            for (var i = 0; i < drawn.Length; i++)
            {
                if (drawn[i] != word) rows[count++] = output[drawn[i]];
                drawn[i] = Draw();
                Fetch(output[drawn[i]]);
            }
        }

        LogisticRows.Step(hidden, rows, targets, g, count, width, rate, e);
    }

    void FetchOutput(int word)
    {
        if (noise is not null) Fetch(output[word]);
        else
            foreach (var (node, _) in ways[word]) Fetch(output[node]);
    }

    // Rows of rare words are far away in memory: asked for before they are needed, they come while others are worked on.
    void Fetch(float* row)
    {
        if (Sse.IsSupported)
            for (var i = 0; i < width; i += CacheLine) Sse.Prefetch0(row + i);
    }

    int Draw() => noise is null ? 0 : noise.Draw(Next());

    // wyrand (Wang Yi 2019): 64 bits from two multiplications, where the engine's counter-based stream would cost as much as the step itself.
    ulong Next()
    {
        random += 0xA0761D6478BD642F;
        var high = Math.BigMul(random, random ^ 0xE7037ED1A0B428DB, out var low);
        return high ^ low;
    }
}
