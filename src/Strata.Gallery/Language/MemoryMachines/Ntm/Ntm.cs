using Strata.Data;
using Strata.Nn;

namespace Strata.Gallery.Language.MemoryMachines;

/// <summary>Networks with and without a memory beside them, for tasks whose answers are bits. (The machine itself, equations 2 to 9, is <see cref="NtmCell"/>
/// with <see cref="NtmMemory"/>.)</summary>
public static class Ntm
{
    /// <summary>A Neural Turing Machine: [n, t, inputs] → logits [n, t, outputs].</summary>
    /// <param name="task">What it is for.</param>
    /// <param name="controller">From the input and what was read to what the heads are told.</param>
    /// <param name="locations">N.</param>
    /// <param name="width">W.</param>
    /// <param name="heads">So many that read and so many that write.</param>
    /// <param name="seed">The seed of the weights.</param>
    public static Sequential Create(AlgorithmicTask task, Layer controller, int locations, int width, int heads, long seed) =>
        new(new RNN(new NtmCell(task.Outputs, controller, locations, width, heads, heads), returnSequences: true)) { Seed = seed };

    /// <summary>The control: LSTMs upon each other, whose states are all the memory there is.</summary>
    /// <param name="task">What it is for.</param>
    /// <param name="layers">How many.</param>
    /// <param name="units">The size of each.</param>
    /// <param name="seed">The seed of the weights.</param>
    public static Sequential CreateLstm(AlgorithmicTask task, int layers, int units, long seed) => new(
    [
        .. Enumerable.Range(0, layers).Select(_ => new LSTM(units, recurrentActivation: Activation.Sigmoid, returnSequences: true)),
        new Dense(task.Outputs),
    ]) { Seed = seed };

    /// <summary>A controller without a state of its own.</summary>
    public static Layer Feedforward(int units) => new Dense(units, Activation.Tanh);

    /// <summary>A controller of LSTMs upon each other.</summary>
    public static Layer Recurrent(int units, int layers = 1) => new StackedRNNCells(
        [.. Enumerable.Range(0, layers).Select(_ => new LSTMCell(units, recurrentActivation: Activation.Sigmoid))]);

    /// <summary>RMSProp in the form of Graves (2013) with momentum .9, gradients clipped to ±10 (section 4.6).</summary>
    public static Optimizer GravesRmsProp(Schedule rate) => new RMSProp(rate, rho: 0.95, epsilon: 1e-2, momentum: 0.9, centered: true) { ClipValue = 10 };

    /// <summary>Prepares a network for training; its loss is the cross-entropy in bits a sequence.</summary>
    public static void Compile(Model model, Optimizer optimizer) => model.Compile(optimizer, [bits], null, [[]], [[Wrong]]);

    /// <summary>The cross-entropy in bits a sequence, and how many of the bits that are asked for are wrong, a sequence.</summary>
    public static (double Bits, double Wrong) Judge(Sequential model, Batch batch)
    {
        var logs = model.TestOnBatch(batch);
        return (logs["loss"], logs[$"weighted_{WrongBits}"]);
    }

    /// <summary>What a machine does on sequences, step by step.</summary>
    /// <param name="machine">Of <see cref="Create"/>; with its weights.</param>
    /// <param name="x">[n, t, inputs].</param>
    public static NtmTrace Watch(Sequential machine, Tensor x)
    {
        var cell = ((RNN)machine.Layers[0]).Cell;
        var context = new CallContext();
        var (_, steps) = Flow.Scan(
            (item, before) =>
            {
                var y = cell.Apply([item[0], .. before], context);
                return (y[1..], [y[0].Sigmoid(), y[2], y[3], y[4]]);
            },
            [x.SwapAxes(0, 1)],
            cell.InitialStates(x.Shape.Without(1), context));
        return new(steps[0].SwapAxes(0, 1), steps[1].SwapAxes(0, 1), steps[2].SwapAxes(0, 1), steps[3].SwapAxes(0, 1));
    }

    const string WrongBits = "wrong_bits";
    static readonly Loss bits = Loss.Of("bits", (y, logits) => Tensor.SigmoidCrossEntropy(logits, y).Sum(-1) / Math.Log(2));

    static Metric Wrong => Metric.Of(WrongBits, (y, logits) => ((logits > 0).Cast(y.DType) - y).Abs().Sum(-1));
}
