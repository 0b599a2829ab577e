namespace Strata.Cli.Tests;

/// <summary>Each kind of bad input gives one clear sentence and exit code 2: no stack trace, nothing half-written.</summary>
public sealed class BadInputTests : IDisposable
{
    readonly StrataCommand strata = new();

    public void Dispose() => strata.Dispose();

    void Fails(string sentence, params string[] arguments)
    {
        var answer = strata.Run(arguments);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(sentence, answer.Error);
        Assert.DoesNotContain("   at ", answer.Error + answer.Output);
        Assert.DoesNotContain("Exception", answer.Error + answer.Output);
    }

    [Fact]
    public void An_unknown_system() => Fails("There is no recipe 'lenet'; did you mean 'lenet5'?", "run", "lenet");

    [Fact]
    public void An_unknown_command() => Fails("'tarin'", "tarin");

    [Fact]
    public void An_unknown_preset() => Fails("'lenet5' has no preset 'fast'; it has 'quick' and 'paper'.", "run", "lenet5", "--preset", "fast");

    [Fact]
    public void A_paper_run_without_data() => Fails("The preset 'paper' needs the four IDX files of MNIST", "run", "lenet5", "--preset", "paper");

    [Fact]
    public void A_data_folder_that_is_not_there() => Fails("--data: there is no folder 'nowhere'.", "run", "lenet5", "--data", "nowhere");

    [Fact]
    public void A_data_folder_without_the_files()
    {
        strata.Write("data/readme.txt", []);
        Fails("train-images-idx3-ubyte", "run", "lenet5", "--data", "data");
    }

    [Fact]
    public void A_truncated_data_file()
    {
        foreach (var (name, head) in new[] { ("train-images-idx3-ubyte", 3), ("train-labels-idx1-ubyte", 1), ("t10k-images-idx3-ubyte", 3), ("t10k-labels-idx1-ubyte", 1) })
            strata.Write($"data/{name}", [0, 0, 8, (byte)head, 0, 0, 1, 0]);
        Fails("train-", "run", "lenet5", "--data", "data");
    }

    [Fact]
    public void No_epochs() => Fails("--epochs: 0 was asked for", "run", "lenet5", "--epochs", "0");

    [Fact]
    public void A_seed_that_is_not_a_number() => Fails("seed", "run", "lenet5", "--seed", "one");

    [Fact]
    public void Seeds_that_are_not_numbers() => Fails("--seeds: 'x' is not a whole number", "verify", "lenet5", "--seeds", "11,x");

    [Fact]
    public void A_checkpoint_that_is_not_there() => Fails("model.strata", "predict", "model.strata", "digit.png");

    [Fact]
    public void A_checkpoint_that_is_none()
    {
        strata.Write("model.strata", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        strata.Write("digit.png", []);
        Fails("model.strata", "predict", "model.strata", "digit.png");
    }
}
