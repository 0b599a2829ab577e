using System.Diagnostics;
using System.Globalization;

namespace Strata.Nn;

/// <summary>Shows how training goes: on a terminal a bar with rate, time left and metrics that moves in its line, elsewhere one line an epoch.</summary>
public sealed class ProgressBar : Callback
{
    const int BarLength = 24;
    static readonly TimeSpan refresh = TimeSpan.FromMilliseconds(100);

    readonly TextWriter output;
    readonly bool live;
    readonly Stopwatch clock = new();
    TimeSpan drawn;
    long firstExample; // of this epoch in this process: a run taken up again begins in the middle
    int firstStep, width;

    /// <summary>A bar on the console.</summary>
    public ProgressBar()
        : this(Console.Out, !Console.IsOutputRedirected)
    {
    }

    /// <summary>A bar on a writer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="live">Whether a carriage return goes back to the beginning of the line, as on a terminal.</param>
    public ProgressBar(TextWriter output, bool live) => (this.output, this.live) = (output, live);

    /// <inheritdoc/>
    protected internal override void OnTrainBegin()
    {
        if (Run.ExampleCounts is not { } counts) return;
        var text = Run.HasValidation && counts.Validation is { } held
            ? $"Train on {counts.Training} samples, validate on {held} samples"
            : $"Train on {counts.Training} samples";
        output.WriteLine(text);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochBegin(int epoch)
    {
        clock.Restart();
        (drawn, firstExample, firstStep) = (TimeSpan.Zero, Run.Examples, Run.Step);
    }

    /// <inheritdoc/>
    protected internal override void OnBatchEnd(int step, Logs logs)
    {
        if (!live || clock.Elapsed - drawn < refresh) return;
        drawn = clock.Elapsed;
        Draw($"{Head()} {Bar()} {Rate()}{Left()} - {logs}");
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs)
    {
        var line = $"{Head()} - {Span(clock.Elapsed)} - {Rate()} - {logs}";
        if (live) Draw(line);
        output.WriteLine(live ? "" : line);
        output.Flush();
        width = 0;
    }

    string Head() => $"Epoch {Run.Epoch + 1}/{Run.Epochs}";

    string Bar()
    {
        if (Run.StepsPerEpoch is not > 0) return $"step {Run.Step}";
        var done = Math.Min(BarLength, BarLength * Run.Step / Run.StepsPerEpoch.Value);
        return $"step {Run.Step}/{Run.StepsPerEpoch} [{new string('=', done)}{(done < BarLength ? ">" : "")}{new string('.', Math.Max(0, BarLength - done - 1))}]";
    }

    string Rate() => string.Create(CultureInfo.InvariantCulture, $"{(Run.Examples - firstExample) / Math.Max(1e-9, clock.Elapsed.TotalSeconds):N0} examples/s");

    string Left()
    {
        if (Run.StepsPerEpoch is not { } steps || Run.Step == firstStep) return "";
        return $" - {Span(clock.Elapsed * ((double)(steps - Run.Step) / (Run.Step - firstStep)))} left";
    }

    static string Span(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"
        : time.TotalMinutes >= 1 ? $"{time.Minutes}:{time.Seconds:00} min" : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    void Draw(string line)
    {
        output.Write('\r' + line.PadRight(width)); // over what is left of a longer line
        width = line.Length;
        output.Flush();
    }
}
