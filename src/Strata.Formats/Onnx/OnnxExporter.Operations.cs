using Strata.Compilation;
using Strata.Operations;

namespace Strata.Formats.Onnx;

// Which operators say what an operation does (ONNX operators, version 17).
sealed partial class OnnxExporter
{
    void Emit(Node node)
    {
        var y = node.Outputs[0];
        var x = node.Inputs[0];
        switch (node.Operation)
        {
            case Abs: Elementwise(node, "Abs"); break;
            case Acos: Elementwise(node, "Acos"); break;
            case Asin: Elementwise(node, "Asin"); break;
            case Atan: Elementwise(node, "Atan"); break;
            case Ceiling: Elementwise(node, "Ceil"); break;
            case Cos: Elementwise(node, "Cos"); break;
            case Cosh: Elementwise(node, "Cosh"); break;
            case Erf: Elementwise(node, "Erf"); break;
            case Exp: Elementwise(node, "Exp"); break;
            case Floor: Elementwise(node, "Floor"); break;
            case Log: Elementwise(node, "Log"); break;
            case Negate: Elementwise(node, "Neg"); break;
            case Reciprocal: Elementwise(node, "Reciprocal"); break;
            case Relu: Elementwise(node, "Relu"); break;
            case Round: Elementwise(node, "Round"); break;
            case Sigmoid: Elementwise(node, "Sigmoid"); break;
            case Sign: Elementwise(node, "Sign"); break;
            case Sin: Elementwise(node, "Sin"); break;
            case Sinh: Elementwise(node, "Sinh"); break;
            case Softplus: Elementwise(node, "Softplus"); break;
            case Sqrt: Elementwise(node, "Sqrt"); break;
            case Tan: Elementwise(node, "Tan"); break;
            case Tanh: Elementwise(node, "Tanh"); break;
            case Copy: Elementwise(node, "Identity"); break;
            case Strata.Operations.Add when IsBias(node): break;
            case Strata.Operations.Add: Elementwise(node, "Add"); break;
            case Subtract: Elementwise(node, "Sub"); break;
            case Multiply: Elementwise(node, "Mul"); break;
            case Divide: Elementwise(node, "Div"); break;
            case Maximum: Elementwise(node, "Max"); break;
            case Minimum: Elementwise(node, "Min"); break;
            case Power: Elementwise(node, "Pow"); break;
            case Less: Elementwise(node, "Less"); break;
            case LessEqual: Elementwise(node, "LessOrEqual"); break;
            case Greater: Elementwise(node, "Greater"); break;
            case GreaterEqual: Elementwise(node, "GreaterOrEqual"); break;
            case EqualTo: Elementwise(node, "Equal"); break;
            case And: Elementwise(node, "And"); break;
            case Or: Elementwise(node, "Or"); break;
            case Xor: Elementwise(node, "Xor"); break;
            case Where: Elementwise(node, "Where"); break;
            case Cast cast: Elementwise(node, inputs => Add("Cast", inputs, ("to", (long)OnnxMessages.Number(cast.To)))); break;
            case NotEqualTo: Elementwise(node, inputs => Add("Not", [Add("Equal", inputs)])); break;
            case Square: Elementwise(node, inputs => Add("Mul", [inputs[0], inputs[0]])); break;
            case Rsqrt: Elementwise(node, inputs => Add("Reciprocal", [Add("Sqrt", inputs)])); break;
            case Expm1: Elementwise(node, inputs => Add("Sub", [Add("Exp", inputs), Number(1, y.DType)])); break;
            case Log1p: Elementwise(node, inputs => Add("Log", [Add("Add", [inputs[0], Number(1, y.DType)])])); break;
            case Log2: Elementwise(node, inputs => Add("Mul", [Add("Log", inputs), Number(1 / Math.Log(2), y.DType)])); break;
            case Log10: Elementwise(node, inputs => Add("Mul", [Add("Log", inputs), Number(1 / Math.Log(10), y.DType)])); break;
            case Exp2: Elementwise(node, inputs => Add("Pow", [Number(2, y.DType), inputs[0]])); break;
            case Erfc: Elementwise(node, inputs => Add("Sub", [Number(1, y.DType), Add("Erf", inputs)])); break;
            case Clip clip:
                Elementwise(node, inputs => Add("Clip",
                    [inputs[0], double.IsFinite(clip.Low) ? Number(clip.Low, y.DType) : "", double.IsFinite(clip.High) ? Number(clip.High, y.DType) : ""]));
                break;
            case Alias:
                Plainly(y, Add("Reshape", [Plain(x), Ints(FreeSizes(node))]));
                break;
            case BroadcastTo:
                Plainly(y, Add("Expand", [Plain(x), Ints(BroadcastSizes(node))]));
                break;
            case Transpose transpose:
                Plainly(y, Add("Transpose", [Plain(x)], ("perm", Longs(transpose.Axes.Span))));
                break;
            case MatMul product:
                Plainly(y, Add("MatMul", [Operand(x, product.TransposeA), Operand(node.Inputs[1], product.TransposeB)]));
                break;
            case Convolution convolution:
                values[y] = new Value { First = Add("Conv", [First(x), Kernel(node.Inputs[1])], Walk(convolution.Settings, node.Inputs[1].Shape[..^2])) };
                break;
            case ConvolutionInputGradient transposed:
                TransposedConvolution(node, transposed);
                break;
            case MaxPool pool:
                values[y] = new Value { First = Add("MaxPool", [First(x)], Window(pool.Settings)) };
                break;
            case AveragePool pool:
                values[y] = new Value { First = Add("AveragePool", [First(x)], [.. Window(pool.Settings), ("count_include_pad", pool.CountPadding ? 1L : 0L)]) };
                break;
            case Sum sum: Reduce(node, "ReduceSum", sum.Axes, sum.KeepDims); break;
            case Max max: Reduce(node, "ReduceMax", max.Axes, max.KeepDims); break;
            case Min min: Reduce(node, "ReduceMin", min.Axes, min.KeepDims); break;
            case Product product: Reduce(node, "ReduceProd", product.Axes, product.KeepDims); break;
            case ArgMax arg: Plainly(y, Add("ArgMax", [Plain(x)], ("axis", (long)arg.Axis), ("keepdims", arg.KeepDims ? 1L : 0L))); break;
            case ArgMin arg: Plainly(y, Add("ArgMin", [Plain(x)], ("axis", (long)arg.Axis), ("keepdims", arg.KeepDims ? 1L : 0L))); break;
            case Softmax: AlongAxis(node, x.Rank - 1, (name, axis) => Add("Softmax", [name], ("axis", (long)axis))); break;
            case LogSoftmax: AlongAxis(node, x.Rank - 1, (name, axis) => Add("LogSoftmax", [name], ("axis", (long)axis))); break;
            case CumulativeSum sum:
                AlongAxis(node, sum.Axis, (name, axis) => Add("CumSum", [name, New(Tensor.Scalar(axis, DType.Int64))], ("reverse", sum.Reverse ? 1L : 0L)));
                break;
            case Standardize standardize:
                Plainly(y, Add("LayerNormalization", [Plain(x), New(Tensor.Ones([x.Shape[^1]], x.DType))], ("epsilon", (float)standardize.Epsilon), ("axis", -1L)));
                break;
            case Gather gather when IsFirst(x) && node.Inputs[1].Rank == 1:
                AlongAxis(node, gather.Axis, (name, axis) => Add("Gather", [name, Plain(node.Inputs[1])], ("axis", (long)axis)));
                break;
            case Gather gather:
                Plainly(y, Add("Gather", [Plain(x), Plain(node.Inputs[1])], ("axis", (long)gather.Axis)));
                break;
            case OneHot oneHot:
                Plainly(y, Add("OneHot", [Plain(x), Ints(oneHot.Depth), New(Tensor.From([0f, 1f]).Cast(oneHot.DType))], ("axis", -1L)));
                break;
            case Triangle triangle:
                Plainly(y, Add("Trilu", [Plain(x), New(Tensor.Scalar(triangle.Offset, DType.Int64))], ("upper", triangle.Lower ? 0L : 1L)));
                break;
            case Resample resample:
                AlongAxis(node, resample.Axis, (name, axis) => Resize(name, x.Rank, axis, x.Shape[resample.Axis], resample));
                break;
            case Concatenate concatenate:
                Join(node, concatenate.Axis);
                break;
            case Split split:
                var (first, at) = IsFirst(x) ? (true, FirstAxis(split.Axis, x.Rank)) : (false, split.Axis);
                if (split.Axis == 0 && options.Batch is null) throw Unsupported(node, "cuts the axis of examples; set the batch in the options");
                var names = AddMany("Split", [first ? First(x) : Plain(x), Ints(Longs(split.Sizes.Span))], node.Outputs.Length, ("axis", (long)at));
                for (var i = 0; i < names.Length; i++) values[node.Outputs[i]] = first ? new Value { First = names[i] } : new Value { Plain = names[i] };
                break;
            case Lstm lstm: EmitLstm(node, lstm); break;
            case Gru gru: EmitGru(node, gru); break;
            case Scan scan: EmitScan(node, scan); break;
            case LstmStep step: EmitLstmStep(node, step); break;
            case GruStep step: EmitGruStep(node, step); break;
            case Slice slice when lastCells.ContainsKey(x): Plainly(y, LastCells(node, slice.Extents)); break;
            case Slice slice:
                Cut(node, slice.Extents, ((Slice)twin.Operation).Extents);
                break;
            case PlaceSlice place:
                Pad(node, place);
                break;
            default:
                throw Unsupported(node);
        }
    }

    /// <summary>Gives a convolution that was just written the constant [c] that is added to it, if nobody else takes its output.</summary>
    bool IsBias(Node node)
    {
        var (x, bias) = values[node.Inputs[1]].Constant is not null ? (node.Inputs[0], node.Inputs[1]) : (node.Inputs[1], node.Inputs[0]);
        if (values[bias].Constant is null || bias.Rank != 1 || bias.Shape[0] != x.Shape[^1] || !IsFirst(x)) return false;
        if (graph.Nodes is not [.., { Operator: "Conv" or "ConvTranspose", Inputs.Count: 2 } convolution] || convolution.Outputs[0] != values[x].First) return false;
        if (trace.Results.Contains(x) || trace.Nodes.Count(n => n.Inputs.Contains(x)) > 1) return false;
        graph.Nodes[^1] = convolution with { Inputs = [.. convolution.Inputs, Plain(bias)] };
        values[node.Outputs[0]] = values[x];
        return true;
    }

    void Plainly(Tensor y, string name) => values[y] = new Value { Plain = name };

    void Elementwise(Node node, string operation) => Elementwise(node, inputs => Add(operation, inputs));

    /// <summary>Stays with channels first if an input is so and all others can be.</summary>
    void Elementwise(Node node, Func<string[], string> emit)
    {
        var y = node.Outputs[0];
        var first = y.Rank > 2 && node.Inputs.Any(IsFirst) && node.Inputs.All(x => x.Rank == y.Rank || values[x].Constant is not null);
        if (first) values[y] = new Value { First = emit([.. node.Inputs.Select(x => x.Rank == y.Rank ? First(x) : Raised(x, y.Rank))]) };
        else Plainly(y, emit([.. node.Inputs.Select(Plain)]));
    }

    /// <summary>A constant of lower rank with channels first: [c] becomes [1, c, 1, 1].</summary>
    string Raised(Tensor x, int rank) => x.Rank == 0 ? Plain(x) : Initializer(Shared(x), $"first{rank}", c =>
        c.Reshape([.. Enumerable.Repeat(1, rank - c.Rank), .. c.Shape.Span]).Transpose(ToFirst(rank).Select(a => (int)a).ToArray()));

    void AlongAxis(Node node, int axis, Func<string, int, string> emit)
    {
        var x = node.Inputs[0];
        if (IsFirst(x)) values[node.Outputs[0]] = new Value { First = emit(First(x), FirstAxis(axis, x.Rank)) };
        else Plainly(node.Outputs[0], emit(Plain(x), axis));
    }

    /// <summary>The sizes after a reshape, −1 for the one that the number of examples decides.</summary>
    long[] FreeSizes(Node node)
    {
        var (a, b) = (node.Outputs[0].Shape, twin.Outputs[0].Shape);
        if (a.Rank != b.Rank) throw Unsupported(node, "gets another rank with another number of examples");
        long[] sizes = [.. a.Zip(b, (p, q) => p == q ? p : -1L)];
        return sizes.Count(s => s < 0) <= 1 ? sizes : throw Unsupported(node, "gets two sizes from the number of examples; set the batch in the options");
    }

    /// <summary>1 keeps a size that the input has already.</summary>
    long[] BroadcastSizes(Node node)
    {
        var (a, b, x) = (node.Outputs[0].Shape, twin.Outputs[0].Shape, node.Inputs[0].Shape);
        var sizes = new long[a.Rank];
        for (var i = 0; i < a.Rank; i++)
        {
            var own = i - (a.Rank - x.Rank);
            sizes[i] = a[i] == b[i] ? a[i] : own >= 0 && x[own] == a[i] ? 1 : throw Unsupported(node, "repeats by the number of examples; set the batch in the options");
        }

        return sizes;
    }

    string Operand(Tensor x, bool transpose)
    {
        if (!transpose) return Plain(x);
        long[] axes = [.. Enumerable.Range(0, x.Rank).Select(a => (long)a)];
        (axes[^1], axes[^2]) = (axes[^2], axes[^1]);
        return values[x].Constant is not null ? Initializer(Shared(x), "transposed", c => c.SwapAxes(-1, -2)) : Add("Transpose", [Plain(x)], ("perm", axes));
    }

    /// <summary>[k…, in, out] as [out, in, k…].</summary>
    string Kernel(Tensor kernel)
    {
        var rank = kernel.Rank;
        long[] axes = [rank - 1, rank - 2, .. Enumerable.Range(0, rank - 2).Select(a => (long)a)];
        return values[kernel].Constant is not null
            ? Initializer(Shared(kernel), "kernel", c => c.Transpose([.. axes.Select(a => (int)a)]))
            : Add("Transpose", [Plain(kernel)], ("perm", axes));
    }

    static (string, object)[] Walk(ConvolutionSettings walk, Shape window) =>
        [("kernel_shape", Longs(window.Span)), ("strides", Longs(walk.Strides.Span)), ("pads", Pads(walk)), ("dilations", Longs(walk.Dilation.Span)), ("group", (long)walk.Groups)];

    static (string, object)[] Window(PoolingSettings settings) => [("kernel_shape", Longs(settings.Window.Span)), ("strides", Longs(settings.Walk.Strides.Span)), ("pads", Pads(settings.Walk))];

    static long[] Pads(ConvolutionSettings walk) => [.. walk.Padding.Select(p => (long)p.Low), .. walk.Padding.Select(p => (long)p.High)];

    static long[] Longs(ReadOnlySpan<int> values)
    {
        var to = new long[values.Length];
        for (var i = 0; i < to.Length; i++) to[i] = values[i];
        return to;
    }

    void TransposedConvolution(Node node, ConvolutionInputGradient operation)
    {
        var (dy, kernel, y) = (node.Inputs[0], node.Inputs[1], node.Outputs[0]);
        var walk = operation.Settings;
        var extra = new long[y.Rank - 2];
        for (var i = 0; i < extra.Length; i++)
        {
            var (low, high) = walk.Padding[i];
            extra[i] = y.Shape[i + 1] - (((dy.Shape[i + 1] - 1) * walk.Strides[i]) + (walk.Dilation[i] * (kernel.Shape[i] - 1)) + 1 - low - high);
            if (extra[i] < 0) throw Unsupported(node, "is cut off at its end");
        }

        values[y] = new Value { First = Add("ConvTranspose", [First(dy), Kernel(kernel)], [.. Walk(walk, kernel.Shape[..^2]), ("output_padding", extra)]) };
    }

    void Reduce(Node node, string operation, AxisSet axes, bool keepDims)
    {
        var (x, y) = (node.Inputs[0], node.Outputs[0]);
        int[] reduced = [.. Enumerable.Range(0, x.Rank).Where(axes.Contains)];
        // Without the kept axes, what is left of channels first has its own order only if channels or all spatial axes went.
        var spatial = reduced.Length == x.Rank - 2 && reduced.All(a => a > 0 && a < x.Rank - 1);
        var first = IsFirst(x) && (keepDims || spatial || reduced.SequenceEqual([x.Rank - 1]));
        long[] names = [.. reduced.Select(a => (long)(first ? FirstAxis(a, x.Rank) : a)).Order()];
        var input = first ? First(x) : Plain(x);
        var keep = ("keepdims", (object)(keepDims ? 1L : 0L));
        var output = operation == "ReduceSum" ? Add(operation, [input, Ints(names)], keep) : Add(operation, [input], ("axes", names), keep);
        values[y] = first && keepDims ? new Value { First = output } : new Value { Plain = output };
    }

    void Join(Node node, int axis)
    {
        var y = node.Outputs[0];
        var first = node.Inputs.Any(IsFirst);
        if (first) values[y] = new Value { First = Add("Concat", [.. node.Inputs.Select(First)], ("axis", (long)FirstAxis(axis, y.Rank))) };
        else Plainly(y, Add("Concat", [.. node.Inputs.Select(Plain)], ("axis", (long)axis)));
    }

    void Cut(Node node, ValueList<Extent> extents, ValueList<Extent> twins)
    {
        var (x, y) = (node.Inputs[0], node.Outputs[0]);
        var first = IsFirst(x);
        var (starts, ends, axes, steps) = (new List<long>(), new List<long>(), new List<long>(), new List<long>());
        for (var axis = 0; axis < extents.Count; axis++)
        {
            var extent = extents[axis];
            if (extent == Extent.All(x.Shape[axis]) && twins[axis] == Extent.All(twin.Inputs[0].Shape[axis])) continue;
            if (extent != twins[axis]) throw Unsupported(node, "cuts the axis of examples; set the batch in the options");
            starts.Add(extent.Start);
            var end = extent.Start + ((long)extent.Count * extent.Step);
            ends.Add(end < 0 ? int.MinValue : end); // beyond the front; −1 would be the last element
            axes.Add(first ? FirstAxis(axis, x.Rank) : axis);
            steps.Add(extent.Step);
        }

        var name = first ? First(x) : Plain(x);
        if (axes.Count > 0) name = Add("Slice", [name, Ints([.. starts]), Ints([.. ends]), Ints([.. axes]), Ints([.. steps])]);
        values[y] = first ? new Value { First = name } : new Value { Plain = name };
    }

    void Pad(Node node, PlaceSlice place)
    {
        var (x, y) = (node.Inputs[0], node.Outputs[0]);
        if (place.Extents.Any(e => e.Step != 1)) throw Unsupported(node);
        var other = ((PlaceSlice)twin.Operation).Extents;
        long[] low = new long[x.Rank], high = new long[x.Rank];
        var first = IsFirst(x);
        for (var axis = 0; axis < x.Rank; axis++)
        {
            var at = first ? FirstAxis(axis, x.Rank) : axis;
            (low[at], high[at]) = (place.Extents[axis].Start, y.Shape[axis] - place.Extents[axis].Start - x.Shape[axis]);
            if (low[at] != other[axis].Start || high[at] != twin.Outputs[0].Shape[axis] - other[axis].Start - twin.Inputs[0].Shape[axis])
                throw Unsupported(node, "pads by the number of examples; set the batch in the options");
        }

        var name = Add("Pad", [first ? First(x) : Plain(x), Ints([.. low, .. high]), Number(place.Background, x.DType)], ("mode", "constant"));
        values[y] = first ? new Value { First = name } : new Value { Plain = name };
    }

    string Resize(string name, int rank, int axis, int from, Resample resample)
    {
        var scale = (float)resample.To / from;
        if ((int)MathF.Floor(from * scale) < resample.To) scale = MathF.BitIncrement(scale);
        var scales = new float[rank];
        Array.Fill(scales, 1);
        scales[axis] = scale;
        return Add("Resize", [name, "", New(Tensor.From(scales))],
            ("mode", "linear"), ("coordinate_transformation_mode", resample.AlignCorners ? "align_corners" : "half_pixel"));
    }
}
