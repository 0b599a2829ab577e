using System.Globalization;
using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;

namespace Strata.Gallery.Language.Translation;

/// <summary>Translation with attention, global and local.</summary>
public sealed class LuongAttentionRecipe : Recipe
{
    const int Steps = 400, AligningSteps = 800, JudgedSteps = 200, Judged = 1000, Shortest = 12, Longest = 20, Window = 4, PaperWindow = 10, Beam = 4, PaperBeam = 12, MostWords = 50;

    static readonly DeepLstm
        quickLstm = new(Layers: 1, Units: 96, Range: 0.1) { Words = new RandomNormal(0, 1) },
        smallLstm = new(Layers: 1, Units: 256, Range: 0.1, Dropout: 0.2) { Words = new RandomNormal(0, 1) },
        paperLstm = new(Layers: 4, Units: 1000, Range: 0.1, Dropout: 0.2) { SparseGradient = true };

    // Section 4: with dropout 12 passes, halving after each one after the eighth; quick does likewise.
    static readonly TranslationTraining
        quick = new(Batch: 64, Epochs: 1, Rate: 3e-3, FullRateEpochs: 0.8, HalvingEpochs: 0.05, Adam: true),
        small = new(Batch: 64, Epochs: 5, Rate: 2e-3, FullRateEpochs: 3, HalvingEpochs: 0.5, Adam: true),
        paper = new(Batch: 128, Epochs: 12, Rate: 1, FullRateEpochs: 8, HalvingEpochs: 1);

    // Section 3: the ways to look. Scores and windows hold weights, so each net needs its own.
    static readonly (string Name, Func<Attention> Make)[] ways =
    [
        ("global, location", () => new(new LocationScore(MostWords))),
        ("global, general", () => new(new GeneralScore())),
        ("global, concat", () => new(new ConcatScore(quickLstm.Units))),
        ("local-m, general", () => new(new GeneralScore(), new MonotonicWindow(Window))),
    ];

    /// <inheritdoc/>
    public override string Id => "luong-attention";

    /// <inheritdoc/>
    public override string Title => "Global and local attention in translation";

    /// <inheritdoc/>
    public override Source Source => new("M.-T. Luong, H. Pham, C. D. Manning", 2015, "Effective Approaches to Attention-based Neural Machine Translation", "arXiv:1508.04025");

    /// <inheritdoc/>
    public override string Summary =>
        "Before each word the decoder looks at the words of the source, at all of them or at a window whose place it predicts. Long sentences, which a net without "
        + "attention cannot keep in its states, are then translated after a few hundred updates, and where it looked tells which words belong together.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", $"generated languages, {quickLstm.Units} units, {JudgedSteps} or {Steps} updates, eight nets"),
        new("paper", $"WMT'14 English–German (--data), {paperLstm.Layers} × {paperLstm.Units:N0} units, 50,000 words each, {paper.Epochs} passes"),
        new("small", $"a small English–French corpus (--data), {smallLstm.Layers} × {smallLstm.Units} units, {small.Epochs} passes"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The presets quick and small learn with Adam, have one layer, and their embeddings begin with deviation 1; quick reads sources forwards, and its window reaches 4 words to both sides, not 10.",
        "Local attention's softmax is over the window alone, and what the bell of equation 10 takes away is not made up for; the paper does not say (section 3.2).",
        "The alignment error rate is that of the generated languages' words, without their particles, which have no word of their own in the source.",
        "The dictionary for unknown words is learned from the attention's own links in the training text, not by the Berkeley aligner (section 4.1).",
        "BLEU is that of sacrebleu on words as mteval-v13a makes them, not of multi-bleu.pl.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name switch
    {
        "quick" =>
        [
            new("perplexity", $"After {JudgedSteps} updates the perplexity of unseen translations with attention (global, dot) is", Bound.Max(1.3), new Control("without attention", 6)),
            new("exact", $"After {Steps} updates every word of this share of unseen sentences is right, told the words before", Bound.Min(0.7), new Control("without attention", 0.65)),
            new("alignment", "The alignment error rate of the words looked at most (global, concat, input feeding), where some words change places", Bound.Max(0.15), new Control("links along the diagonal", 0.25)),
            new("center", "Local-p looks on average so many words beside the right one", Bound.Max(2), new Control("untrained", 1)),
        ],
        "paper" => [new("bleu", $"BLEU on newstest2014, local-p with input feeding, beam {PaperBeam}", Bound.Min(19), new Control("without attention", 3))],
        _ => [new("bleu", $"BLEU on unseen sentences, global with input feeding, beam {Beam}", Bound.Min(25), new Control("unknown words left", 0))],
    };

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "quick") RunQuick(run);
        else RunReal(run);
    }

    static void RunQuick(Run run)
    {
        var (task, swapping) = (Generated(run, swap: false, Steps), Generated(run, swap: true, AligningSteps));
        var (dot, course) = Attending(run, "global, dot", task, new Attention(), inputFeeding: false, Steps);
        run.Save(dot);
        var plain = new Seq2Seq(task.Source.Count, task.Target.Count, quickLstm, run.SeedFor("weights"));
        var plainCourse = quick.Train(run, "without attention", plain, task, every: 50);
        run.Measure("perplexity", At(course), At(plainCourse));
        run.Measure("exact", task.TeacherForced(dot), task.TeacherForced(plain));

        // Its score tells a place from its neighbours. The dot product, after it has told of two words that change places the second, looks at that second for the
        // first as well, since the encoder's state has just read both: right words, wrong links.
        var (aligning, _) = Attending(run, "words that change places", swapping, new(new ConcatScore(quickLstm.Units)), inputFeeding: true, AligningSteps);
        run.Measure("alignment", ErrorRate(swapping, pair => Links(aligning, pair)), ErrorRate(swapping, Diagonal));
        foreach (var test in swapping.Tests.Take(2)) run.Plot(AlignmentPicture(swapping, aligning, test));

        var window = () => new Attention(new GeneralScore(), new PredictiveWindow(Window, quickLstm.Units));
        var (local, localCourse) = Attending(run, "local-p, general, input feeding", task, window(), inputFeeding: true, Steps);
        run.Measure("center", Distance(local, task), Distance(Net(run, task, quickLstm, window(), inputFeeding: true), task));
        run.Plot(AlignmentPicture(task, local, task.Tests[0]));

        var others = ways.Select(w => (w.Name, Attending(run, w.Name, task, w.Make(), inputFeeding: false, JudgedSteps).Course)).ToArray();
        run.Table(
            $"Unseen translations after {JudgedSteps} updates",
            ["the net looks", "perplexity"],
            new[] { ("not at all", plainCourse), ("global, dot", course), ("local-p, general, input feeding", localCourse) }.Concat(others)
                .Select(r => (string[])[r.Item1, At(r.Item2).ToString("0.000", CultureInfo.InvariantCulture)]));
        run.Plot(new Plot("Perplexity of unseen translations").XAxis("updates").YAxis("perplexity", Scale.Logarithmic)
            .Line("global, dot", course.Select(c => c.Step), course.Select(c => c.Perplexity))
            .Line("local-p, input feeding", localCourse.Select(c => c.Step), localCourse.Select(c => c.Perplexity))
            .Line("without attention", plainCourse.Select(c => c.Step), plainCourse.Select(c => c.Perplexity)));

        static double At(IReadOnlyList<(long Step, double Perplexity)> course) => course.First(c => c.Step == JudgedSteps).Perplexity;
    }

    static void RunReal(Run run)
    {
        var target = run.IsPaper ? "de" : "fr";
        var text = ParallelText.Load(run.RequireData($"a parallel text: train.en and train.{target}, valid.en and valid.{target}, test.en and test.{target}, a sentence a line"), "en", target);
        var (lstm, training, width) = run.IsPaper ? (paperLstm, paper, PaperBeam) : (smallLstm, small, Beam);
        var task = (run.IsPaper ? TranslationTask.Of(text, 50_000, 50_000, MostWords) : TranslationTask.Of(text, 8_000, 8_000, longest: 25)).Reversed();
        var attention = run.IsPaper ? new Attention(new GeneralScore(), new PredictiveWindow(PaperWindow, lstm.Units)) : new Attention(new GeneralScore());
        var net = Net(run, task, lstm, attention, inputFeeding: true);
        training.Train(run, "attention", net, task);
        run.Save(net);

        var words = Dictionary(net, task, text, sentences: 20_000);
        var translator = new Translator(net);
        var found = task.Tests.Select(t => translator.Translate(t.Pair.Source, width)[0]).ToArray();
        string[] replaced = [.. found.Zip(task.Tests, (h, t) => string.Join(' ', words.Replace(h.Tokens, task.Target, h.Attention!, t.Words)))];
        string[] left = [.. found.Select(h => task.Text(h.Tokens))];
        var (score, without) = (task.Agreement(replaced).Score, task.Agreement(left).Score);
        run.Say(string.Create(CultureInfo.InvariantCulture, $"BLEU {score:0.0}, with unknown words left {without:0.0}; {task.Exact(replaced):0.000} of the sentences are a reference to the word."));
        run.Table(
            "Unseen sentences",
            ["sentence", "translation", "the network's"],
            Enumerable.Range(0, Math.Min(12, found.Length)).Select(i => (string[])[string.Join(' ', Enumerable.Reverse(task.Tests[i].Words)), task.Tests[i].References[0], replaced[i]]));
        foreach (var test in task.Tests.Where(t => t.Words.Length is > 4 and < 20).Take(3)) run.Plot(AlignmentPicture(task, net, test));
        if (!run.IsPaper)
        {
            run.Measure("bleu", score, without);
            return;
        }

        var plain = new Seq2Seq(task.Source.Count, task.Target.Count, lstm, run.SeedFor("weights"));
        training.Train(run, "without attention", plain, task);
        run.Measure("bleu", score, task.Agreement(task.Translate(new Translator(plain), task.Tests.Count, width)).Score);
    }

    static TranslationTask Generated(Run run, bool swap, int steps)
    {
        var language = new LexicalTranslation(run.Random("language"), swap);
        return TranslationTask.Generated(
            language.Draw(steps * quick.Batch, Shortest, Longest, run.Random("train")), language.Draw(Judged, Shortest, Longest, run.Random("unseen")));
    }

    static LuongAttention Net(Run run, TranslationTask task, DeepLstm lstm, Attention attention, bool inputFeeding) =>
        new(task.Source.Count, task.Target.Count, lstm, attention, inputFeeding, run.SeedFor("weights"));

    static (LuongAttention Net, IReadOnlyList<(long Step, double Perplexity)> Course) Attending(
        Run run, string title, TranslationTask task, Attention attention, bool inputFeeding, int steps)
    {
        var net = Net(run, task, quickLstm, attention, inputFeeding);
        return (net, (quick with { Epochs = (double)steps * quick.Batch / task.Train.Count }).Train(run, title, net, task, every: 50));
    }

    // Of each word, not of the end, the place that was looked at most.
    static int[] Links(LuongAttention net, SentencePair pair)
    {
        var inputs = BucketedPairs.Of([pair]).Inputs;
        var places = net.Alignments(inputs[0], inputs[1]).ArgMax(-1).ToArray<long>();
        return [.. places.Take(pair.Target.Length).Select(p => Math.Min((int)p, pair.Source.Length - 1))];
    }

    // Of words: the particle has none in the source, and which place is looked at for it is as good as any.
    static double ErrorRate(TranslationTask task, Func<SentencePair, int[]> links)
    {
        var rate = new AlignmentErrorRate();
        foreach (var pair in task.Unseen)
        {
            var places = links(pair);
            int[] words = [.. Enumerable.Range(0, places.Length).Where(t => pair.Target[t] != LexicalTranslation.Particle)];
            rate.Add([.. words.Select(t => places[t])], [.. words.Select(t => pair.Alignment![t])]);
        }

        return rate.Value;
    }

    // What one would guess who knows the two lengths alone.
    static int[] Diagonal(SentencePair pair) => [.. Enumerable.Range(0, pair.Target.Length).Select(t => t * pair.Source.Length / pair.Target.Length)];

    // The mean of |pₜ − the right place|.
    static double Distance(LuongAttention net, TranslationTask task)
    {
        SentencePair[] pairs = [.. task.Unseen.Take(100)];
        var inputs = BucketedPairs.Of(pairs).Inputs;
        var centers = net.Centers(inputs[0], inputs[1]);
        return pairs.SelectMany((pair, i) => centers[i].ToArray<float>().Zip(pair.Alignment!, (p, s) => Math.Abs(p - (double)s))).Average();
    }

    static Plot AlignmentPicture(TranslationTask task, LuongAttention net, TranslationTask.Test test)
    {
        var inputs = BucketedPairs.Of([test.Pair]).Inputs;
        var looked = net.Alignments(inputs[0], inputs[1])[0];
        var values = new double[test.Pair.Target.Length, test.Words.Length];
        for (var t = 0; t < values.GetLength(0); t++)
            for (var s = 0; s < values.GetLength(1); s++) values[t, s] = looked[t, s].Item();
        return new Plot("Where it looks for each word").XAxis("source").YAxis("translation")
            .HeatMap(values, "weight", range: (0, 1), rows: Names(task.Target.Decode(test.Pair.Target)), columns: Names(test.Words));
    }

    // Words that come twice need names of their own.
    static string[] Names(string[] words) => [.. words.Select((w, i) => words.Take(i).Count(v => v == w) is > 0 and var n ? $"{w} ({n + 1})" : w)];

    static UnknownWords Dictionary(LuongAttention net, TranslationTask task, ParallelText text, int sentences)
    {
        var words = new UnknownWords();
        foreach (var pair in text.Train.Where(p => p.Source.Length <= MostWords && p.Target.Length < MostWords).Take(sentences))
        {
            string[] source = [.. Enumerable.Reverse(pair.Source)];
            words.Learn(source, pair.Target, Links(net, new SentencePair(task.Source.Encode(source), task.Target.Encode(pair.Target))));
        }

        return words;
    }
}
