namespace Strata.Compilation;

/// <summary>An operation of a plan failed while it ran.</summary>
internal sealed class PlanException : StrataException
{
    public PlanException(Node node, StrataException inner)
        : base(inner.Message, inner)
    {
        Node = node;
        Locate(null);
    }

    public Node Node { get; }

    /// <summary>Names the node, and the place in the user's code if it is known.</summary>
    public void Locate(string? call) => Site = call is null ? $"in {Node}" : $"in {Node}, {call}";
}
