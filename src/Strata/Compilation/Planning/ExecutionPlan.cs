using Strata.Kernels;

namespace Strata.Compilation.Planning;

/// <summary>A compiled function for one signature: the graph after all passes and the memory of its tensors. Immutable; the memory itself is in
/// <see cref="Frame"/>s, one for each run that is under way.</summary>
internal sealed class ExecutionPlan
{
    readonly Stack<Frame> idle = new();
    Frame? last; // the frame of the run before, so that one caller needs no lock

    /// <param name="graph">The graph.</param>
    /// <param name="donated">The arguments whose memory the plan may take.</param>
    public ExecutionPlan(Graph graph, IReadOnlyCollection<int>? donated = null)
    {
        Graph = graph;
        Memory = new MemoryPlan(graph, donated ?? []);
        Work = [.. graph.Nodes.Where(node => node.Operation is not Leaf && !node.Operation.IsView)];
    }

    /// <summary>What is computed.</summary>
    public Graph Graph { get; }

    /// <summary>Where.</summary>
    public MemoryPlan Memory { get; }

    /// <summary>The nodes that run.</summary>
    public IReadOnlyList<Node> Work { get; }

    /// <summary>What is to live as long as the plan.</summary>
    public object? Keeper { get; init; }

    /// <summary>Sees each node after it ran, with its inputs and outputs.</summary>
    public Action<Node, Tensor[], Tensor[]>? Observer { get; init; }

    /// <summary>Runs the function.</summary>
    public Tensor[] Run(ReadOnlySpan<Tensor> arguments)
    {
        var frame = Rent();
        try
        {
            return frame.Run(arguments, Device.Cpu.Kernels);
        }
        finally
        {
            Return(frame);
        }
    }

    /// <summary>A frame for one run.</summary>
    public Frame Rent() => Interlocked.Exchange(ref last, null) ?? Another();

    /// <summary>Ends the use of a frame.</summary>
    public void Return(Frame frame)
    {
        if (Interlocked.CompareExchange(ref last, frame, null) is not null)
            lock (idle) idle.Push(frame);
    }

    Frame Another()
    {
        lock (idle)
            if (idle.TryPop(out var frame)) return frame;
        return new Frame(this);
    }
}
