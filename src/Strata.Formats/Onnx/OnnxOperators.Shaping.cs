namespace Strata.Formats.Onnx;

// Reductions, and what moves elements about.
static partial class OnnxOperators
{
    const int MostElements = 1 << 28; // of a value that a file asks for by numbers alone

    delegate Tensor Reduction(Tensor x, ReadOnlySpan<int> axes, bool keepDims);

    static Evaluate Reduce(Reduction f) => (node, x, _) =>
    {
        var v = x[0].Plain;
        var axes = node.Ints("axes") ?? (x.Length > 1 && !x[1].IsNone ? x[1].Ints("axes") : []);
        if (axes.Length == 0 && node.Int("noop_with_empty_axes", 0) != 0) return [x[0]];
        return [OnnxTensor.Of(f(v, axes.Length == 0 ? [.. Enumerable.Range(0, v.Rank)] : axes, node.Int("keepdims", 1) != 0))];
    };

    static Evaluate Arg(Func<Tensor, int, bool, Tensor> f) => (node, x, _) => [OnnxTensor.Of(f(x[0].Plain, (int)node.Int("axis", 0), node.Int("keepdims", 1) != 0))];

    static OnnxTensor[] Concat(OnnxNode node, OnnxTensor[] x, long version)
    {
        var rank = x[0].Rank;
        var axis = x[0].Shape.Axis((int)node.Int("axis", 0), "Concat");
        if (rank > 2 && x.Any(v => v.IsLast)) return [OnnxTensor.OfLast(Tensor.Concatenate([.. x.Select(v => v.Last)], LastAxis(axis, rank)))];
        return [OnnxTensor.Of(Tensor.Concatenate([.. x.Select(v => v.Plain)], axis))];
    }

    static int LastAxis(int axis, int rank) => axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1;

    static OnnxTensor[] Constant(OnnxNode node, OnnxTensor[] x, long version)
    {
        foreach (var (name, value) in node.Attributes)
            switch (name, value)
            {
                case ("value", Tensor tensor): return [OnnxTensor.Known(tensor)];
                case ("value_float", float number): return [OnnxTensor.Known(Tensor.Scalar(number))];
                case ("value_int", long number): return [OnnxTensor.Known(Tensor.From([number], []))];
                case ("value_floats", float[] numbers): return [OnnxTensor.Known(Tensor.From(numbers))];
                case ("value_ints", long[] numbers): return [OnnxTensor.Known(Tensor.From(numbers))];
            }

        throw new FormatException("its value is missing or no tensor");
    }

    static OnnxTensor[] ConstantOfShape(OnnxNode node, OnnxTensor[] x, long version)
    {
        var value = node.Attributes.TryGetValue("value", out var given) && given is Tensor { Size: 1 } one ? one : Tensor.Scalar(0);
        return [OnnxTensor.Of(value.Reshape().BroadcastTo(Limited(x[0].Ints("sizes"))))];
    }

    static Shape Limited(int[] sizes)
    {
        var shape = Shape.Of(sizes);
        return shape.Size <= MostElements ? shape : throw new FormatException($"a value of {shape} has more than {MostElements} elements");
    }

    static OnnxTensor[] CumSum(OnnxNode node, OnnxTensor[] x, long version) =>
        [OnnxTensor.Of(x[0].Plain.CumulativeSum(x[1].Ints("axis")[0], node.Int("exclusive", 0) != 0, node.Int("reverse", 0) != 0))];

    static OnnxTensor[] Expand(OnnxNode node, OnnxTensor[] x, long version)
    {
        var shape = Shape.Broadcast(x[0].Shape, Shape.Of(x[1].Ints("sizes")), "Expand");
        return [OnnxTensor.Of(x[0].Plain.BroadcastTo(Limited([.. shape])))];
    }

    static OnnxTensor[] Flatten(OnnxNode node, OnnxTensor[] x, long version)
    {
        var v = x[0].Plain;
        var axis = (int)node.Int("axis", 1);
        if (axis < 0) axis += v.Rank;
        if (axis < 0 || axis > v.Rank) throw new FormatException($"axis {axis} does not exist in {v.Shape}");
        return [OnnxTensor.Of(v.Reshape(Product(v.Shape[..axis]), Product(v.Shape[axis..])))];
    }

    static Tensor Gather(Tensor x, OnnxTensor indices, int axis)
    {
        axis = x.Shape.Axis(axis, "Gather");
        var at = indices.Plain;
        if (indices.IsKnown) return x.Gather(Tensor.Where(at < 0, at + x.Shape[axis], at), axis);
        return x.Gather(at, axis);
    }

    static OnnxTensor[] OneHot(OnnxNode node, OnnxTensor[] x, long version)
    {
        var depth = x[1].Ints("depth")[0];
        var indices = x[0].Plain.Cast(DType.Int64);
        if (depth < 1 || depth > MostElements || (long)depth * indices.Size > MostElements) throw new FormatException($"the depth {depth} is out of range");
        var hot = indices.OneHot(depth);
        var values = x[2].Plain;
        var (off, on) = (values.Slice([0], [1]).Reshape(), values.Slice([1], [1]).Reshape());
        var y = Tensor.Where(hot > 0.5, on, off);
        var axis = (int)node.Int("axis", -1);
        return [OnnxTensor.Of(axis is -1 || axis == y.Rank - 1 ? y : y.MoveAxis(-1, axis))];
    }

    static OnnxTensor[] Pad(OnnxNode node, OnnxTensor[] x, long version)
    {
        var rank = x[0].Rank;
        var pads = version < 11 ? node.Ints("pads") ?? [] : x[1].Ints("paddings");
        if (x.Length > 3 && !x[3].IsNone) throw new FormatException("padding of some axes only is not supported");
        if (pads.Length != 2 * rank) throw new FormatException($"there are {pads.Length} paddings for {rank} axes");
        if (pads.Any(p => p > MostElements)) throw new FormatException("a padding is out of range");
        var value = version < 11 ? node.Float("value", 0) : x.Length > 2 && !x[2].IsNone ? Scalar(x[2]) : 0;
        var amounts = new (int, int)[rank];
        var last = rank > 2 && x[0].IsLast;
        for (var i = 0; i < rank; i++) amounts[last ? LastAxis(i, rank) : i] = (pads[i], pads[i + rank]);
        var v = last ? x[0].Last : x[0].Plain;
        // A negative amount cuts.
        if (pads.Any(p => p < 0))
        {
            v = v.Slice([.. amounts.Select(a => Math.Max(-a.Item1, 0))], [.. amounts.Select((a, i) => v.Shape[i] - Math.Max(-a.Item1, 0) - Math.Max(-a.Item2, 0))]);
            amounts = [.. amounts.Select(a => (Math.Max(a.Item1, 0), Math.Max(a.Item2, 0)))];
        }

        Limited([.. amounts.Select((a, i) => checked(v.Shape[i] + a.Item1 + a.Item2))]);
        var y = node.String("mode", "constant") switch
        {
            "constant" => v.Pad(amounts, value),
            "reflect" => v.Pad(amounts, PadMode.Reflect),
            "edge" => v.Pad(amounts, PadMode.Edge),
            "wrap" => v.Pad(amounts, PadMode.Wrap),
            var mode => throw new FormatException($"there is no padding of mode '{mode}'"),
        };
        return [last ? OnnxTensor.OfLast(y) : OnnxTensor.Of(y)];
    }

    static OnnxTensor[] Range(OnnxNode node, OnnxTensor[] x, long version)
    {
        var (start, limit, step) = (Scalar(x[0]), Scalar(x[1]), Scalar(x[2]));
        var count = Math.Max(Math.Ceiling((limit - start) / step), 0);
        if (!(count <= MostElements)) throw new FormatException("a range has too many elements");
        return [OnnxTensor.Of(Tensor.From([.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))]).Cast(x[0].Plain.DType))];
    }

    static OnnxTensor[] Reshape(OnnxNode node, OnnxTensor[] x, long version)
    {
        var sizes = x[1].Ints("sizes");
        if (node.Int("allowzero", 0) == 0)
            for (var i = 0; i < sizes.Length; i++)
                if (sizes[i] == 0) sizes[i] = x[0].Shape[i];
        return [OnnxTensor.Of(x[0].Plain.Reshape(sizes))];
    }

    static OnnxTensor[] ShapeOf(OnnxNode node, OnnxTensor[] x, long version)
    {
        var shape = x[0].Shape;
        var (start, end) = (At(node.Int("start", 0)), At(node.Int("end", shape.Rank)));
        return [OnnxTensor.Known(Compilation.Tracer.Untraced(() => Tensor.From([.. shape[start..Math.Max(start, end)].Select(s => (long)s)])))];

        int At(long axis) => (int)Math.Clamp(axis < 0 ? axis + shape.Rank : axis, 0, shape.Rank);
    }

    static OnnxTensor[] Slice(OnnxNode node, OnnxTensor[] x, long version)
    {
        var v = x[0].Plain;
        var starts = version < 10 ? node.Ints("starts") ?? [] : x[1].Ints("starts");
        var ends = version < 10 ? node.Ints("ends") ?? [] : x[2].Ints("ends");
        var axes = (version < 10 ? node.Ints("axes") : x.Length > 3 && !x[3].IsNone ? x[3].Ints("axes") : null) ?? [.. Enumerable.Range(0, starts.Length)];
        var steps = version >= 10 && x.Length > 4 && !x[4].IsNone ? x[4].Ints("steps") : [.. Enumerable.Repeat(1, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length) throw new FormatException("starts, ends, axes and steps differ in number");
        int[] first = new int[v.Rank], count = [.. v.Shape], stride = [.. Enumerable.Repeat(1, v.Rank)];
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = v.Shape.Axis(axes[i], "Slice");
            long size = v.Shape[axis], step = steps[i];
            if (step == 0) throw new FormatException("a step is 0");
            var start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, step > 0 ? size : size - 1);
            var end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], step > 0 ? 0 : -1, size);
            (first[axis], stride[axis]) = ((int)start, (int)step);
            count[axis] = (int)Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
            if (count[axis] == 0) (first[axis], stride[axis]) = (0, 1);
        }

        return [OnnxTensor.Of(v.Slice(first, count, stride))];
    }

    static OnnxTensor[] Split(OnnxNode node, OnnxTensor[] x, long version)
    {
        var axis = (int)node.Int("axis", 0);
        var sizes = node.Ints("split") ?? (x.Length > 1 && !x[1].IsNone ? x[1].Ints("sizes") : null);
        if (sizes is null)
        {
            var (size, parts) = (x[0].Shape[x[0].Shape.Axis(axis, "Split")], node.Outputs.Count);
            var part = (size + parts - 1) / parts;
            sizes = [.. Enumerable.Range(0, parts).Select(i => Math.Clamp(size - (i * part), 0, part))];
        }

        return [.. x[0].Plain.Split(sizes, axis).Select(OnnxTensor.Of)];
    }

    static OnnxTensor[] Squeeze(OnnxNode node, OnnxTensor[] x, long version)
    {
        var axes = node.Ints("axes") ?? (x.Length > 1 && !x[1].IsNone ? x[1].Ints("axes") : []);
        return [OnnxTensor.Of(x[0].Plain.Squeeze(axes))];
    }

    static OnnxTensor[] Unsqueeze(OnnxNode node, OnnxTensor[] x, long version)
    {
        var axes = node.Ints("axes") ?? x[1].Ints("axes");
        var v = x[0].Plain;
        var rank = v.Rank + axes.Length;
        if (rank > 16) throw new FormatException($"a value would have {rank} axes");
        foreach (var axis in axes.Select(a => a < 0 ? a + rank : a).Order()) v = v.ExpandDims(axis);
        return [OnnxTensor.Of(v)];
    }

    static OnnxTensor[] Transpose(OnnxNode node, OnnxTensor[] x, long version)
    {
        var rank = x[0].Rank;
        var axes = node.Ints("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        // The transposes at the borders of channels-first parts cost nothing.
        if (rank > 2 && x[0].IsLast && axes.SequenceEqual([0, .. Enumerable.Range(2, rank - 2), 1])) return [OnnxTensor.Of(x[0].Last)];
        if (rank > 2 && axes.SequenceEqual([0, rank - 1, .. Enumerable.Range(1, rank - 2)])) return [OnnxTensor.OfLast(x[0].Plain)];
        return [OnnxTensor.Of(x[0].Plain.Transpose(axes))];
    }

    static OnnxTensor[] Trilu(OnnxNode node, OnnxTensor[] x, long version)
    {
        var offset = x.Length > 1 && !x[1].IsNone ? x[1].Ints("k")[0] : 0;
        return [OnnxTensor.Of(node.Int("upper", 1) != 0 ? x[0].Plain.UpperTriangle(offset) : x[0].Plain.LowerTriangle(offset))];
    }
}
