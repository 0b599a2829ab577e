using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Strata.Compilation.Inspection;
using Strata.Compilation.Passes;
using Strata.Compilation.Planning;
using Strata.Differentiation;

namespace Strata.Compilation;

/// <summary>A function together with the plans made of it, one for each signature of its arguments.</summary>
internal sealed class CompiledFunction(CompileOptions options)
{
    [ThreadStatic]
    static Arguments? spare;

    readonly List<Specialization> specializations = [];

    /// <summary>How many plans were made.</summary>
    public int Traces
    {
        get
        {
            lock (specializations) return specializations.Count;
        }
    }

    /// <summary>What was traced and planned for the signature seen last.</summary>
    public (Graph Traced, ExecutionPlan Plan, CompileLog Log)? Latest { get; private set; }

    public CompileOptions Options => options;

    /// <summary>Whether a call must run the function as it is: it was asked for, the call is part of another trace, or somebody
    /// differentiates through it.</summary>
    public static bool RunsAsIs => Compiled.Eager || Tracer.Current is not null || Tape.Listening;

    /// <summary>Runs the plan for the arguments; makes it first, if there is none yet.</summary>
    /// <param name="collect">Adds the arguments.</param>
    /// <param name="f">The function, with a place for each tensor of the arguments put in by the given map.</param>
    public TOut Call<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TOut>(Action<Arguments> collect, Func<Func<Tensor, Tensor>, TOut> f)
    {
        var arguments = spare ?? new Arguments();
        spare = null; // a call inside of this one takes its own
        try
        {
            collect(arguments);
            var specialization = For(arguments, map => f(map));
            var results = Run(specialization, arguments, map => f(map));
            if (results.Length == 1 && specialization.Result is Tensor) return (TOut)(object)results[0];
            var next = 0;
            return Structure.Map((TOut)specialization.Result!, _ => results[next++]);
        }
        finally
        {
            arguments.Clear();
            spare = arguments;
        }
    }

    Specialization For(Arguments arguments, Func<Func<Tensor, Tensor>, object?> f)
    {
        lock (specializations)
        {
            // The one used last stands first.
            for (var i = 0; i < specializations.Count; i++)
            {
                if (!arguments.Fit(specializations[i].Types, specializations[i].Rest)) continue;
                var found = specializations[i];
                if (i > 0) (specializations[0], specializations[i]) = (found, specializations[0]);
                return found;
            }

            var made = Make(arguments, f);
            specializations.Insert(0, made);
            return made;
        }
    }

    Tensor[] Run(Specialization specialization, Arguments arguments, Func<Func<Tensor, Tensor>, object?> f)
    {
        try
        {
            return specialization.Debug is { } debug ? debug.Run(arguments.Tensors.ToArray()) : specialization.Plan.Run(arguments.Tensors);
        }
        catch (PlanException e)
        {
            e.Locate(SiteOf(e.Node.Origin, f));
            throw;
        }
    }

    // Traces the function once more, watching where it calls what.
    string? SiteOf(int origin, Func<Func<Tensor, Tensor>, object?> f)
    {
        var tracer = new Tracer { Options = options, Rules = Compiler.TraceRules(options), Sites = [] };
        try
        {
            Trace(tracer, f);
        }
        catch (StrataException)
        {
            return null;
        }

        return tracer.Sites.GetValueOrDefault(origin);
    }

    static object? Trace(Tracer tracer, Func<Func<Tensor, Tensor>, object?> f) => tracer.Run(() =>
    {
        var returned = f(x => tracer.Argument(x.Type));
        var found = new Arguments();
        found.Add(returned);
        foreach (var x in found.Tensors) tracer.Graph.Results.Add(tracer.Symbol(x));
        return returned;
    });

    Specialization Make(Arguments arguments, Func<Func<Tensor, Tensor>, object?> f)
    {
        var tracer = new Tracer { Options = options, Rules = Compiler.TraceRules(options) };
        var began = Stopwatch.GetTimestamp();
        object? result;
        try
        {
            result = Trace(tracer, f);
        }
        catch (StrataException e)
        {
            e.Site ??= CallSite.Of(new StackTrace(e, fNeedFileInfo: true));
            throw;
        }

        CheckArguments(tracer.Graph);
        var log = new CompileLog { TraceTime = Stopwatch.GetElapsedTime(began) };
        var debug = options.Debug ? new DebugRun(tracer.Graph, options) : null;
        var plan = Compiler.Compile(tracer.Graph, options, log: log);
        Latest = (tracer.Graph, plan, log);
        return new Specialization(arguments.Types, arguments.Rest, plan, result) { Debug = debug };
    }

    void CheckArguments(Graph graph)
    {
        if (options.OnUnusedArgument == UnusedArgument.Ignore) return;
        var used = new HashSet<Tensor>(DeadCode.Run(graph).Nodes.SelectMany(node => node.Inputs.Select(x => x.Node!.Operation)).OfType<Argument>().Select(a => graph.Arguments[a.Index]));
        used.UnionWith(graph.Ends);
        for (var i = 0; i < graph.Arguments.Count; i++)
        {
            if (used.Contains(graph.Arguments[i])) continue;
            var message = $"Compiled: the argument {i} ({graph.Arguments[i].Type}) is not used by the function; see CompileOptions.OnUnusedArgument.";
            if (options.OnUnusedArgument == UnusedArgument.Fail) throw new StrataException(message);
            Console.Error.WriteLine(message);
        }
    }

    /// <summary>A plan, the signature it is for, and what the trace returned, with tensors without elements in it.</summary>
    sealed record Specialization(TensorType[] Types, object?[] Rest, ExecutionPlan Plan, object? Result)
    {
        /// <summary>What runs in the plan's place to find faults.</summary>
        public DebugRun? Debug { get; init; }
    }
}
