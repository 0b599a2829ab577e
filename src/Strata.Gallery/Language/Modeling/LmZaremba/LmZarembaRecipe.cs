using System.Globalization;
using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;

namespace Strata.Gallery.Language.Modeling;

/// <summary>Dropout that spares the memory of an LSTM.</summary>
public sealed class LmZarembaRecipe : Recipe
{
    const int Streams = 20;

    // Section 4.1: the sizes, and when and by how much the learning rate, at first 1, is divided after each pass.
    sealed record Plan(int Units, double Dropout, double Range, int Steps, int Epochs, int FullRateEpochs, double Divisor, double Clip);

    static readonly Plan
        quick = new(Units: 128, Dropout: 0.5, Range: 0.1, Steps: 20, Epochs: 40, FullRateEpochs: 40, Divisor: 1, Clip: 5),
        small = new(Units: 200, Dropout: 0, Range: 0.1, Steps: 20, Epochs: 13, FullRateEpochs: 4, Divisor: 2, Clip: 5),
        medium = new(Units: 650, Dropout: 0.5, Range: 0.05, Steps: 35, Epochs: 39, FullRateEpochs: 6, Divisor: 1.2, Clip: 5),
        large = new(Units: 1500, Dropout: 0.65, Range: 0.04, Steps: 35, Epochs: 55, FullRateEpochs: 14, Divisor: 1.15, Clip: 10);

    /// <inheritdoc/>
    public override string Id => "lm-zaremba";

    /// <inheritdoc/>
    public override string Title => "LSTM language model with dropout on non-recurrent connections";

    /// <inheritdoc/>
    public override Source Source => new("W. Zaremba, I. Sutskever, O. Vinyals", 2014, "Recurrent Neural Network Regularization", "arXiv:1409.2329");

    /// <inheritdoc/>
    public override string Summary =>
        "Two LSTMs predict the next word. With dropout between the layers, but not along time, they keep getting better on unseen text; "
        + "without it they soon know their text by heart and get worse on any other.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", $"12,000 generated words, 2 × {quick.Units} units, {quick.Epochs} passes"),
        new("paper", $"Penn Treebank (--data), medium: 2 × {medium.Units} units, {medium.Epochs} passes"),
        new("large", $"Penn Treebank (--data), large: 2 × {large.Units} units, {large.Epochs} passes"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The preset quick keeps the learning rate at 1, so that the net without dropout shows where it goes.",
        "A text is read in 20 streams for validation and test, too; the few words at the end that fill no window are left out.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name switch
    {
        "quick" =>
        [
            new("perplexity", "At its best the net with dropout hesitates between this many words of unseen text", Bound.Max(48), new Control("without dropout, at its best", 10)),
            new("ratio", "That is this share of the best perplexity without dropout", Bound.Max(0.75)),
            new("overfitting", "By the end the perplexity with dropout is this multiple of its best", Bound.Max(1.5), new Control("without dropout", 2)),
        ],
        _ => [new("perplexity", "Perplexity on the test text", Bound.Max(preset.Name == "paper" ? 86 : 82), new Control("small net without dropout", 20))],
    };

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name != "quick")
        {
            var treebank = PennTreebank.Load(run.RequireData("the Penn Treebank as ptb.train.txt, ptb.valid.txt and ptb.test.txt, a sentence a line"));
            var (regularized, plan) = run.IsPaper ? ("medium", medium) : ("large", large);
            var (model, _) = Train(run, regularized, plan, treebank);
            run.Save(model);
            var (control, _) = Train(run, "small, no dropout", small, treebank);
            run.Measure("perplexity", TestPerplexity(model, plan), TestPerplexity(control, small));
            return;

            double TestPerplexity(Sequential net, Plan own) => LmZaremba.Perplexity(net, ContiguousText.Windows(treebank.Test, Streams, own.Steps));
        }

        var markov = new MarkovText(200, run.Random("table"));
        var words = new Vocabulary(Enumerable.Range(0, markov.Vocabulary).Select(w => w.ToString(CultureInfo.InvariantCulture)));
        var text = markov.Draw(18_000, run.Random("text"));
        var corpus = new TextCorpus(words, text[..12_000], text[12_000..], []);
        var (dropped, course) = Train(run, "dropout", quick, corpus);
        run.Save(dropped);
        var (_, plain) = Train(run, "no dropout", quick with { Dropout = 0 }, corpus);
        run.Plot(new Plot("Perplexity of unseen text").XAxis("pass").YAxis("perplexity", Scale.Logarithmic)
            .Line("dropout", course).Line("no dropout", plain).Level("who knows the chain", markov.TruePerplexity));
        run.Measure("perplexity", course.Min(), plain.Min());
        run.Measure("ratio", course.Min() / plain.Min());
        run.Measure("overfitting", course[^1] / course.Min(), plain[^1] / plain.Min());
    }

    // The trained net, and the perplexity of the validation text after each pass.
    static (Sequential Model, double[] Course) Train(Run run, string title, Plan plan, TextCorpus corpus)
    {
        var windows = ContiguousText.Windows(corpus.Train, Streams, plan.Steps);
        var unseen = ContiguousText.Windows(corpus.Validation, Streams, plan.Steps);
        var updates = windows.Count!.Value;
        var rate = Schedule.Of(t => Math.Pow(plan.Divisor, -Math.Max(0, (t / updates) + 1 - plan.FullRateEpochs)));
        var model = LmZaremba.Create(corpus.Vocabulary.Count, plan.Units, plan.Dropout, plan.Range, run.SeedFor("weights"));
        LmZaremba.Compile(model, new SGD(rate) { ClipNorm = plan.Clip }, plan.Steps);
        var course = new List<double>();
        var watch = new LambdaCallback
        {
            EpochEnd = (epoch, _) =>
            {
                course.Add(LmZaremba.Perplexity(model, unseen));
                run.Metric($"{title}/val_perplexity", epoch, course[^1]);
            },
        };
        run.Fit(title, model, windows, run.Epochs ?? plan.Epochs, callback: watch);
        return (model, [.. course]);
    }
}
