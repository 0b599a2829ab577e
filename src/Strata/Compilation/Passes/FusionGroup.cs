using Strata.Compilation.Fusion;
using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Nodes over one domain that are to run as one; open as long as no other node has taken what they make.</summary>
internal sealed class FusionGroup(Shape domain, int region, bool late)
{
    const int MostSteps = 64; // what a tile makes must stay in the cache
    const int MostStreams = 24; // rows of memory that the processor still fetches ahead

    readonly SortedList<int, Node> members = []; // by their place in the graph
    readonly Dictionary<Tensor, int> inputs = [];
    readonly HashSet<Tensor> made = [];
    AxisSet? reduced;

    public IList<Node> Members => members.Values;

    public bool IsClosed { get; set; }

    /// <summary>What comes from outside, as the steps take it.</summary>
    public Dictionary<Node, Tensor[]> Operands { get; } = [];

    /// <summary>Whether a node over this shape may become a member.</summary>
    public bool Fits(Shape shape, Node node, bool isLate) => !IsClosed && domain == shape && region == node.Region && late == isLate;

    /// <summary>Whether a member makes the tensor as a step's result, which other steps may take.</summary>
    public bool Makes(Tensor x) => made.Contains(x) && x.Node!.Operation is not Reduction;

    /// <summary>Whether the tensor, which is as large as the domain, is an input already.</summary>
    public bool Shares(Tensor x) => inputs.ContainsKey(x) && x.Shape == domain;

    public bool HasRoomFor(FusionGroup? other, int moreInputs) =>
        members.Count + (other?.members.Count ?? 0) < MostSteps
        && inputs.Count + (other?.inputs.Count ?? 0) + moreInputs < MostStreams
        && (reduced is null || other?.reduced is null || reduced == other.reduced);

    /// <summary>Whether a reduction of a member's result can be done with the tiles.</summary>
    public bool CanReduce(Reduction reduction) =>
        (reduced is null || reduced == reduction.Axes) && TileLayout.Classify(reduction.Axes, domain).Kind != ReductionKind.None && members.Count < MostSteps;

    public void Add(int place, Node node, Tensor[] operands)
    {
        members.Add(place, node);
        made.Add(node.Outputs[0]);
        Operands[node] = operands;
        if (node.Operation is Reduction reduction) reduced = reduction.Axes;
        foreach (var x in operands)
            if (!made.Contains(x)) inputs.TryAdd(x, inputs.Count);
    }

    /// <summary>Takes the members of another group over.</summary>
    public void Take(FusionGroup other)
    {
        foreach (var (place, node) in other.members) Add(place, node, other.Operands[node]);
        other.IsClosed = true;
        other.members.Clear();
    }

    /// <summary>The group as one operation; null if there is nothing to gain.</summary>
    /// <param name="needed">The tensors that a node or an end takes, with how many do.</param>
    /// <param name="mode">How it is to run.</param>
    public MergedNodes? Merge(Dictionary<Tensor, int> needed, FusionMode mode)
    {
        if (members.Count == 0) return null;
        if (members.Count == 1)
        {
            var (node, operands) = (members.Values[0], Operands[members.Values[0]]);
            return operands.AsSpan().SequenceEqual(node.Inputs) || node.Operation.InferAll(operands)[0] != node.Outputs[0].Type
                ? null
                : new MergedNodes(node.Operation, [node], operands, node.Outputs);
        }

        // Reductions last: no step takes what they make.
        Node[] order = [.. Members.Where(node => node.Operation is not Reduction), .. Members.Where(node => node.Operation is Reduction)];
        Tensor[] sources = [.. Members.SelectMany(node => Operands[node]).Where(x => !made.Contains(x)).Distinct()];
        var numbers = new Dictionary<Tensor, int>();
        foreach (var x in sources) numbers[x] = numbers.Count;
        foreach (var node in order) numbers[node.Outputs[0]] = numbers.Count;
        var inside = new Dictionary<Tensor, int>();
        foreach (var x in Members.SelectMany(node => node.Inputs)) inside[x] = inside.GetValueOrDefault(x) + 1;
        Tensor[] outputs = [.. order.Select(node => node.Outputs[0]).Where(y => needed.GetValueOrDefault(y) > inside.GetValueOrDefault(y))];
        var program = new FusedProgram(
            domain,
            Array.ConvertAll(sources, x => x.Type),
            Array.ConvertAll(order, node => new FusedStep(node.Operation, [.. Operands[node].Select(x => numbers[x])])),
            Array.ConvertAll(outputs, y => numbers[y]));
        return new MergedNodes(new Fused(program, mode), [.. Members], sources, outputs);
    }
}
