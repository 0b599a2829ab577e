using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Vectors;

namespace Strata.Compilation.Fusion;

/// <summary>Emits a loop over vectors that runs the operators of several steps: the operators' own generic methods, which the JIT inlines, called on vectors of
/// the machine's width. Loops of one structure are shared; the numbers that operators hold come with each.</summary>
[RequiresDynamicCode("The loop is emitted at run time.")]
[UnconditionalSuppressMessage("Trimming", "IL2060", Justification = Kept)]
[UnconditionalSuppressMessage("Trimming", "IL2080", Justification = Kept)]
[UnconditionalSuppressMessage("Trimming", "IL2081", Justification = Kept)]
internal sealed class LoopEmitter
{
    const string Kept = "Vectors and operators are used by the walks, too, and need no constructor; the methods of Lanes are kept by the dependency below.";

    static readonly ConcurrentDictionary<string, DynamicMethod> emitted = new();
    static readonly MethodInfo unary = typeof(IUnaryOperator).GetMethod(nameof(IUnaryOperator.Invoke))!;
    static readonly MethodInfo binary = typeof(IBinaryOperator).GetMethod(nameof(IBinaryOperator.Invoke))!;

    readonly FusedProgram program;
    readonly TileLayout layout;
    readonly List<int> steps;
    readonly int[] reads;
    readonly int[] writes;
    readonly DType type;
    readonly SimdLevel level;
    readonly Type element;
    readonly Type vector;
    readonly Type lanes;
    readonly Dictionary<int, LocalBuilder> values = [];
    readonly Dictionary<int, LocalBuilder> pointers = [];
    readonly List<object> held = []; // operators with numbers
    ILGenerator il = null!;
    LocalBuilder index = null!;

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(Lanes<,>))]
    public LoopEmitter(FusedProgram program, TileLayout layout, List<int> steps, DType type, int[] reads, int[] writes, SimdLevel level)
    {
        (this.program, this.layout, this.steps, this.reads, this.writes, this.level) = (program, layout, steps, reads, writes, level);
        this.type = type;
        element = type switch
        {
            DType.Float32 => typeof(float),
            DType.Float64 => typeof(double),
            DType.Int32 => typeof(int),
            DType.Int64 => typeof(long),
            _ => typeof(byte),
        };
        var width = level switch
        {
            SimdLevel.Vector512 => typeof(V512<>),
            SimdLevel.Vector256 => typeof(V256<>),
            SimdLevel.Vector128 => typeof(V128<>),
            _ => typeof(V1<>),
        };
        vector = width.MakeGenericType(element);
        lanes = typeof(Lanes<,>).MakeGenericType(vector, element);
    }

    /// <summary>Lanes of a vector.</summary>
    public int LaneCount => level == SimdLevel.Portable ? 1 : (int)level / 8 / Math.Max(1, type.Size());

    public TileLoopBody Emit()
    {
        foreach (var i in steps)
            if (program.Operators[i]!.Value is { } value) held.Add(value);
        return emitted.GetOrAdd(Key(), _ => Method()).CreateDelegate<TileLoopBody>(held.ToArray());
    }

    // All that the loop's code depends on.
    string Key()
    {
        var key = new StringBuilder($"{level} {type}");
        var numbers = new Dictionary<int, int>();
        foreach (var v in reads)
        {
            numbers[v] = numbers.Count;
            key.Append(TileLoop.IsSame(layout, v) ? " same " : " ").Append(program.Types[v].DType);
        }

        foreach (var i in steps)
        {
            var known = program.Operators[i]!;
            key.Append($"; {known.Kind} {known.Type} {program.Types[program.Inputs.Length + i].DType}");
            foreach (var v in known.Order) key.Append($" {numbers[v]}");
            numbers[program.Inputs.Length + i] = numbers.Count;
        }

        foreach (var v in writes) key.Append($" → {numbers[v]}");
        return key.ToString();
    }

    DynamicMethod Method()
    {
        var method = new DynamicMethod("Fused", typeof(void), [typeof(object[]), typeof(byte).MakePointerType().MakePointerType(), typeof(long)], typeof(LoopEmitter).Module, skipVisibility: true)
        {
            InitLocals = false,
        };
        il = method.GetILGenerator();
        index = il.DeclareLocal(typeof(long));
        for (var i = 0; i < reads.Length + writes.Length; i++) Operand(i);
        var operators = Operators();
        var (body, condition) = (il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Ldc_I8, 0L);
        il.Emit(OpCodes.Stloc, index);
        il.Emit(OpCodes.Br, condition);

        il.MarkLabel(body);
        foreach (var v in reads)
            if (pointers.TryGetValue(v, out var from))
            {
                il.Emit(OpCodes.Ldloc, from);
                il.Emit(OpCodes.Ldloc, index);
                Call(IsMask(v) ? nameof(Lanes<V1<float>, float>.LoadMask) : nameof(Lanes<V1<float>, float>.Load));
                Keep(v);
            }

        foreach (var i in steps) Step(i, operators);
        foreach (var v in writes)
        {
            il.Emit(OpCodes.Ldloc, values[v]);
            il.Emit(OpCodes.Ldloc, pointers[v]);
            il.Emit(OpCodes.Ldloc, index);
            Call(IsMask(v) ? nameof(Lanes<V1<float>, float>.StoreMask) : nameof(Lanes<V1<float>, float>.Store));
        }

        il.Emit(OpCodes.Ldloc, index);
        il.Emit(OpCodes.Ldc_I8, (long)LaneCount);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, index);
        il.MarkLabel(condition);
        il.Emit(OpCodes.Ldloc, index);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Blt, body);
        il.Emit(OpCodes.Ret);
        return method;
    }

    bool IsMask(int value) => program.Types[value].DType == DType.Bool;

    // What is one element for all becomes a vector before the loop; of the others the address is kept.
    void Operand(int i)
    {
        var value = i < reads.Length ? reads[i] : writes[i - reads.Length];
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, i * IntPtr.Size);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldind_I);
        if (i < reads.Length && TileLoop.IsSame(layout, value))
        {
            Call(IsMask(value) ? nameof(Lanes<V1<float>, float>.SameMask) : nameof(Lanes<V1<float>, float>.Same));
            Keep(value);
            return;
        }

        pointers[value] = il.DeclareLocal(typeof(byte).MakePointerType());
        il.Emit(OpCodes.Stloc, pointers[value]);
    }

    Dictionary<int, LocalBuilder> Operators()
    {
        var locals = new Dictionary<int, LocalBuilder>();
        var next = 0;
        foreach (var i in steps)
        {
            var known = program.Operators[i]!;
            if (known.Type is null) continue;
            locals[i] = il.DeclareLocal(known.Type);
            if (known.Value is null) continue; // it has no fields, so there is nothing to initialize
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, next++);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Unbox_Any, known.Type);
            il.Emit(OpCodes.Stloc, locals[i]);
        }

        return locals;
    }

    void Step(int i, Dictionary<int, LocalBuilder> operators)
    {
        var known = program.Operators[i]!;
        var result = program.Inputs.Length + i;
        if (known.Kind == OperatorKind.Where)
        {
            foreach (var v in known.Order) il.Emit(OpCodes.Ldloc, values[v]);
            Call(nameof(Lanes<V1<float>, float>.Select));
        }
        else if (known.Kind == OperatorKind.Cast)
        {
            il.Emit(OpCodes.Ldloc, values[known.Order[0]]);
            if (IsMask(known.Order[0]) != IsMask(result))
                Call(IsMask(result) ? nameof(Lanes<V1<float>, float>.ToMask) : nameof(Lanes<V1<float>, float>.FromMask));
        }
        else
        {
            // Operators compute with numbers; only a comparison gives a mask.
            il.Emit(OpCodes.Ldloca, operators[i]);
            foreach (var v in known.Order)
            {
                il.Emit(OpCodes.Ldloc, values[v]);
                if (IsMask(v)) Call(nameof(Lanes<V1<float>, float>.FromMask));
            }

            il.Emit(OpCodes.Constrained, known.Type!);
            il.Emit(OpCodes.Callvirt, (known.Kind == OperatorKind.Unary ? unary : binary).MakeGenericMethod(vector, element));
            if (known.Kind != OperatorKind.Compare && IsMask(result)) Call(nameof(Lanes<V1<float>, float>.ToMask));
        }

        Keep(result);
    }

    void Keep(int value)
    {
        values[value] = il.DeclareLocal(vector);
        il.Emit(OpCodes.Stloc, values[value]);
    }

    void Call(string name) => il.Emit(OpCodes.Call, lanes.GetMethod(name)!);
}
