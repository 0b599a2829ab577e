using Strata.Compilation.Inspection;
using Strata.Kernels;
using Strata.Memory;
using Strata.Operations;

namespace Strata.Compilation.Planning;

/// <summary>The memory of one run of a <see cref="ExecutionPlan"/>, with its steps bound to it. A run allocates nothing but what it returns.</summary>
internal sealed class Frame
{
    readonly ExecutionPlan plan;
    readonly Step[] steps;
    readonly Tensor[][] arguments; // the places that stand for each argument, views included
    readonly (Variable Variable, Tensor[] Places)[] variables;
    readonly (HostStep Step, Tensor? Place)[] host;
    readonly (TensorType Type, Tensor[] Places)[] fresh; // what is taken from the pool for each run
    readonly (int Fresh, int Argument, TensorType Type)[] results; // a result lies in a fresh buffer or in an argument given away, perhaps under another shape
    readonly (Variable Variable, int Fresh)[] writes; // Fresh −1: written in place
    readonly Tensor[] handedOut; // the fresh tensors of the run
#pragma warning disable IDE0052 // keeps the memory from going back to the pool
    readonly Storage? arena;
#pragma warning restore IDE0052

    public Frame(ExecutionPlan plan)
    {
        this.plan = plan;
        var graph = plan.Graph;
        var memory = plan.Memory;
        var places = new Dictionary<Tensor, Tensor>();
        var ofBuffer = new Dictionary<Buffer, List<Tensor>>();
        var own = new Dictionary<Buffer, Storage>();
        if (memory.ArenaBytes > 0) arena = StoragePool.Rent(memory.ArenaBytes);

        foreach (var x in graph.Nodes.SelectMany(node => node.Outputs))
        {
            var place = new Tensor(x.Type);
            var buffer = memory[x];
            places[x] = place;
            if (!ofBuffer.TryGetValue(buffer, out var list)) ofBuffer[buffer] = list = [];
            list.Add(place);
            switch (buffer.Kind)
            {
                case BufferKind.Arena: place.Bind(OwnStorage(buffer, () => Part(arena!, buffer))); break;
                case BufferKind.Host: place.Bind(OwnStorage(buffer, () => StoragePool.Rent(buffer.Bytes))); break;
                case BufferKind.Constant: place.Bind(((Constant)Views.Root(x).Node!.Operation).Value); break;
            }
        }

        steps = [.. plan.Work.Select(node => new Step(node, Array.ConvertAll(node.Inputs, x => places[x]), Array.ConvertAll(node.Outputs, y => places[y])))];
        arguments = [.. graph.Arguments.Select(a => PlacesOf(memory[a]))];
        host = [.. graph.Host.Select(step => (step, step.Value is { } value ? places[value] : null))];
        variables = [.. ofBuffer.Where(b => b.Key.Kind == BufferKind.Variable).Select(b => (b.Key.Variable!, b.Value.ToArray()))];

        Buffer[] handed = [.. ofBuffer.Keys.Where(b => b.Kind == BufferKind.Result)];
        fresh = [.. handed.Select(b => (graph.Nodes[b.First].Outputs.First(y => memory[y] == b).Type, PlacesOf(b)))];
        handedOut = new Tensor[fresh.Length];
        results = [.. graph.Results.Select(x => (Array.IndexOf(handed, memory[x]), graph.Arguments.FindIndex(a => memory[a] == memory[x]), x.Type))];
        writes = [.. graph.Writes.Select(w => (w.Key, Array.IndexOf(handed, memory[w.Value])))];

        Tensor[] PlacesOf(Buffer buffer) => ofBuffer.TryGetValue(buffer, out var list) ? [.. list] : [];

        Storage OwnStorage(Buffer buffer, Func<Storage> make) => own.TryGetValue(buffer, out var storage) ? storage : own[buffer] = make();
    }

    /// <summary>Runs the plan on arguments; the results are new tensors.</summary>
    public Tensor[] Run(ReadOnlySpan<Tensor> given, CpuKernels kernels)
    {
        var clock = Profiler.Current?.Begin(plan);
        try
        {
            for (var i = 0; i < given.Length; i++) BindArgument(i, given[i]);
            for (var i = 0; i < fresh.Length; i++)
            {
                handedOut[i] = Tensor.Allocate(fresh[i].Type.Shape, fresh[i].Type.DType);
                Bind(fresh[i].Places, handedOut[i]);
            }

            Execute(kernels, clock);
            foreach (var (variable, number) in writes)
                if (number < 0) variable.Renew();
                else variable.Adopt(handedOut[number].View(variable.Shape));
            var returned = new Tensor[results.Length];
            for (var i = 0; i < returned.Length; i++)
            {
                var (number, argument, type) = results[i];
                var whole = number >= 0 ? handedOut[number] : given[argument];
                returned[i] = whole.Shape == type.Shape ? whole : whole.View(type.Shape);
            }

            return returned;
        }
        finally
        {
            Forget(given.Length);
            clock?.End();
        }
    }

    /// <summary>Gives an argument its memory.</summary>
    public void BindArgument(int index, Tensor memory) => Bind(arguments[index], memory);

    /// <summary>Gives a result its memory, for a plan whose results all have memory of their own.</summary>
    public void BindResult(int index, Tensor memory) => Bind(fresh[results[index].Fresh].Places, memory);

    /// <summary>Runs the steps on what is bound.</summary>
    public void Execute(CpuKernels kernels, ProfileClock? clock = null)
    {
        foreach (var (step, place) in host) step.Run(place);
        foreach (var (variable, places) in variables) Bind(places, variable.Current);
        clock?.Start();
        foreach (var step in steps)
        {
            try
            {
                step.Operation.RunAll(kernels, step.Inputs, step.Outputs);
            }
            catch (StrataException e) when (e is not NotFiniteException)
            {
                throw new PlanException(step.Node, e);
            }

            clock?.Ran(step.Node);
            plan.Observer?.Invoke(step.Node, step.Inputs, step.Outputs);
        }
    }

    // The memory of others must not stay reachable, or be used by mistake, after the run.
    void Forget(int given)
    {
        for (var i = 0; i < given; i++) Bind(arguments[i], null);
        for (var i = 0; i < fresh.Length; i++) Bind(fresh[i].Places, null);
        Array.Clear(handedOut);
    }

    static void Bind(Tensor[] places, Tensor? memory)
    {
        foreach (var place in places) place.Bind(memory);
    }

    static unsafe Storage Part(Storage arena, Buffer buffer) => new(arena.Pointer + buffer.Offset, buffer.Bytes, -1) { Kept = true, Rented = true };

    readonly record struct Step(Node Node, Tensor[] Inputs, Tensor[] Outputs)
    {
        public Operation Operation => Node.Operation;
    }
}
