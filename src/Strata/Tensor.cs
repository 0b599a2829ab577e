using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Compilation;
using Strata.Memory;

namespace Strata;

/// <summary>A dense, row-major, immutable array of numbers. Operations are its methods and operators; each makes a new tensor (reshaping
/// shares the memory). Memory is taken from a pool and goes back by itself: see <see cref="TensorScope"/>.</summary>
/// <remarks>Safe to read from several threads at once.</remarks>
public sealed partial class Tensor
{
    int generation;

    internal Tensor(Shape shape, DType dtype, Storage storage)
    {
        Shape = shape;
        DType = dtype;
        Storage = storage;
        generation = storage.Generation;
    }

    /// <summary>A tensor without elements: <paramref name="node"/>'s output while a function is traced, or (without a node) a place in a plan
    /// that is bound to memory later.</summary>
    internal Tensor(TensorType type, Node? node = null)
    {
        Shape = type.Shape;
        DType = type.DType;
        Node = node;
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The number of elements.</summary>
    public long Size => Shape.Size;

    /// <summary>The device that holds the elements.</summary>
    public Device Device => Device.Cpu;

    /// <summary>Shape and element type together.</summary>
    public TensorType Type => new(Shape, DType);

    /// <summary>The memory; null while the tensor has no elements (see <see cref="Node"/>).</summary>
    internal Storage? Storage { get; private set; }

    /// <summary>What the tensor is an output of while a function is traced; null for a tensor with elements.</summary>
    internal Node? Node { get; }

    /// <summary>The address of the first element; the tensor must be kept alive while it is used.</summary>
    internal unsafe byte* Pointer => Storage is { } storage && storage.Generation == generation ? storage.Pointer : throw NoElements();

    /// <summary>Gives a place in a plan the memory of <paramref name="source"/>.</summary>
    internal void Bind(Tensor? source) => (Storage, generation) = (source?.Storage, source?.generation ?? 0);

    /// <summary>Gives a place in a plan its memory.</summary>
    internal void Bind(Storage storage) => (Storage, generation) = (storage, storage.Generation);

    StrataException NoElements() => new(Storage is null
        ? $"Tensor: this {Type} has no elements while the function that makes it is traced for compilation. Compute with it in tensor operations, read numbers of the host with Compiled.Number, or run the function eagerly (Compiled.Eager)."
        : $"Tensor: this {Type} was released when the scope that made it ended. Return it from the function given to Gradient, or call Keep() on it inside.");

    /// <summary>A new tensor with unspecified elements, for a kernel to fill.</summary>
    /// <exception cref="TensorMemoryException">There is not enough memory.</exception>
    internal static Tensor Allocate(Shape shape, DType dtype)
    {
        var size = shape.Size;
        if (size > long.MaxValue / 8) throw new TensorMemoryException($"Tensor: {dtype.Name()} {shape} is larger than any machine's memory.");
        var storage = StoragePool.Rent(size * dtype.Size());
        TensorScope.Register(storage);
        return new Tensor(shape, dtype, storage);
    }

    /// <summary>The same elements under another shape and, for equal sizes of element, another type.</summary>
    internal Tensor View(Shape shape)
    {
        if (Storage is not { } storage || storage.Generation != generation) throw NoElements();
        return new Tensor(shape, DType, storage);
    }

    /// <summary>Lets this tensor outlive the scopes that are open now; afterwards the garbage collector frees it.</summary>
    /// <returns>This tensor.</returns>
    public Tensor Keep()
    {
        if (Storage is { } storage) storage.Kept = true;
        return this;
    }

    /// <summary>Gives the memory back at once; this tensor and all that share its memory must not be used any more.</summary>
    internal void Release()
    {
        if (Storage is { } storage && storage.Generation == generation) StoragePool.Return(storage);
    }

    // ---- From .NET ----

    /// <summary>A tensor with a copy of <paramref name="elements"/>, row-major.</summary>
    /// <exception cref="ShapeException">The number of elements is not the shape's.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> elements, Shape shape)
        where T : unmanaged
    {
        if (elements.Length != shape.Size)
            throw new ShapeException($"Tensor.From: {elements.Length} elements do not fill {shape}, which has {shape.Size}.");
        var tensor = Allocate(shape, DTypes.Of<T>());
        elements.CopyTo(tensor.Writable<T>());
        return tensor;
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape)"/>
    public static Tensor From<T>(T[] elements, Shape shape)
        where T : unmanaged => From(elements.AsSpan(), shape);

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape)"/>
    public static Tensor From<T>(Span<T> elements, Shape shape)
        where T : unmanaged => From((ReadOnlySpan<T>)elements, shape);

    /// <summary>A vector with a copy of <paramref name="elements"/>.</summary>
    public static Tensor From<T>(params ReadOnlySpan<T> elements)
        where T : unmanaged => From(elements, [elements.Length]);

    /// <summary>A matrix with a copy of <paramref name="elements"/>.</summary>
    public static Tensor From<T>(T[,] elements)
        where T : unmanaged => FromArray<T>(elements);

    /// <summary>A tensor of rank 3 with a copy of <paramref name="elements"/>.</summary>
    public static Tensor From<T>(T[,,] elements)
        where T : unmanaged => FromArray<T>(elements);

    /// <summary>A tensor of rank 4 with a copy of <paramref name="elements"/>.</summary>
    public static Tensor From<T>(T[,,,] elements)
        where T : unmanaged => FromArray<T>(elements);

    /// <summary>A tensor with a copy of a .NET tensor's elements.</summary>
    public static Tensor From<T>(System.Numerics.Tensors.Tensor<T> elements)
        where T : unmanaged
    {
        Span<int> sizes = stackalloc int[elements.Rank];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = checked((int)elements.Lengths[i]);
        var tensor = Allocate(Shape.Of(sizes), DTypes.Of<T>());
        elements.FlattenTo(tensor.Writable<T>());
        return tensor;
    }

    /// <summary>A scalar: rank 0, one element.</summary>
    public static Tensor Scalar(double value, DType? dtype = null)
    {
        var tensor = Allocate(default, dtype ?? Configuration.FloatType);
        tensor.Set(value);
        return tensor;
    }

    static Tensor FromArray<T>(Array elements)
        where T : unmanaged
    {
        Span<int> sizes = stackalloc int[elements.Rank];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = elements.GetLength(i);
        return From(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(elements)), elements.Length), Shape.Of(sizes));
    }

    /// <summary>A float32 scalar.</summary>
    public static implicit operator Tensor(float value) => Scalar(value);

    /// <summary>A float32 scalar. (In an operator a number takes the tensor's type; see <see cref="DTypes.PromoteScalar"/>.)</summary>
    public static implicit operator Tensor(double value) => Scalar(value);

    /// <summary>An int32 scalar.</summary>
    public static implicit operator Tensor(int value) => Scalar(value, DType.Int32);

    // ---- To .NET ----

    /// <summary>The elements, row-major, without a copy. Keep the tensor in use (<see cref="GC.KeepAlive"/>) while the span is.</summary>
    /// <exception cref="ShapeException">The elements are not of type <typeparamref name="T"/>.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged => Writable<T>();

    /// <summary>A copy of the elements, row-major.</summary>
    /// <exception cref="ShapeException">The elements are not of type <typeparamref name="T"/>.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var array = AsSpan<T>().ToArray();
        GC.KeepAlive(this);
        return array;
    }

    /// <summary>A .NET tensor with a copy of the elements.</summary>
    public System.Numerics.Tensors.Tensor<T> ToTensor<T>()
        where T : unmanaged
    {
        var lengths = new nint[Rank];
        for (var i = 0; i < Rank; i++) lengths[i] = Shape[i];
        return System.Numerics.Tensors.Tensor.Create(ToArray<T>(), lengths);
    }

    /// <summary>The only element, as a number.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public double Item() => Size == 1
        ? At(0)
        : throw new ShapeException($"Item: {Shape} has {Size} elements; Item needs exactly one.");

    /// <summary>The element at the given position in row-major order, as a number.</summary>
    internal double At(long position)
    {
        var i = checked((int)position);
        double value = DType switch
        {
            DType.Float32 => AsSpan<float>()[i],
            DType.Float64 => AsSpan<double>()[i],
            DType.Int32 => AsSpan<int>()[i],
            DType.Int64 => AsSpan<long>()[i],
            DType.UInt8 => AsSpan<byte>()[i],
            _ => AsSpan<bool>()[i] ? 1 : 0,
        };
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>The elements for the one who makes this tensor; nobody else may write.</summary>
    internal unsafe Span<T> Writable<T>()
        where T : unmanaged
    {
        if (DTypes.Of<T>() != DType) throw new ShapeException($"Tensor: its elements are {DType.Name()}, not {DTypes.Of<T>().Name()}; convert with Cast.");
        if (Size > int.MaxValue) throw new ShapeException($"Tensor: {Shape} has {Size} elements, more than a span can hold; slice it first.");
        return new Span<T>(Pointer, (int)Size);
    }

    void Set(double value)
    {
        switch (DType)
        {
            case DType.Float32: Writable<float>()[0] = (float)value; break;
            case DType.Float64: Writable<double>()[0] = value; break;
            case DType.Int32: Writable<int>()[0] = (int)value; break;
            case DType.Int64: Writable<long>()[0] = (long)value; break;
            case DType.UInt8: Writable<byte>()[0] = (byte)value; break;
            default: Writable<bool>()[0] = value != 0; break;
        }
    }
}
