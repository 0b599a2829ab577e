using System.Globalization;
using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;

namespace Strata.Gallery.Language.Sequences;

/// <summary>Addition learned from examples, character by character.</summary>
public sealed class AdditionRnnRecipe : Recipe
{
    const int Batch = 128;

    // Questions, of which a tenth is held out; passes over them; size and rate of the network.
    sealed record Plan(int Digits, int Questions, int Epochs, int Units, double Rate);

    static readonly Plan
        quick = new(Digits: 2, Questions: 5000, Epochs: 40, Units: 64, Rate: 4e-3),
        notebook = new(Digits: 2, Questions: 5000, Epochs: 100, Units: 128, Rate: 1e-3),
        threeDigits = new(Digits: 3, Questions: 50_000, Epochs: 100, Units: 128, Rate: 1e-3);

    /// <inheritdoc/>
    public override string Id => "addition-rnn";

    /// <inheritdoc/>
    public override string Title => "An LSTM that learns to add";

    /// <inheritdoc/>
    public override Source Source => new("Lecture notebooks on Keras", 2018, "Sequence to sequence learning for performing number addition", "Keras 2, after Sutskever et al. 2014");

    /// <inheritdoc/>
    public override string Summary =>
        "One LSTM reads a sum such as 61+22 as text, from its end, another writes 83. Without the order of the characters this cannot be done, and the "
        + "most similar known question does not help at all. What reading forwards costs is measured beside it.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", $"{quick.Digits} digits, {quick.Questions:N0} questions, {quick.Units} units, {quick.Epochs} passes"),
        new("paper", $"the notebook: {notebook.Digits} digits, {notebook.Questions:N0} questions, {notebook.Units} units, {notebook.Epochs} passes"),
        new("three-digits", $"{threeDigits.Digits} digits, {threeDigits.Questions:N0} questions, {threeDigits.Units} units, {threeDigits.Epochs} passes"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The preset quick has half the units, a higher rate and fewer passes than the notebook.",
        "The questions are generated in every preset, as in the notebook; --data is not read.",
        "The notebook expects reading backwards to help. Here both ways are shown, but it is not a claim: the lead is small, and not there with every seed.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) =>
    [
        new("characters", "This share of the characters of unseen sums is right", Bound.Min(0.9), new Control("the characters without their order", 0.15)),
        new("exact", "This share of unseen sums is right as a whole", Bound.Min(0.7), new Control("answer to the nearest known question", 0.4)),
    ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        var plan = run.Preset.Name switch { "quick" => quick, "paper" => notebook, _ => threeDigits };
        var all = AdditionQuestions.Draw(plan.Questions, plan.Digits, run.Random("questions"));
        var (train, test) = (all[..^(plan.Questions / 10)], all[^(plan.Questions / 10)..]);

        var seed = run.SeedFor("weights");
        var model = AdditionRnn.Create(plan.Digits, plan.Units, seed);
        var (given, backwards) = Answers(run, "read backwards", model, plan, train.Encode(reversed: true), test.Encode(reversed: true));
        run.Save(model);
        run.Table(
            "Unseen sums",
            ["question", "answer", "the network's", ""],
            Enumerable.Range(0, 20).Select(i => (string[])[test.Questions[i], test.Answers[i], given[i], given[i] == test.Answers[i] ? "☑" : "☒"]));

        var (straight, forwards) = Answers(run, "read forwards", AdditionRnn.Create(plan.Digits, plan.Units, seed), plan, train.Encode(reversed: false), test.Encode(reversed: false));
        var (bag, _) = Answers(run, "without order", AdditionRnn.CreateWithoutOrder(plan.Digits, plan.Units, seed), plan, train.Encode(reversed: true), test.Encode(reversed: true));
        run.Plot(new Plot("Characters of unseen sums that are right").XAxis("pass").YAxis("share").Line("read backwards", backwards).Line("read forwards", forwards));
        var (characters, exact) = test.Score(given);
        run.Say(string.Create(CultureInfo.InvariantCulture, $"Unseen sums that are right as a whole: {exact:0.000} read backwards, {test.Score(straight).Exact:0.000} read forwards."));
        run.Measure("characters", characters, test.Score(bag).Characters);
        run.Measure("exact", exact, test.Score(train.NearestAnswers(test)).Exact);
    }

    // The answers of a network to the unseen questions after its training, and the share of right characters after each pass.
    static (string[] Answers, IReadOnlyList<double> Course) Answers(Run run, string title, Model model, Plan plan, (Tensor X, Tensor Y) known, (Tensor X, Tensor Y) unseen)
    {
        model.Compile(new Adam(plan.Rate), Loss.CategoricalCrossentropy, Metric.CategoricalAccuracy);
        var batches = Dataset.From(known.X, known.Y).Shuffle(run.SeedFor("order")).Batch(Batch);
        var history = run.Fit(title, model, batches, run.Epochs ?? plan.Epochs, Dataset.From(unseen.X, unseen.Y).Batch(500));
        return (AdditionQuestions.Alphabet.Decode(model.Predict(unseen.X, 500)), history["val_categorical_accuracy"]);
    }
}
