namespace Strata.Formats.Onnx;

// Convolutions, pooling and resizing.
static partial class OnnxOperators
{
    static int[] Spatial(OnnxTensor x) => [.. Enumerable.Range(1, Math.Max(x.Rank - 2, 0))];

    static OnnxTensor[] Convolution(OnnxNode node, OnnxTensor[] x, long version)
    {
        var axes = Axes(x[0]);
        int[] window = [.. x[1].Kernel.Shape[..axes]];
        var (strides, dilation) = (PerAxis(node, "strides", axes), PerAxis(node, "dilations", axes));
        var y = x[0].Last.Convolution(x[1].Kernel, strides, Padding(node, x[0], window, strides, dilation), dilation, (int)node.Int("group", 1));
        return [OnnxTensor.OfLast(x.Length > 2 && !x[2].IsNone ? y + x[2].Plain : y)];
    }

    static OnnxTensor[] TransposedConvolution(OnnxNode node, OnnxTensor[] x, long version)
    {
        if (node.Int("group", 1) != 1) throw new FormatException("a transposed convolution in groups is not supported");
        if (node.Ints("output_shape") is not null || node.String("auto_pad", "NOTSET") is not ("NOTSET" or "VALID"))
            throw new FormatException("a transposed convolution is supported only with explicit padding");
        var axes = Axes(x[0]);
        var pads = node.Ints("pads") ?? new int[2 * axes];
        if (pads.Length != 2 * axes) throw new FormatException($"there are {pads.Length} paddings for {axes} axes");
        var y = x[0].Last.ConvolutionTranspose(
            x[1].Kernel, PerAxis(node, "strides", axes), Strata.Padding.Of([.. Enumerable.Range(0, axes).Select(i => (pads[i], pads[i + axes]))]),
            node.Ints("output_padding") ?? new int[axes], PerAxis(node, "dilations", axes));
        return [OnnxTensor.OfLast(x.Length > 2 && !x[2].IsNone ? y + x[2].Plain : y)];
    }

    static OnnxTensor[] MaxPool(OnnxNode node, OnnxTensor[] x, long version)
    {
        var (v, window, strides) = Pool(node, x[0], float.NegativeInfinity, out var padding);
        if (node.Ints("dilations") is { } dilations && dilations.Any(d => d != 1)) throw new FormatException("dilated pooling is not supported");
        return [OnnxTensor.OfLast(v.MaxPool(window, strides, padding))];
    }

    static OnnxTensor[] AveragePool(OnnxNode node, OnnxTensor[] x, long version)
    {
        if (node.Int("ceil_mode", 0) != 0) throw new FormatException("average pooling that rounds sizes up is not supported");
        var (v, window, strides) = Pool(node, x[0], 0, out var padding);
        return [OnnxTensor.OfLast(v.AveragePool(window, strides, padding, node.Int("count_include_pad", 0) != 0))];
    }

    /// <summary>The input, padded where sizes are rounded up, with window and strides.</summary>
    static (Tensor X, int[] Window, int[] Strides) Pool(OnnxNode node, OnnxTensor x, float outside, out Padding padding)
    {
        var axes = Axes(x);
        var window = node.Ints("kernel_shape") ?? throw new FormatException("it has no kernel_shape");
        if (window.Length != axes) throw new FormatException($"a window of {window.Length} axes does not fit {x.Shape}");
        var strides = PerAxis(node, "strides", axes);
        padding = Padding(node, x, window, strides, [.. Enumerable.Repeat(1, axes)]);
        if (node.Int("ceil_mode", 0) == 0) return (x.Last, window, strides);

        // A window that begins inside counts, though it ends outside.
        var pads = node.Ints("pads") ?? new int[2 * axes];
        var amounts = new (int Low, int High)[x.Rank];
        for (var i = 0; i < axes; i++)
        {
            var size = x.Shape[i + 2];
            var (low, high) = (pads[i], pads[i + axes]);
            var count = ((size + low + high - window[i] + strides[i] - 1) / strides[i]) + 1;
            if ((count - 1) * strides[i] >= size + low) count--;
            amounts[i + 1] = (low, Math.Max(((count - 1) * strides[i]) + window[i] - size - low, high));
        }

        padding = Strata.Padding.Valid;
        return (x.Last.Pad(amounts, outside), window, strides);
    }

    static int Axes(OnnxTensor x) => x.Rank is >= 3 and <= 5 ? x.Rank - 2 : throw new FormatException($"{x.Shape} is not [n, channels, 1 to 3 spatial axes]");

    static int[] PerAxis(OnnxNode node, string name, int axes)
    {
        var values = node.Ints(name) ?? [.. Enumerable.Repeat(1, axes)];
        return values.Length == axes && values.All(v => v > 0) ? values : throw new FormatException($"'{name}' has {values.Length} values for {axes} axes, or one below 1");
    }

    static Padding Padding(OnnxNode node, OnnxTensor x, int[] window, int[] strides, int[] dilation)
    {
        var axes = window.Length;
        switch (node.String("auto_pad", "NOTSET"))
        {
            case "VALID":
                return Strata.Padding.Valid;
            case "SAME_UPPER":
                return Strata.Padding.Same;
            case "SAME_LOWER":
                return Strata.Padding.Of([.. Enumerable.Range(0, axes).Select(i =>
                {
                    var (low, high) = Strata.Padding.Same.Resolve(i, axes, x.Shape[i + 2], window[i], strides[i], dilation[i]);
                    return (high, low);
                })]);
            default:
                var pads = node.Ints("pads") ?? new int[2 * axes];
                return pads.Length == 2 * axes
                    ? Strata.Padding.Of([.. Enumerable.Range(0, axes).Select(i => (pads[i], pads[i + axes]))])
                    : throw new FormatException($"there are {pads.Length} paddings for {axes} axes");
        }
    }

    static OnnxTensor[] Resize(OnnxNode node, OnnxTensor[] x, long version)
    {
        var shape = x[0].Shape;
        if (shape.Rank != 4) throw new FormatException($"{shape} is not [n, channels, height, width]");
        // Upsample and Resize of version 10 have (x, scales), later ones (x, roi, scales, sizes); in version 7 scales are an attribute.
        var fromSizes = x.Length > 3 && !x[3].IsNone;
        int[] sizes;
        if (fromSizes) sizes = x[3].Ints("sizes");
        else
        {
            var scales = node.Attributes.TryGetValue("scales", out var attribute) && attribute is float[] given ? given
                : x.Length == 2 || x.Length > 2 ? Floats(x[x.Length == 2 ? 1 : 2]) : throw new FormatException("it has neither sizes nor scales");
            if (scales.Length != 4) throw new FormatException($"there are {scales.Length} scales for 4 axes");
            sizes = [.. scales.Select((s, i) => (int)MathF.Floor(shape[i] * s))];
        }

        if (sizes.Length != 4 || sizes[0] != shape[0] || sizes[1] != shape[1]) throw new FormatException("only height and width can be resized");
        var mode = node.String("mode", "nearest");
        var where = node.String("coordinate_transformation_mode", version < 11 ? "asymmetric" : "half_pixel");
        var whole = sizes[2] % shape[2] == 0 && sizes[3] % shape[3] == 0;
        var v = x[0].Last;
        return (mode, where) switch
        {
            // Enlarged by whole numbers, all rules for the nearest pixel are the same.
            ("nearest", "half_pixel") => [OnnxTensor.OfLast(v.Resize(sizes[2], sizes[3], ResizeMode.Nearest))],
            ("nearest", "asymmetric") when whole => [OnnxTensor.OfLast(v.Resize(sizes[2], sizes[3], ResizeMode.Nearest))],
            ("linear", "half_pixel" or "pytorch_half_pixel") => [OnnxTensor.OfLast(v.Resize(sizes[2], sizes[3]))],
            ("linear", "align_corners") => [OnnxTensor.OfLast(v.Resize(sizes[2], sizes[3], alignCorners: true))],
            _ => throw new FormatException($"resizing with mode '{mode}' and coordinates '{where}' is not supported"),
        };
    }

    static float[] Floats(OnnxTensor x) => x.IsKnown ? x.Plain.Cast(DType.Float32).ToArray<float>() : throw new FormatException("scales depend on the model's inputs");

    static OnnxTensor[] DepthToSpace(OnnxNode node, OnnxTensor[] x, long version)
    {
        var block = (int)node.Int("blocksize", 1);
        var s = x[0].Shape;
        if (s.Rank != 4 || block < 1 || s[1] % (block * block) != 0) throw new FormatException($"{s} has no channels for blocks of {block}");
        var channels = s[1] / (block * block);
        var y = node.String("mode", "DCR") == "DCR"
            ? x[0].Plain.Reshape(s[0], block, block, channels, s[2], s[3]).Transpose(0, 3, 4, 1, 5, 2)
            : x[0].Plain.Reshape(s[0], channels, block, block, s[2], s[3]).Transpose(0, 1, 4, 2, 5, 3);
        return [OnnxTensor.Of(y.Reshape(s[0], channels, s[2] * block, s[3] * block))];
    }
}
