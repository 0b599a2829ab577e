using Strata.Compilation;
using Strata.Compilation.Fusion;
using Strata.Differentiation;
using Strata.Operations;
using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>Random programs give compiled what they give eagerly.</summary>
public class RandomProgramTests
{
    // STRATA_PROGRAMS asks for a longer search.
    static readonly int programs = int.Parse(Environment.GetEnvironmentVariable("STRATA_PROGRAMS") ?? "300", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Programs_as_traced_give_the_eager_result_to_the_bit() => Each(seed =>
    {
        var program = new RandomProgram(seed);
        var x = program.Arguments();
        var expected = program.RunWithGradient(x);
        var actual = Compiled.Function<Tensor[], Tensor[]>(new RandomProgram(seed).RunWithGradient, new CompileOptions { Level = 0 })(x);
        for (var i = 0; i < expected.Length; i++) Check.Equal(expected[i], actual[i], $"program {seed}, output {i}");
    });

    [Fact]
    public void Programs_give_the_eager_result_after_all_passes() => Each(seed => Compare(seed, CompileOptions.Default));

    [Fact]
    public void Programs_give_the_eager_result_at_each_level_and_without_each_pass()
    {
        CompileOptions[] options =
        [
            new CompileOptions { Level = 1 },
            new CompileOptions { Level = 2 },
            CompileOptions.Default.Without("stability"),
            .. Compiler.Passes.Select(pass => pass.Name).Distinct().Select(name => CompileOptions.Default.Without(name)),
        ];
        Each(seed => Compare(seed, options[seed % options.Length]));
    }

    // What no program draws, and why.
    static readonly HashSet<Type> apart =
    [
        typeof(Constant), typeof(VariableRead), typeof(HostValue), typeof(Argument), // the leaves of graphs
        typeof(FusedContraction), typeof(FusedUpdates), typeof(Fused), // what passes make of others
        typeof(Checkpoint), typeof(CustomGradient), // leave the operations of their functions in a trace; programs have both
        typeof(Inspect), // has no output
        typeof(MaxPoolPlaces), // in second derivatives alone
    ];

    [Fact]
    public void Programs_draw_every_operation_there_is()
    {
        var drawn = new HashSet<Type>();
        for (var seed = 0; seed < 500; seed++)
        {
            var (tracer, program) = (new Tracer(), new RandomProgram(seed));
            tracer.Run(() => program.RunWithGradient(Array.ConvertAll(program.Arguments(), x => tracer.Argument(x.Type))));
            drawn.UnionWith(tracer.Graph.Nodes.Select(node => node.Operation.GetType()));
        }

        var all = typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract);
        Assert.Equal([], all.Where(type => !drawn.Contains(type) && !apart.Contains(type)).Select(type => type.Name).Order());
    }

    /// <summary>The largest difference between the eager and the compiled results of a program is within rounding.</summary>
    internal static void Compare(int seed, CompileOptions options)
    {
        var (eager, traced) = (new RandomProgram(seed), new RandomProgram(seed));
        var x = eager.Arguments();
        foreach (var run in new Func<RandomProgram, Tensor[], Tensor[]>[] { (program, x) => program.Run(x), (program, x) => program.RunWithGradient(x) })
        {
            var expected = run(eager, x);
            var actual = Compiled.Function<Tensor[], Tensor[]>(x => run(traced, x), options)(x);
            var what = $"program {seed}, level {options.Level}, without [{string.Join(", ", options.Excluded)}]";
            for (var i = 0; i < expected.Length; i++) Check.Close(expected[i], actual[i], 2e-5, $"{what}, output {i}");
        }
    }

    static void Each(Action<int> check)
    {
        for (var seed = 0; seed < programs; seed++) check(seed);
    }
}
