namespace Strata.Compilation;

/// <summary>An operation of a plan failed while it ran.</summary>
internal sealed class PlanException(Node node, StrataException inner) : StrataException(inner.Message, inner)
{
    public Node Node { get; } = node;
}
