using Strata.Operations;

namespace Strata.Compilation.Rules;

/// <summary>A rewrite of one application of an operation, written as its algebra in <see cref="Name"/> and as a pattern with its replacement.</summary>
/// <remarks>A pattern is a C# pattern over the inputs: <c>[{ Number: 1 }, { By: (Exp, [var x]) }]</c> is the number 1 and what Exp made of x
/// (see <see cref="Tensor.Number"/> and <see cref="Tensor.By"/>). Of a commutative operation the numbers stand first, whichever way the user
/// wrote it. The replacement is computed in tensor operations; where its shape is smaller than the original's it is broadcast.</remarks>
internal sealed class Rule
{
    Rule(string name, Type operation, Func<Operation, Tensor[], Tensor?> rewrite) => (Name, Operation, Rewrite) = (name, operation, rewrite);

    /// <summary>As in <c>log(1 + x) → log1p(x)</c>: also what <see cref="CompileOptions.Without"/> takes.</summary>
    public string Name { get; }

    /// <summary>The kind of operation that the rule looks at, derived kinds included.</summary>
    public Type Operation { get; }

    /// <summary>What stands for the operation applied to these inputs, or null.</summary>
    public Func<Operation, Tensor[], Tensor?> Rewrite { get; }

    /// <summary>A rule for applications of <typeparamref name="T"/>.</summary>
    public static Rule On<T>(string name, Func<Tensor[], Tensor?> rewrite)
        where T : Operation => new(name, typeof(T), (_, x) => rewrite(x));

    /// <summary>A rule for applications of <typeparamref name="T"/> that looks at its attributes.</summary>
    public static Rule On<T>(string name, Func<T, Tensor[], Tensor?> rewrite)
        where T : Operation => new(name, typeof(T), (operation, x) => rewrite((T)operation, x));

    public override string ToString() => Name;
}
