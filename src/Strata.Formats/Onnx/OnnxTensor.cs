namespace Strata.Formats.Onnx;

/// <summary>A value while a graph is evaluated: in ONNX's order, in this library's with channels last, or both, each made when it is asked for.</summary>
sealed class OnnxTensor
{
    Tensor? plain, last, kernel;

    /// <summary>An input that is left out.</summary>
    public static OnnxTensor None { get; } = new();

    public bool IsNone => plain is null && last is null && kernel is null;

    /// <summary>Whether the elements follow from the file and from shapes alone, so that they may be read on the host.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>In the file's order.</summary>
    public Tensor Plain => plain ??= last is not null ? ToFirst(last) : FromKernel(Present(kernel));

    /// <summary>[n, c, …] as [n, …, c].</summary>
    public Tensor Last => last ??= ToLast(Plain);

    /// <summary>A kernel [out, in, k…] as [k…, in, out].</summary>
    public Tensor Kernel => kernel ??= ToKernel(Plain);

    /// <summary>Whether it is cheaper to go on with channels last.</summary>
    public bool IsLast => plain is null && last is not null;

    public int Rank => (plain ?? last ?? Present(kernel)).Rank;

    /// <summary>The shape in the file's order.</summary>
    public Shape Shape => plain?.Shape ?? (last is { } l ? [l.Shape[0], l.Shape[^1], .. l.Shape[1..^1].Span] : Plain.Shape);

    public static OnnxTensor Of(Tensor value) => new() { plain = value };

    public static OnnxTensor OfLast(Tensor value) => new() { last = value };

    public static OnnxTensor OfKernel(Tensor value) => new() { kernel = value };

    public static OnnxTensor Known(Tensor value) => new() { plain = value, IsKnown = true };

    /// <summary>The elements as integers.</summary>
    /// <exception cref="FormatException">They depend on the model's inputs, or are out of range.</exception>
    public int[] Ints(string what)
    {
        if (!IsKnown) throw new FormatException($"{what} depend on the model's inputs, which is not supported");
        return [.. Plain.Cast(DType.Int64).ToArray<long>().Select(v => (int)Math.Clamp(v, int.MinValue, int.MaxValue))];
    }

    public static Tensor ToLast(Tensor x) => x.Transpose([0, .. Enumerable.Range(2, x.Rank - 2), 1]);

    public static Tensor ToFirst(Tensor x) => x.Transpose([0, x.Rank - 1, .. Enumerable.Range(1, x.Rank - 2)]);

    public static Tensor ToKernel(Tensor x) => x.Transpose([.. Enumerable.Range(2, x.Rank - 2), 1, 0]);

    static Tensor FromKernel(Tensor x) => x.Transpose([x.Rank - 1, x.Rank - 2, .. Enumerable.Range(0, x.Rank - 2)]);

    static Tensor Present(Tensor? x) => x ?? throw new FormatException("an input is missing");
}
