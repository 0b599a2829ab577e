using System.Runtime.InteropServices;
using Strata.Compilation.Planning;
using Strata.Kernels;
using Strata.Memory;
using Strata.Operations;

namespace Strata.Compilation;

/// <summary>A loop over the first axis of sequences: inputs are the sequences [steps, …], the first states and what the body captures; outputs are
/// the stacked outputs [steps, …] and the last states.</summary>
/// <param name="Body">The step.</param>
/// <param name="Steps">How often it runs.</param>
/// <param name="Reverse">Whether it runs from the last item to the first; outputs lie at their items' places.</param>
/// <param name="Truncate">How many steps from the end gradients go back; null: all.</param>
/// <param name="Derivative">How the loop is differentiated; null if nobody asked for gradients when it was made.</param>
internal sealed record Scan(LoopBody Body, int Steps, bool Reverse, int? Truncate, ScanDerivative? Derivative) : Multiple
{
    protected override TensorType[] Infer(Tensor[] x) =>
    [
        .. Body.Outputs.Select(y => new TensorType([Steps, .. y.Shape.Span], y.DType)),
        .. Body.States.Select(s => s.Type),
    ];

    protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
    {
        if (Derivative is not null && Derivative.Covers(dy, Body, needs)) return Derivative.Backward(this, x, y, dy);

        // A gradient that was not foreseen, of what the forward loop kept (as second derivatives need it) or of a loop inside a body: run again
        // in the form that keeps what is needed.
        var wanted = x.Select((t, i) => t.DType.IsFloating() && needs[i]).ToArray();
        var derivative = ScanDerivative.Of(Body, wanted);
        var again = this with { Body = derivative.Forward, Derivative = derivative };
        var (outputs, kept) = (Body.Outputs.Length, derivative.Forward.Outputs.Length - Body.Outputs.Length);
        return derivative.Backward(again, x, again.Apply(x), [.. dy[..outputs], .. new Tensor?[kept], .. dy[outputs..]]);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        var (items, states, outputs) = (Body.Items.Length, Body.States.Length, Body.Outputs.Length);
        var plan = Body.Plan;
        var frame = plan.Rent();
        var clock = Profiler.Current?.BeginLoop(plan);
        try
        {
            // Windows: storages that slide over the sequences and stacks.
            var sequences = new Window[items];
            for (var i = 0; i < items; i++)
            {
                sequences[i] = new Window(x[i], Body.Items[i].Type);
                frame.BindArgument(IndexOf(Body.Items[i]), sequences[i].Place);
            }

            for (var i = 0; i < Body.Captures.Length; i++) frame.BindArgument(IndexOf(Body.Captures[i]), x[items + states + i]);

            // Each result of the body is written where it is to stay: into the stack of an output, or into a spare buffer.
            var results = Body.Results;
            var stacks = new Window?[results.Length];
            var copies = new List<(int Result, Window Stack)>(); // outputs whose tensor is an earlier output, too
            for (var i = 0; i < outputs; i++)
            {
                var result = Array.IndexOf(results, Body.Outputs[i]);
                var stack = new Window(y[i], Body.Outputs[i].Type);
                if (stacks[result] is null) stacks[result] = stack;
                else copies.Add((result, stack));
            }

            using var scope = new TensorScope();
            var spare = new Window?[results.Length, 2];
            var state = new Window[states]; // where the state is now
            for (var i = 0; i < states; i++)
            {
                state[i] = new Window(x[items + i], Body.States[i].Type);
                frame.BindArgument(IndexOf(Body.States[i]), state[i].Place);
                var result = Array.IndexOf(results, Body.Next[i]);
                if (stacks[result] is not null || spare[result, 0] is not null) continue;
                for (var half = 0; half < 2; half++) spare[result, half] = new Window(Tensor.Allocate(Body.States[i].Shape, Body.States[i].DType), Body.States[i].Type);
            }

            var target = new Window[results.Length];
            for (var r = 0; r < results.Length; r++)
            {
                target[r] = new Window(results[r].Type);
                frame.BindResult(r, target[r].Place);
            }

            for (var step = 0; step < Steps; step++)
            {
                var at = Reverse ? Steps - 1 - step : step;
                foreach (var sequence in sequences) sequence.MoveTo(at);
                for (var r = 0; r < results.Length; r++) target[r].MoveTo(stacks[r] is { } stack ? stack.At(at) : spare[r, step & 1]!.At(0));
                frame.Execute(k, clock);
                foreach (var (result, stack) in copies) target[result].CopyTo(stack.At(at));
                for (var i = 0; i < states; i++) state[i].MoveTo(target[Array.IndexOf(results, Body.Next[i])].Now);
            }

            for (var i = 0; i < states; i++) state[i].CopyTo(new Window(y[outputs + i], Body.States[i].Type).At(0));
        }
        finally
        {
            plan.Return(frame);
            clock?.End();
        }

        int IndexOf(Tensor argument) => Body.Graph.Arguments.IndexOf(argument);
    }

    /// <summary>A tensor of the size of one step that lies at different places of a larger one.</summary>
    sealed unsafe class Window
    {
        readonly byte* start;
        readonly long stride;
        readonly StorageWindow storage = new();

        public Window(TensorType type)
        {
            stride = type.Shape.Size * type.DType.Size();
            Place = new Tensor(type.Shape, type.DType, storage);
        }

        public Window(Tensor whole, TensorType type)
            : this(type) => storage.MoveTo(start = whole.Pointer);

        public Tensor Place { get; }

        public nint Now => (nint)storage.Pointer;

        public nint At(int step) => (nint)(start + (step * stride));

        public void MoveTo(int step) => MoveTo(At(step));

        public void MoveTo(nint address) => storage.MoveTo((byte*)address);

        public void CopyTo(nint address)
        {
            if (address != Now) NativeMemory.Copy(storage.Pointer, (void*)address, (nuint)stride);
        }
    }
}
