using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Strata.Data;
using Strata.Gallery.Language.Embeddings;

namespace Strata.Bench.Words;

/// <summary><c>words</c>: word2vec beside gensim and fastText on one generated text, in turns; speed, and the loss on a text that none has seen.</summary>
internal static class WordVectorsCommand
{
    const long HeldOutLength = 200_000;
    const int MinCount = 5;

    sealed record Side(double Train, double Total, double Processor, double Loss);

    public static Command Create()
    {
        var length = new Option<long>("--words") { Description = "The length of the text.", DefaultValueFactory = _ => 10_000_000 };
        var threads = new Option<int>("--threads") { Description = "Threads of each side.", DefaultValueFactory = _ => 2 };
        var dimension = new Option<int>("--dimension") { Description = "The length of a vector.", DefaultValueFactory = _ => 100 };
        var window = new Option<int>("--window") { Description = "The window.", DefaultValueFactory = _ => 5 };
        var negatives = new Option<int>("--negatives") { Description = "Negative samples.", DefaultValueFactory = _ => 5 };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the text.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double>("--rate") { Description = "The learning rate at first.", DefaultValueFactory = _ => 0.05 };
        var cbow = new Option<bool>("--cbow") { Description = "The continuous bag of words instead of skip-grams." };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured, in turns; the best counts.", DefaultValueFactory = _ => 2 };
        var peers = new Option<string>("--peers") { Description = "Whom to measure beside, with commas between.", DefaultValueFactory = _ => "gensim,fasttext" };
        var python = new Option<string>("--python") { Description = "The Python that has gensim.", DefaultValueFactory = _ => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3" };
        var command = new Command("words", "Times word2vec beside gensim and fastText on a generated text by Zipf's law.") { length, threads, dimension, window, negatives, epochs, rate, cbow, rounds, peers, python };
        command.SetAction(parsed =>
        {
            var options = new Word2VecOptions
            {
                Architecture = parsed.GetValue(cbow) ? Word2VecArchitecture.ContinuousBagOfWords : Word2VecArchitecture.SkipGram,
                Dimension = parsed.GetValue(dimension), Window = parsed.GetValue(window), Negatives = parsed.GetValue(negatives), Epochs = parsed.GetValue(epochs),
                Threads = parsed.GetValue(threads), LearningRate = parsed.GetValue(rate), InitialRange = 1, // as the peers'
            };
            var folder = Directory.CreateTempSubdirectory("strata-words-").FullName;
            try
            {
                Measure(folder, parsed.GetValue(length), options, parsed.GetValue(rounds), parsed.GetValue(peers)!.Split(',', StringSplitOptions.RemoveEmptyEntries), parsed.GetValue(python)!);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    static void Measure(string folder, long length, Word2VecOptions options, int rounds, string[] peers, string python)
    {
        var (path, heldOutPath, generator) = (Path.Combine(folder, "text"), Path.Combine(folder, "held-out"), new ZipfText());
        generator.Write(path, length, seed: 1);
        generator.Write(heldOutPath, HeldOutLength, seed: 2);
        var (training, heldOut) = (WordCorpus.Read(path, MinCount), WordCorpus.Read(heldOutPath, 1));
        var best = new Dictionary<string, Side>();
        for (var round = 0; round < rounds; round++)
        {
            Keep("Strata", Own(path, training, heldOut, options));
            foreach (var peer in peers)
                if (Other(peer, path, folder, training, heldOut, options, python) is { } side) Keep(peer, side);
        }

        Console.WriteLine($"{length:N0} words, {training.Words.Count:N0} different, {options.Threads} threads, {options.Architecture}, dimension {options.Dimension}, window {options.Window}, {options.Negatives} negatives, {options.Epochs} passes");
        var table = new Table().AddColumns("", "words/s", "reading too", "words a processor second", "loss on unseen text", "Strata is faster by", "reading too", "by processor time");
        foreach (var (name, side) in best)
        {
            var own = best["Strata"];
            table.AddRow(
                name, Speed(side.Train), Speed(side.Total), Speed(side.Processor), side.Loss.ToString("0.0000", CultureInfo.InvariantCulture),
                Ratio(side.Train / own.Train), Ratio(side.Total / own.Total), Ratio(side.Processor / own.Processor));
        }

        AnsiConsole.Write(table);

        void Keep(string name, Side side)
        {
            Console.WriteLine($"  {name}: training {side.Train:0.00} s, with reading {side.Total:0.00} s, {side.Processor:0.00} processor seconds, loss {side.Loss:0.0000}");
            best[name] = best.TryGetValue(name, out var old) ? new(Math.Min(old.Train, side.Train), Math.Min(old.Total, side.Total), Math.Min(old.Processor, side.Processor), side.Loss) : side;
        }

        string Speed(double seconds) => (length * options.Epochs / seconds).ToString("N0", CultureInfo.InvariantCulture);

        static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
    }

    static Side Own(string path, WordCorpus training, WordCorpus heldOut, Word2VecOptions options)
    {
        var clock = Stopwatch.StartNew();
        var model = new Word2Vec(WordCorpus.Read(path, MinCount), options);
        var read = clock.Elapsed.TotalSeconds;
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        model.Train();
        var (total, used) = (clock.Elapsed.TotalSeconds, Process.GetCurrentProcess().TotalProcessorTime - before);
        return new(total - read, total, used.TotalSeconds, HeldOutLoss.Of(heldOut, training, options, model.Vectors, new(training.Words, model.Output)));
    }

    // A thread of gensim counts its own words alone, so that the rate of T threads falls only to 1 − 1/T of its value within the last pass. For the same mean rate,
    // and so for a fair comparison of losses, it begins lower.
    static double Rate(string peer, Word2VecOptions options) => peer == "gensim"
        ? options.LearningRate!.Value * 0.5 / (1 - ((((options.Epochs - 1) / 2.0) + (0.5 / options.Threads)) / options.Epochs))
        : options.LearningRate!.Value;

    static Side? Other(string peer, string path, string folder, WordCorpus training, WordCorpus heldOut, Word2VecOptions options, string python)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "word_vectors.py");
        string[] arguments =
        [
            script, peer, path, folder, "--dimension", $"{options.Dimension}", "--window", $"{options.Window}", "--negatives", $"{options.Negatives}", "--epochs", $"{options.Epochs}",
            "--threads", $"{options.Threads}", "--rate", Rate(peer, options).ToString(CultureInfo.InvariantCulture), .. options.Architecture == Word2VecArchitecture.SkipGram ? (string[])[] : ["--cbow"],
        ];
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Console.Error.WriteLine($"{peer} cannot be measured. It needs Debian's python3-gensim or fasttext; name the interpreter with --python.");
            return null;
        }

        var json = JsonDocument.Parse(answer).RootElement;
        WordVectors Vectors(string which) => WordVectors.Read(json.GetProperty(which).GetString()!);
        return new(json.GetProperty("train").GetDouble(), json.GetProperty("total").GetDouble(), json.GetProperty("processor").GetDouble(), HeldOutLoss.Of(heldOut, training, options, Vectors("input"), Vectors("output")));
    }
}
