using System.Globalization;
using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Language.Translation;

/// <summary>Translation by two LSTMs, the source read from its end.</summary>
public sealed class Seq2SeqRecipe : Recipe
{
    const int QuickSteps = 400, JudgedSteps = 200, Judged = 500, Translated = 200, Beam = 4, PaperBeam = 12;

    // A small embedding learns slowly where its rows begin as small as section 3.4 has them for 1,000 units.
    static readonly DeepLstm
        quickLstm = new(Layers: 1, Units: 128, Range: 0.08) { Words = new RandomNormal(0, 1) },
        smallLstm = new(Layers: 2, Units: 256, Range: 0.08) { Words = new RandomNormal(0, 1) },
        paperLstm = new(Layers: 4, Units: 1000, Range: 0.08) { SparseGradient = true };

    static readonly TranslationTraining
        quick = new(Batch: 64, Epochs: 1, Rate: 2e-3, Adam: true),
        small = new(Batch: 64, Epochs: 5, Rate: 2e-3, FullRateEpochs: 3, HalvingEpochs: 0.5, Adam: true),
        paper = new(Batch: 128, Epochs: 7.5, Rate: 0.7, FullRateEpochs: 5, HalvingEpochs: 0.5);

    /// <inheritdoc/>
    public override string Id => "seq2seq";

    /// <inheritdoc/>
    public override string Title => "Sequence to sequence learning with LSTMs";

    /// <inheritdoc/>
    public override Source Source => new("I. Sutskever, O. Vinyals, Q. V. Le", 2014, "Sequence to Sequence Learning with Neural Networks", "arXiv:1409.3215");

    /// <inheritdoc/>
    public override string Summary =>
        "One LSTM reads a sentence into a vector of fixed size, another writes the translation from it. Reading the sentence from its end makes learning "
        + "much easier, because its first words then stand near the first of the translation.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", $"a generated language, {quickLstm.Units} units, {QuickSteps} updates, three times"),
        new("paper", $"WMT'14 English–French (--data), {paperLstm.Layers} × {paperLstm.Units:N0} units, 160,000 and 80,000 words, {paper.Epochs} passes"),
        new("small", $"a small English–French corpus (--data), {smallLstm.Layers} × {smallLstm.Units} units, {small.Epochs} passes"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The presets quick and small learn with Adam, and their embeddings begin with deviation 1; quick has one layer.",
        "Words are what the tokenizer of BLEU's script mteval-v13a makes of a line, in every preset (section 3.1 names none); BLEU is that of sacrebleu, not of multi-bleu.pl.",
        "Batches are of pairs from one of seven ranges of length (section 3.4: of roughly the same length).",
        "No list of 1,000 translations is rescored (section 3.7), because that needs the output of the phrase-based system.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name switch
    {
        "quick" =>
        [
            new("reversal", $"After {JudgedSteps} updates the perplexity of unseen translations is", Bound.Max(3), new Control("source read forwards", 2)),
            new("beam", $"A beam of {Beam} translates so much more of {Translated} unseen sentences exactly than the most probable word each time", Bound.Min(0)),
            new("bleu", $"BLEU of its translations after {QuickSteps} updates", Bound.Min(50), new Control("source read forwards", 10)),
            new("ensemble", "Two nets together have this share of the better one's perplexity", Bound.Max(1)),
        ],
        "paper" => [new("bleu", $"BLEU on newstest2014, beam {PaperBeam}", Bound.Min(29), new Control("source read forwards", 2))],
        _ => [new("bleu", $"BLEU on unseen sentences, beam {Beam}", Bound.Min(20))],
    };

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "quick") RunQuick(run);
        else RunReal(run);
    }

    static void RunQuick(Run run)
    {
        var language = new LexicalTranslation(run.Random("language"));
        var task = TranslationTask.Generated(language.Draw(QuickSteps * quick.Batch, 8, 12, run.Random("train")), language.Draw(Judged, 8, 12, run.Random("unseen")));
        var reversed = task.Reversed();
        var (model, course) = Train("reversed", reversed, "weights");
        run.Save(model);
        var (straight, straightCourse) = Train("forwards", task, "weights");
        var (second, _) = Train("reversed, second", reversed, "second weights");

        run.Plot(new Plot("Perplexity of unseen translations").XAxis("updates").YAxis("perplexity", Scale.Logarithmic)
            .Line("source reversed", course.Select(c => c.Step), course.Select(c => c.Perplexity))
            .Line("source forwards", straightCourse.Select(c => c.Step), straightCourse.Select(c => c.Perplexity)));
        run.Plot(SentencePicture(model, language, run.Random("picture")));
        run.Measure("reversal", At(course), At(straightCourse));

        var translator = new Translator(model);
        var (greedy, beam) = (reversed.Translate(translator, Translated, 1), reversed.Translate(translator, Translated, Beam));
        run.Measure("beam", task.Exact(beam) - task.Exact(greedy));
        run.Measure("bleu", task.Agreement(beam).Score, task.Agreement(task.Translate(new Translator(straight), Translated, Beam)).Score);
        Show(run, task, greedy, beam);

        var unseen = reversed.UnseenBatches();
        var together = new Translator([model, second]).Perplexity(unseen);
        run.Measure("ensemble", together / Math.Min(translator.Perplexity(unseen), new Translator(second).Perplexity(unseen)));

        (Seq2Seq Model, IReadOnlyList<(long Step, double Perplexity)> Course) Train(string title, TranslationTask on, string weights)
        {
            var net = new Seq2Seq(on.Source.Count, on.Target.Count, quickLstm, run.SeedFor(weights));
            return (net, quick.Train(run, title, net, on, every: 50));
        }

        static double At(IReadOnlyList<(long Step, double Perplexity)> course) => course.First(c => c.Step == JudgedSteps).Perplexity;
    }

    static void RunReal(Run run)
    {
        var text = ParallelText.Load(run.RequireData("a parallel text: train.en and train.fr, valid.en and valid.fr, test.en and test.fr, a sentence a line"), "en", "fr");
        var (lstm, training, width) = run.IsPaper ? (paperLstm, paper, PaperBeam) : (smallLstm, small, Beam);
        var task = run.IsPaper ? TranslationTask.Of(text, 160_000, 80_000) : TranslationTask.Of(text, 8_000, 8_000, longest: 25);
        var reversed = task.Reversed();
        var (greedy, beam) = Translations(reversed, "reversed", save: true);
        Show(run, task, greedy, beam);
        var score = task.Agreement(beam).Score;
        if (run.IsPaper) run.Measure("bleu", score, task.Agreement(Translations(task, "forwards", save: false).Beam).Score);
        else run.Measure("bleu", score);

        (string[] Greedy, string[] Beam) Translations(TranslationTask on, string title, bool save)
        {
            var model = new Seq2Seq(on.Source.Count, on.Target.Count, lstm, run.SeedFor("weights"));
            training.Train(run, title, model, on);
            if (save) run.Save(model);
            var translator = new Translator(model);
            return (on.Translate(translator, on.Tests.Count, 1), on.Translate(translator, on.Tests.Count, width));
        }
    }

    static void Show(Run run, TranslationTask task, string[] greedy, string[] beam)
    {
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"Of {beam.Length} sentences {task.Exact(greedy):0.000} are translated exactly by the most probable word each time (BLEU {task.Agreement(greedy).Score:0.0}), {task.Exact(beam):0.000} by the beam (BLEU {task.Agreement(beam).Score:0.0})."));
        run.Table(
            "Unseen sentences",
            ["sentence", "translation", "the network's"],
            Enumerable.Range(0, Math.Min(12, beam.Length)).Select(i => (string[])[string.Join(' ', task.Tests[i].Words), task.Tests[i].References[0], beam[i]]));
    }

    // As figure 2: sentences of the same words, in four orders. To a bag of words all orders are one point.
    static Plot SentencePicture(Seq2Seq model, LexicalTranslation language, RandomStream random)
    {
        const int Orders = 4, Variants = 8;
        var words = language.Draw(1, 8, 8, random)[0].Source;
        var sentences = new List<SentencePair>();
        for (var order = 0; order < Orders; order++)
        {
            random.Shuffle<int>(words);
            for (var variant = 0; variant < Variants; variant++)
            {
                int[] varied = [.. words];
                varied[variant] = language.Draw(1, 1, 1, random)[0].Source[0]; // another word at one place
                sentences.Add(language.Translate(varied).Reversed());
            }
        }

        var vectors = model.SentenceVectors(BucketedPairs.Of(sentences).Inputs[0]);
        var places = PrincipalComponents.Of(vectors).Project(vectors).ToArray<float>();
        var plot = new Plot("Sentences of eight words in four orders: the encoder's states").XAxis("first principal component").YAxis("second");
        for (var order = 0; order < Orders; order++)
        {
            var own = Enumerable.Range(order * Variants, Variants).ToArray();
            plot = plot.Scatter($"order {order + 1}, one word varied", own.Select(i => places[2 * i]), own.Select(i => places[(2 * i) + 1]));
        }

        return plot;
    }
}
