using Strata.Nn;

namespace Strata.Gallery.Language.Translation;

/// <summary>How the translation systems are trained.</summary>
/// <param name="Batch">Pairs of an update.</param>
/// <param name="Epochs">Passes, which may end with a part of one.</param>
/// <param name="Rate">The first learning rate.</param>
/// <param name="FullRateEpochs">After so many passes the rate is halved …</param>
/// <param name="HalvingEpochs">… and again after each so many.</param>
/// <param name="Clip">The largest norm of a gradient; longer ones are scaled to it: 5·g/s where s = ‖g‖ is more than 5.</param>
/// <param name="Adam">Whether Adam is used in place of plain gradient descent.</param>
public sealed record TranslationTraining(int Batch, double Epochs, double Rate, double FullRateEpochs = double.PositiveInfinity, double HalvingEpochs = 1, double Clip = 5, bool Adam = false)
{
    /// <summary>Trains a model, and tells the perplexity of unseen translations along the way.</summary>
    /// <param name="run">The run.</param>
    /// <param name="title">What is trained.</param>
    /// <param name="model">The model.</param>
    /// <param name="task">On what.</param>
    /// <param name="every">After how many updates to judge; 0: after each pass.</param>
    /// <returns>The perplexities and the numbers of updates before them.</returns>
    public IReadOnlyList<(long Step, double Perplexity)> Train(Run run, string title, EncoderDecoder model, TranslationTask task, int every = 0)
    {
        var batches = task.Batches(Batch, run.SeedFor("order"));
        var updates = batches.BatchCount!.Value;
        var passes = run.Epochs ?? Epochs;
        var rate = Schedule.Of(t => Rate * Math.Pow(0.5, Halvings((double)t / updates)));
        model.Compile(Adam ? new Adam(rate) { ClipNorm = Clip } : new SGD(rate) { ClipNorm = Clip }, new SequenceCrossentropy());
        var (translator, unseen) = (new Translator(model), task.UnseenBatches());
        var course = new List<(long, double)>();
        run.Fit(title, model, batches, (int)Math.Ceiling(passes), callback: new Judge(step =>
        {
            if (step % (every > 0 ? every : updates) == 0)
            {
                course.Add((step, translator.Perplexity(unseen)));
                run.Metric($"{title}/unseen_perplexity", step, course[^1].Item2);
            }

            return step < passes * updates;
        }));
        return course;
    }

    /// <summary>How often the rate has been halved after some passes.</summary>
    internal double Halvings(double passes) => passes < FullRateEpochs ? 0 : 1 + Math.Floor((passes - FullRateEpochs) / HalvingEpochs);

    /// <summary>Asks after each update, whose number it tells, whether to go on.</summary>
    sealed class Judge(Func<long, bool> goesOn) : Callback
    {
        long steps;

        protected override void OnBatchEnd(int step, Logs logs)
        {
            if (!goesOn(++steps)) Run.StopTraining = true;
        }
    }
}
