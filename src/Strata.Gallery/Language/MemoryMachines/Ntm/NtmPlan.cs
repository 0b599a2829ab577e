using Strata.Data;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Language.MemoryMachines;

/// <summary>What is trained on a task, and how long.</summary>
/// <param name="Task">The task.</param>
/// <param name="Networks">The networks: machines first, the control last.</param>
/// <param name="Batch">Sequences of an update.</param>
/// <param name="Longer">Draws sequences longer than any of training; null: the task has one length.</param>
internal sealed record NtmPlan(AlgorithmicTask Task, NtmNetwork[] Networks, int Batch = 16, Func<int, RandomStream, Batch>? Longer = null)
{
    const int Bits = 8, Locations = 128, Width = 20, Sequences = 1_000_000;

    /// <summary>The configurations of tables 1 to 3.</summary>
    public static NtmPlan Paper(string task) => task switch
    {
        "copy" => Published(
            new CopyTask(Bits, (1, 20)), (1, 100, 1e-4), (1, 100, 1, 1e-4), (256, 3e-5), new CopyTask(Bits, (100, 100)).Draw),
        "repeat-copy" => Repeated(
            task => Published(task, (1, 100, 1e-4), (1, 100, 1, 1e-4), (512, 3e-5), (n, random) => task.Draw(n, 10, 20, random))),
        "associative-recall" => Published(
            new AssociativeRecallTask(6, 3, (2, 6)), (4, 256, 1e-4), (1, 100, 1, 1e-4), (256, 1e-4), new AssociativeRecallTask(6, 3, (12, 12)).Draw),
        "n-grams" => Published(new NGramTask(), (1, 100, 3e-5), (1, 100, 1, 3e-5), (128, 1e-4)),
        _ => Published(new PrioritySortTask(Bits), (8, 512, 3e-5), (5, 100, 2, 3e-5), (128, 3e-5)),
    };

    static NtmPlan Repeated(Func<RepeatCopyTask, NtmPlan> plan) => plan(new RepeatCopyTask(Bits, (1, 10), (1, 10)));

    static NtmPlan Published(
        AlgorithmicTask task,
        (int Heads, int Units, double Rate) feedforward,
        (int Heads, int Units, int Layers, double Rate) recurrent,
        (int Units, double Rate) lstm,
        Func<int, RandomStream, Batch>? longer = null)
    {
        const int batch = 16, updates = Sequences / batch;
        return new(
            task,
            [
                new("NTM, feed-forward controller", (t, seed) => Ntm.Create(t, Ntm.Feedforward(feedforward.Units), Locations, Width, feedforward.Heads, seed), () => Ntm.GravesRmsProp(feedforward.Rate), updates),
                new("NTM, LSTM controller", (t, seed) => Ntm.Create(t, Ntm.Recurrent(recurrent.Units, recurrent.Layers), Locations, Width, recurrent.Heads, seed), () => Ntm.GravesRmsProp(recurrent.Rate), updates),
                new("LSTM", (t, seed) => Ntm.CreateLstm(t, 3, lstm.Units, seed), () => Ntm.GravesRmsProp(lstm.Rate), updates),
            ],
            batch,
            longer);
    }
}

/// <summary>A network and its training.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Create">Makes it for a task from a seed.</param>
/// <param name="Optimizer">What changes its weights.</param>
/// <param name="Updates">How often.</param>
internal sealed record NtmNetwork(string Title, Func<AlgorithmicTask, long, Sequential> Create, Func<Optimizer> Optimizer, int Updates);
