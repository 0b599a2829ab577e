using Strata.Compilation;
using Strata.Memory;
using Strata.Operations;

namespace Strata;

/// <summary>A named tensor that can be assigned: a weight, a running statistic, a counter. In an expression it stands for its value.</summary>
/// <remarks>A new value takes the place of the old one, whose memory is reused at once: keep a value beyond the next assignment with
/// <see cref="Value"/>, which copies.</remarks>
public sealed partial class Variable
{
    Tensor current; // outside of traces
    bool trainable;
    bool lent; // whether somebody may still have the current value

    /// <summary>Creates a variable with a first value, which is copied.</summary>
    /// <param name="value">The first value; it fixes shape and type.</param>
    /// <param name="name">The name in messages, summaries and checkpoints.</param>
    /// <param name="trainable">Whether optimizers should change it.</param>
    public Variable(Tensor value, string name = "variable", bool trainable = true)
    {
        Name = name;
        this.trainable = trainable;
        current = Own(value);
    }

    /// <summary>A variable without elements, for a trace that only finds types.</summary>
    internal Variable(TensorType type, string name, bool trainable)
    {
        Name = name;
        this.trainable = trainable;
        current = new Tensor(type);
    }

    /// <summary>The name in messages, summaries and checkpoints.</summary>
    public string Name { get; }

    /// <summary>Whether optimizers should change it.</summary>
    public bool Trainable
    {
        get => trainable;
        set
        {
            if (trainable != value) TrainableChanges++;
            trainable = value;
        }
    }

    /// <summary>How often anything in the process became trainable or ceased to be: what was planned for a model's trainable weights holds while
    /// this does.</summary>
    internal static int TrainableChanges { get; set; }

    /// <summary>Whether training takes the gradient of this table as the rows that a batch looks up in it; see <see cref="VariableGradient"/>. Null: where it
    /// costs less and changes nothing but rounding, which is the optimizer's affair.</summary>
    public bool? SparseGradient { get; set; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => current.Shape;

    /// <summary>The type of the elements.</summary>
    public DType DType => current.DType;

    /// <summary>A copy of the value, which later assignments do not change.</summary>
    public Tensor Value => new Copy().Apply(Borrow());

    /// <summary>The value without a copy: valid until the next assignment, after which its use is an error.</summary>
    public Tensor Borrow() => Tracer.Current is { } tracer ? tracer.Read(this) : Lend();

    /// <summary>The value outside of traces, for one who lets go of it before the next assignment.</summary>
    internal Tensor Current => current;

    /// <summary>The value outside of traces, for one who may keep it.</summary>
    internal Tensor Lend()
    {
        lent = true;
        return current;
    }

    /// <summary>Replaces the value.</summary>
    /// <exception cref="ShapeException">Shape or type differ from the variable's.</exception>
    public void Assign(Tensor value)
    {
        if (!ReferenceEquals(value, Borrow())) Release(Exchange(value));
    }

    /// <summary>Replaces the value and hands out the old one, which is the caller's from now on: to be released, or adopted again.</summary>
    internal Tensor Exchange(Tensor value)
    {
        if (value.Shape != Shape || value.DType != DType)
            throw new ShapeException($"Variable '{Name}': a {value.Type} was assigned to a {current.Type}; shape and type of a variable are fixed.");
        if (Tracer.Current is { } tracer) return tracer.Write(this, value);
        var old = current;
        (current, lent) = (Own(value), false);
        return old;
    }

    /// <summary>Replaces the value by one that nobody else holds, without a copy: what optimizers do with the result of an update.</summary>
    internal void Adopt(Tensor value)
    {
        if (Tracer.Current is { } tracer)
        {
            tracer.Write(this, value);
            return;
        }

        var old = current;
        (current, lent) = (value.Keep(), false);
        Release(old);
    }

    /// <summary>The value's memory under a new identity, for one who overwrites it: what optimizers do where nobody needs the old value.
    /// Tensors borrowed before become invalid.</summary>
    internal Tensor Renew()
    {
        var storage = current.Storage!;
        storage.Generation++;
        if (lent) current = new Tensor(current.Shape, current.DType, storage);
        else current.Bind(storage); // nobody has it: no new identity is needed
        lent = false;
        return current;
    }

    /// <summary>As in <c>kernel: float32 [784, 10]</c>.</summary>
    public override string ToString() => $"{Name}: {current.Type}";

    /// <summary>The value, as it stands in expressions.</summary>
    public static implicit operator Tensor(Variable variable) => variable.Borrow();

    static Tensor Own(Tensor value) => value.Node is null
        ? Tracer.Untraced(() => Differentiation.Tape.Unrecorded(() => new Copy().Apply(value))).Keep()
        : throw new StrataException($"Variable: a variable with the first value {value.Type} cannot be made while a function is traced for compilation; make it before.");

    // A tape that is open may need the old value for its gradients; then it goes with the scope around the tape.
    static void Release(Tensor old)
    {
        if (old.Storage is not { } storage) return; // in a trace
        if (!Differentiation.Tape.Recording)
        {
            old.Release();
            return;
        }

        storage.Kept = false;
        TensorScope.Register(storage);
    }
}
