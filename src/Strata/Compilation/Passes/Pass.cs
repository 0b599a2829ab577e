namespace Strata.Compilation.Passes;

/// <summary>A step of compilation.</summary>
/// <param name="Name">What <see cref="CompileOptions.Excluded"/> calls it.</param>
/// <param name="Level">The least <see cref="CompileOptions.Level"/> that has it.</param>
/// <param name="Run">Makes a graph that computes the same.</param>
internal sealed record Pass(string Name, int Level, Func<Graph, CompileOptions, Graph> Run)
{
    /// <summary>A pass without options of its own.</summary>
    public Pass(string name, int level, Func<Graph, Graph> run)
        : this(name, level, (graph, _) => run(graph))
    {
    }
}
