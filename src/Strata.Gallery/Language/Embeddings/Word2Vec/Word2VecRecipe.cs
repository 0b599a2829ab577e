using System.Diagnostics;
using System.Globalization;
using Strata.Data;
using Strata.Formats;
using Strata.Formats.Plots;

namespace Strata.Gallery.Language.Embeddings;

/// <summary>Word vectors in which relations of words are directions.</summary>
public sealed class Word2VecRecipe : Recipe
{
    const int Sentences = 60_000;
    const string QuestionsFile = "questions-words.txt", ListFiles = "EN-*.txt", MenList = "EN-MEN-TR-3k.txt";
    const string Texts = "plain text with white space between its words, in any number of files (text8, or the shards of the one-billion-word benchmark)";

    static readonly Word2VecOptions
        quick = new() { Dimension = 32, Epochs = 3 },
        small = new() { Dimension = 100, Epochs = 15 },
        paper = new() { Dimension = 300, Negatives = 15, Subsampling = 1e-5, SubsamplingRule = SubsamplingRule.Paper, Epochs = 1 }; // 1310.4546, table 1

    /// <inheritdoc/>
    public override string Id => "word2vec";

    /// <inheritdoc/>
    public override string Title => "Word2Vec: word vectors by skip-grams and continuous bags of words";

    /// <inheritdoc/>
    public override Source Source => new("T. Mikolov, I. Sutskever, K. Chen, G. Corrado, J. Dean", 2013, "Distributed Representations of Words and Phrases and their Compositionality", "arXiv:1310.4546, after arXiv:1301.3781");

    /// <inheritdoc/>
    public override string Summary =>
        "Each word learns a vector that predicts the words around it. Relations between words become directions: the answer to 'a is to b as c is to …' is the word nearest to b − a + c. "
        + "Where the words around an entity have nothing to do with it, nothing is learned.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", $"{Sentences:N0} generated sentences with planted relations, d = {quick.Dimension}, {quick.Epochs} passes"),
        new("small", $"a text of a million words or more and lists of similar words (--data), skip-gram, d = {small.Dimension}, {small.Epochs} passes"),
        new("paper", $"a billion words (--data), skip-gram, d = {paper.Dimension}, {paper.Negatives} negative samples"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The logistic function is computed, where the published program looks it up in a table of 1,000 steps and skips what lies beyond ±6.",
        "The end of a sentence is no word of its own; windows end there, as in the published program.",
        "Negative samples are drawn exactly in proportion to count^¾ (by an alias table) instead of from a table of 10⁸ words.",
        "Thinning out follows the published program's formula, not the paper's equation (5), but in the preset paper.",
        "With more than one thread the vectors depend on chance as well as on the seed.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name switch
    {
        "quick" =>
        [
            new("skip-gram", "Skip-gram with negative sampling answers this share of the planted questions", Bound.Min(0.8), new Control("entities drawn anew for each sentence", 0.7)),
            new("untrained", "Untrained vectors answer this share", Bound.Max(0.03)),
            new("unrelated", "Vectors of sentences with entities drawn anew answer this share", Bound.Max(0.1)),
            new("cbow", "The continuous bag of words answers this share", Bound.Min(0.6), new Control("untrained", 0.5)),
            new("hierarchical", "Skip-gram with hierarchical softmax answers this share", Bound.Min(0.6), new Control("untrained", 0.5)),
            new("hogwild", "Two threads without locks answer this share more or less than one", Bound.Max(0.05)),
            new("phrase-precision", "Of the pairs joined to phrases this share was planted", Bound.Min(0.95), new Control("without the discount of rare pairs", 0.2)),
            new("phrase-recall", "Of the planted phrases this share was found", Bound.Min(0.95)),
        ],
        "small" => [new("similarity", "Cosines follow people's judgment of 3,000 pairs (MEN) with this rank correlation", Bound.Min(0.35), new Control("untrained", 0.3))],
        _ => [new("accuracy", "Skip-gram answers this share of the published questions", Bound.Min(0.55), new Control("hierarchical softmax without thinning out", 0.05))],
    };

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        switch (run.Preset.Name)
        {
            case "quick": RunQuick(run); break;
            case "small": RunSmall(run); break;
            default: RunPaper(run); break;
        }
    }

    static void RunQuick(Run run)
    {
        var (corpus, questions) = AnalogyCorpus.Draw(Sentences, run.Random("text"));
        var unrelated = AnalogyCorpus.Draw(Sentences, run.Random("text"), shuffled: true).Corpus;
        var options = quick with { Epochs = run.Epochs ?? quick.Epochs, Seed = run.SeedFor("vectors") };
        var untrained = new Word2Vec(corpus, options).Vectors.Ask(questions);
        var (vectors, rate) = Train(run, "skip-gram", corpus, options);
        var skipGram = vectors.Ask(questions);
        var noise = Train(run, "entities drawn anew", unrelated, options).Vectors.Ask(questions);
        var bag = Train(run, "CBOW", corpus, options with { Architecture = Word2VecArchitecture.ContinuousBagOfWords }).Vectors.Ask(questions);
        var tree = Train(run, "hierarchical softmax", corpus, options with { Negatives = 0 }).Vectors.Ask(questions);
        var (hogwild, rateOfTwo) = Train(run, "skip-gram on two threads", corpus, options with { Threads = 2 });
        run.Say(string.Create(CultureInfo.InvariantCulture, $"Two threads read {rateOfTwo / rate:0.00} times the words of one in the same time."));
        run.Measure("skip-gram", skipGram.Accuracy, noise.Accuracy);
        run.Measure("untrained", untrained.Accuracy);
        run.Measure("unrelated", noise.Accuracy);
        run.Measure("cbow", bag.Accuracy, untrained.Accuracy);
        run.Measure("hierarchical", tree.Accuracy, untrained.Accuracy);
        run.Measure("hogwild", Math.Abs(hogwild.Ask(questions).Accuracy - skipGram.Accuracy));
        Show(run, vectors, skipGram);
        run.Plot(Pairs(vectors));
        vectors.Write(run.PathOf("vectors.bin"));
        FindPhrases(run);
    }

    static void FindPhrases(Run run)
    {
        // Chance scores 1, a planted pair 50 less the discount; the discount of 5 keeps out pairs of rare words that met by chance.
        var planted = PlantedPhrases.Draw(400_000, vocabulary: 5_000, phrases: 20, chance: 50, run.Random("phrases"));
        var (found, all) = (Found(discount: 5), Found(discount: 0));
        run.Measure("phrase-precision", Precision(found), Precision(all));
        run.Measure("phrase-recall", found.Count(planted.Phrases.Contains) / (double)planted.Phrases.Count);

        (string, string)[] Found(int discount) => [.. new PhraseDetector(planted.Corpus, discount, threshold: 25).Phrases.Keys];
        double Precision((string, string)[] phrases) => phrases.Count(planted.Phrases.Contains) / (double)phrases.Length;
    }

    static void RunSmall(Run run)
    {
        var folder = run.RequireData($"{Texts}, and lists of similar words such as {MenList}");
        var lists = Directory.Exists(folder) ? Directory.GetFiles(folder, ListFiles).Order(StringComparer.Ordinal).ToArray() : [];
        var men = lists.FirstOrDefault(l => Path.GetFileName(l) == MenList)
            ?? throw new DataFileException(folder, $"word2vec needs {MenList} there (from the repository mfaruqui/eval-word-vectors) beside {Texts}");
        var corpus = Read(folder, lists);
        var options = small with { Epochs = run.Epochs ?? small.Epochs, Seed = run.SeedFor("vectors"), Threads = Threading.Workers.Threads };
        var untrained = new Word2Vec(corpus, options).Vectors;
        var (vectors, _) = Train(run, "skip-gram", corpus, options);
        var rows = lists.Select(list =>
        {
            var (correlation, judged) = vectors.Judge(WordSimilarities.Read(list));
            return (IReadOnlyList<string>)[Path.GetFileNameWithoutExtension(list), Verdict.Text(correlation), $"{judged}"];
        }).ToArray();
        run.Table("Rank correlation with people's judgment", ["list", "correlation", "pairs"], rows);
        foreach (var row in rows) run.Say(string.Join("  ", row));
        var pairs = WordSimilarities.Read(men);
        run.Measure("similarity", vectors.Judge(pairs).Correlation, untrained.Judge(pairs).Correlation);
        vectors.Write(run.PathOf("vectors.bin"));
    }

    static void RunPaper(Run run)
    {
        var folder = run.RequireData($"{Texts}, and {QuestionsFile}");
        var path = Path.Combine(folder, QuestionsFile);
        if (!File.Exists(path)) throw new DataFileException(folder, $"word2vec needs {QuestionsFile} there (from the repository tmikolov/word2vec) beside {Texts}");
        var corpus = Read(folder, [path]);
        var lower = !corpus.Words.Decode(Enumerable.Range(0, corpus.Words.Count)).Any(w => w.Any(char.IsUpper));
        var questions = AnalogyQuestions.Read(path, lower);
        var options = paper with { Epochs = run.Epochs ?? paper.Epochs, Seed = run.SeedFor("vectors"), Threads = Threading.Workers.Threads };
        var (vectors, _) = Train(run, "skip-gram", corpus, options);
        vectors.Write(run.PathOf("vectors.bin"));
        var score = vectors.Ask(questions);
        Show(run, vectors, score);
        var control = Train(run, "hierarchical softmax", corpus, options with { Negatives = 0, Subsampling = 0 }).Vectors;
        run.Measure("accuracy", score.Accuracy, control.Ask(questions).Accuracy);
    }

    static WordCorpus Read(string folder, string[] others)
    {
        var files = Directory.GetFiles(folder).Except(others).Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0 ? WordCorpus.Read(files) : throw new DataFileException(folder, $"word2vec needs {Texts} there");
    }

    // The vectors, and the words read a second.
    static (WordVectors Vectors, double Rate) Train(Run run, string title, WordCorpus corpus, Word2VecOptions options)
    {
        const double Tell = 10; // seconds
        var model = new Word2Vec(corpus, options);
        var (clock, told) = (Stopwatch.StartNew(), 0.0);
        var total = (double)corpus.Length * options.Epochs;
        model.Train(share =>
        {
            var seconds = clock.Elapsed.TotalSeconds;
            run.Metric($"{title}/words_per_second", (long)(share * total), share * total / seconds);
            if (seconds - told < Tell) return;
            told = seconds;
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{title}: {share:P0}, {share * total / seconds:N0} words/s, {seconds * (1 - share) / share:N0} s left"));
        });
        var rate = total / clock.Elapsed.TotalSeconds;
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{title}: {total:N0} words at {rate:N0} words/s"));
        return (model.Vectors, rate);
    }

    static void Show(Run run, WordVectors vectors, AnalogyScore score)
    {
        run.Table("Questions answered", ["kind", "right", "asked", "left out"], score.Sections.Select(s => (IReadOnlyList<string>)[s.Name, $"{s.Right}", $"{s.Asked}", $"{s.LeftOut}"]));
        var examples = score.Sections.Count > 0 ? vectors.Words.Decode(Enumerable.Range(0, Math.Min(200, vectors.Words.Count))).Where((_, i) => i % 20 == 0) : [];
        run.Table("The nearest words", ["word", "nearest"], examples.Select(w => (IReadOnlyList<string>)[w, string.Join(", ", vectors.Nearest(w, 5).Select(n => n.Word))]));
    }

    // The members of the first family in the plane of their greatest variance, as figure 2 of 1310.4546 shows countries and capitals.
    static Plot Pairs(WordVectors vectors)
    {
        const int Count = 16;
        var names = Enumerable.Range(0, 2 * Count).Select(i => AnalogyCorpus.Entity(0, i % Count, i / Count)).ToArray();
        var rows = Tensor.Stack([.. names.Select(n => vectors[n])], 0);
        rows -= rows.Mean(0, keepDims: true);
        var plane = rows.MatMul(rows.Svd().Vt[..2], transposeB: true).Transpose().ToArray<float>(); // [2, names]
        var (x, y) = (plane[..names.Length], plane[names.Length..]);
        var plot = new Plot("A family of pairs: x to y is one direction").XAxis("first principal component").YAxis("second") with { EqualScales = true };
        for (var i = 0; i < Count; i++) plot = plot.Line("", [x[i], x[Count + i]], [y[i], y[Count + i]]);
        return plot.Scatter("x", x[..Count], y[..Count]).Scatter("y", x[Count..], y[Count..]);
    }
}
