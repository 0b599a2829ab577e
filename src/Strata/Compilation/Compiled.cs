using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Strata.Compilation;
using static System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes;

namespace Strata;

/// <summary>Compilation: a function of tensors that is written in plain C# is traced once for each signature of its arguments, simplified,
/// planned, and from then on run as a plan.</summary>
/// <remarks>
/// <para>Arguments and results are tensors, arrays of tensors, and tuples of these; any other argument (a flag, a count) is a constant of the plan
/// and part of the signature, with the tensors' shapes and types. The function may read and assign <see cref="Variable"/>s and draw from random
/// streams: a plan does so anew each run, in the same order.</para>
/// <para>While it is traced the function runs once with tensors that have shapes but no elements. So it must not look at elements; what it does on
/// the host happens once, at the trace, unless it is handed to <see cref="OnHost"/>; and what it reads of the host, such as a tensor or
/// number from outside, is a constant from then on, unless it comes through <see cref="Number"/> or <see cref="Host"/>.</para>
/// <para>A compiled function that is called inside another, or inside of a function that is being differentiated, runs as part of that.
/// Several threads may call one; functions that assign the same variable must not run at the same time.</para>
/// </remarks>
public static class Compiled
{
    static readonly ConditionalWeakTable<Delegate, CompiledFunction> functions = [];
    static bool? eager;

    /// <summary>Whether compiled functions run as they are, operation by operation: to step through them in a debugger. By default what the
    /// environment variable <c>STRATA_EAGER</c> says (1: yes).</summary>
    public static bool Eager
    {
        get => eager ??= Configuration.Flag("eager");
        set => eager = value;
    }

    /// <summary>The compiled form of a function without arguments.</summary>
    public static Func<TResult> Function<[DynamicallyAccessedMembers(PublicConstructors)] TResult>(Func<TResult> f, CompileOptions? options = null)
    {
        var function = new CompiledFunction(options ?? CompileOptions.Default);
        return Known(() => CompiledFunction.RunsAsIs ? f() : function.Call(_ => { }, _ => f()), function);
    }

    /// <summary>The compiled form of a function.</summary>
    /// <exception cref="StrataException">At a call: the function looks at elements of a tensor, or draws random numbers for the host.</exception>
    public static Func<T, TResult> Function<[DynamicallyAccessedMembers(PublicConstructors)] T, [DynamicallyAccessedMembers(PublicConstructors)] TResult>(
        Func<T, TResult> f, CompileOptions? options = null)
    {
        var function = new CompiledFunction(options ?? CompileOptions.Default);
        return Known((T a) => CompiledFunction.RunsAsIs ? f(a) : function.Call(x => x.Add(a), map => f(Structure.Map(a, map))), function);
    }

    /// <inheritdoc cref="Function{T, TResult}(Func{T, TResult}, CompileOptions?)"/>
    public static Func<T1, T2, TResult> Function<
        [DynamicallyAccessedMembers(PublicConstructors)] T1,
        [DynamicallyAccessedMembers(PublicConstructors)] T2,
        [DynamicallyAccessedMembers(PublicConstructors)] TResult>(Func<T1, T2, TResult> f, CompileOptions? options = null)
    {
        var function = new CompiledFunction(options ?? CompileOptions.Default);
        return Known((T1 a, T2 b) => CompiledFunction.RunsAsIs
            ? f(a, b)
            : function.Call(
                x =>
                {
                    x.Add(a);
                    x.Add(b);
                },
                map => f(Structure.Map(a, map), Structure.Map(b, map))),
            function);
    }

    /// <inheritdoc cref="Function{T, TResult}(Func{T, TResult}, CompileOptions?)"/>
    public static Func<T1, T2, T3, TResult> Function<
        [DynamicallyAccessedMembers(PublicConstructors)] T1,
        [DynamicallyAccessedMembers(PublicConstructors)] T2,
        [DynamicallyAccessedMembers(PublicConstructors)] T3,
        [DynamicallyAccessedMembers(PublicConstructors)] TResult>(Func<T1, T2, T3, TResult> f, CompileOptions? options = null)
    {
        var function = new CompiledFunction(options ?? CompileOptions.Default);
        return Known((T1 a, T2 b, T3 c) => CompiledFunction.RunsAsIs
            ? f(a, b, c)
            : function.Call(
                x =>
                {
                    x.Add(a);
                    x.Add(b);
                    x.Add(c);
                },
                map => f(Structure.Map(a, map), Structure.Map(b, map), Structure.Map(c, map))),
            function);
    }

    /// <inheritdoc cref="Function{T, TResult}(Func{T, TResult}, CompileOptions?)"/>
    public static Func<T1, T2, T3, T4, TResult> Function<
        [DynamicallyAccessedMembers(PublicConstructors)] T1,
        [DynamicallyAccessedMembers(PublicConstructors)] T2,
        [DynamicallyAccessedMembers(PublicConstructors)] T3,
        [DynamicallyAccessedMembers(PublicConstructors)] T4,
        [DynamicallyAccessedMembers(PublicConstructors)] TResult>(Func<T1, T2, T3, T4, TResult> f, CompileOptions? options = null)
    {
        var function = new CompiledFunction(options ?? CompileOptions.Default);
        return Known((T1 a, T2 b, T3 c, T4 d) => CompiledFunction.RunsAsIs
            ? f(a, b, c, d)
            : function.Call(
                x =>
                {
                    x.Add(a);
                    x.Add(b);
                    x.Add(c);
                    x.Add(d);
                },
                map => f(Structure.Map(a, map), Structure.Map(b, map), Structure.Map(c, map), Structure.Map(d, map))),
            function);
    }

    /// <summary>A number of the host as a scalar, read anew at each run of a plan: a learning rate, a temperature.</summary>
    public static Tensor Number(Func<double> number, DType? dtype = null)
    {
        var type = dtype ?? Configuration.FloatType;
        return Host(new TensorType([], type), () => Tensor.Scalar(number(), type));
    }

    /// <summary>A tensor that the host makes anew for each run of a plan.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="make">Makes it; it is copied.</param>
    public static Tensor Host(TensorType type, Func<Tensor> make)
    {
        return Tracer.Current is { } tracer ? tracer.HostValue(type, place => Kernels.CpuKernels.CopyBytes(Made(), place)) : Made();

        Tensor Made() => make() is var made && made.Type == type
            ? made
            : throw new ShapeException($"Compiled.Host: a {type} was announced, but a {made.Type} made.");
    }

    /// <summary>Does something on the host at each run of a plan, before its operations: counting steps, say.</summary>
    public static void OnHost(Action action) => Tracer.OnHost(action);

    /// <summary>The types of the results for arguments of these types: the function is traced, but nothing is computed.</summary>
    public static TensorType[] InferTypes(Func<Tensor[], Tensor[]> f, params TensorType[] arguments)
    {
        var tracer = new Tracer();
        return tracer.Run(() => Array.ConvertAll(f(Array.ConvertAll(arguments, tracer.Argument)), y => y.Type));
    }

    /// <summary>The plan that a function, which <see cref="Function{TResult}"/> or its kind gave, ran last when it was made: to be read or drawn.</summary>
    /// <exception cref="StrataException">The function is not compiled, or was not called yet.</exception>
    public static Plan Plan(Delegate function) => Of(function).Latest is var (traced, plan, log)
        ? new Plan(traced, plan, log)
        : throw new StrataException("Compiled.Plan: the function was not called yet, so there is no plan; call it with arguments of the wanted types first.");

    /// <summary>What is known of a delegate that <see cref="Function{TResult}"/> or its kind gave.</summary>
    internal static CompiledFunction Of(Delegate function) => functions.TryGetValue(function, out var known)
        ? known
        : throw new StrataException("Compiled: the function is not one that Compiled.Function gave.");

    static TDelegate Known<TDelegate>(TDelegate call, CompiledFunction function)
        where TDelegate : Delegate
    {
        functions.Add(call, function);
        return call;
    }
}
