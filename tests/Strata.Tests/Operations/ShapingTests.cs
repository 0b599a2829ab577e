using Strata.Kernels;
using Strata.Threading;

namespace Strata.Tests.Operations;

[Collection("Engine settings")]
public sealed class ShapingTests
{
    static readonly DType[] types = Enum.GetValues<DType>();

    [Fact]
    public void Transpose_reverses_the_axes() => Check.Operation("shaping: transpose/reversed", x => x.Transpose());

    [Fact]
    public void Transpose_takes_an_order() => Check.Operation("shaping: transpose/0312", x => x.Transpose(0, -1, 1, 2));

    [Fact]
    public void SwapAxes() => Check.Operation("shaping: transpose/swap", x => x.SwapAxes(1, -1));

    [Fact]
    public void MoveAxis() => Check.Operation("shaping: transpose/move", x => x.MoveAxis(0, 2));

    [Fact]
    public void BroadcastTo() => Check.Operation("shaping: broadcast", x => x.BroadcastTo([2, 3, 4]));

    [Fact]
    public void Concatenate() => Check.Operation("shaping: concatenate", x => [Tensor.Concatenate(x, 1)]);

    [Fact]
    public void Concatenate_along_the_last_axis() => Check.Operation("shaping: concatenate/last", x => [Tensor.Concatenate(x, -1)]);

    [Fact]
    public void Stack_at_the_end() => Check.Operation("shaping: stack", (a, b) => Tensor.Stack([a, b], -1));

    [Fact]
    public void Split_into_sizes() => Check.Operation("shaping: split", x => x[0].Split([1, 3, 1], 1));

    [Fact]
    public void Split_into_equal_parts() => Check.Operation("shaping: split/equal", x => x[0].Split(2));

    [Fact]
    public void Unstack() => Check.Operation("shaping: unstack", x => x[0].Unstack(1));

    [Fact]
    public void Index_and_range() => Check.Operation("shaping: slice", x => x[1..3, 2]);

    [Fact]
    public void Index_from_the_end_after_the_rest() => Check.Operation("shaping: slice/from the end", x => x[AxisIndex.Rest, ^1]);

    [Fact]
    public void Index_with_a_new_axis() => Check.Operation("shaping: slice/new axis", x => x[.., Tensor.NewAxis, 1.., 0]);

    [Fact]
    public void Strided_slice() => Check.Operation("shaping: slice/strided", x => x[AxisIndex.Every(.., 2), AxisIndex.Every(1.., 3)]);

    [Fact]
    public void Slice_by_starts_sizes_and_strides() => Check.Operation("shaping: slice/strided", x => x.Slice([0, 1], [3, 3], [2, 3]));

    [Fact]
    public void Backward_slice() => Check.Operation("shaping: slice/backward", x => x[AxisIndex.Every(.., -2), 1..]);

    [Fact]
    public void WithSlice() => Check.Operation("shaping: with slice", (x, v) => x.WithSlice(v, 1..3, AxisIndex.Every(.., 2)));

    [Fact]
    public void WithSliceAdded() => Check.Operation("shaping: with slice added", (x, v) => x.WithSliceAdded(v, 1..3, AxisIndex.Every(.., 2)));

    [Fact]
    public void A_slice_of_any_type_and_direction_is_added_to()
    {
        foreach (var type in new[] { DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.UInt8 })
        {
            var x = Tensor.Arange(24).Cast(type).Reshape(2, 3, 4);
            var v = Tensor.From(1, 2, 3).Cast(type);
            var backward = AxisIndex.Every(.., -1);
            Check.Equal(x, x.WithSliceAdded(v * 0, 1, .., 0));
            Check.Equal(x.WithSlice(x[1, .., 2] + v.Flip(), 1, .., 2), x.WithSliceAdded(v, 1, backward, 2));
            Check.Equal(x.WithSlice(x[0, 1..] + v[1..2], 0, 1..), x.WithSliceAdded(v[1], 0, 1..));
        }

        Check.Equal(Tensor.Scalar(3), Tensor.Scalar(1).WithSliceAdded(Tensor.Scalar(2)));
        Check.Fails("WithSliceAdded: truth values cannot be added.", () => Tensor.From(true).WithSliceAdded(Tensor.From(true)));
    }

    [Fact]
    public void Pad() => Check.Operation("shaping: pad", x => x.Pad([(0, 1), (1, 2)]));

    [Fact]
    public void Pad_with_a_value() => Check.Operation("shaping: pad/value", x => x.Pad([(0, 1), (1, 2)], -1.5));

    [Fact]
    public void Pad_with_the_edge() => Check.Operation("shaping: pad/edge", x => x.Pad([(1, 3), (2, 1)], PadMode.Edge));

    [Fact]
    public void Pad_by_reflection() => Check.Operation("shaping: pad/reflect", x => x.Pad([(1, 0), (2, 1)], PadMode.Reflect));

    [Fact]
    public void Pad_around() => Check.Operation("shaping: pad/wrap", x => x.Pad([(1, 2), (2, 1)], PadMode.Wrap));

    [Fact]
    public void Pad_symmetrically() => Assert.Equal(
        [2f, 1, 1, 2, 3, 3, 2, 1],
        Tensor.From(1f, 2, 3).Pad([(2, 3)], PadMode.Symmetric).ToArray<float>());

    [Fact]
    public void Tile() => Check.Operation("shaping: tile", x => x.Tile(2, 3));

    [Fact]
    public void Repeat() => Check.Operation("shaping: repeat", x => x.Repeat(3, 1));

    [Fact]
    public void Flip() => Check.Operation("shaping: flip", x => x.Flip(0, -1));

    [Fact]
    public void Roll() => Check.Operation("shaping: roll", x => x.Roll(2, 1));

    [Fact]
    public void Roll_backward() => Check.Operation("shaping: roll/back", x => x.Roll(-1, 0));

    /// <summary>Shapes around tile and vector sizes, against the definition.</summary>
    [Theory]
    [InlineData(new[] { 33, 47 }, new[] { 1, 0 })]
    [InlineData(new[] { 16, 32 }, new[] { 1, 0 })]
    [InlineData(new[] { 2, 17, 19, 3 }, new[] { 0, 3, 1, 2 })]
    [InlineData(new[] { 2, 3, 17, 19 }, new[] { 0, 2, 3, 1 })]
    [InlineData(new[] { 5, 1, 7, 4 }, new[] { 2, 3, 1, 0 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { 1, 0, 2 })]
    [InlineData(new[] { 0, 4, 5 }, new[] { 2, 0, 1 })]
    [InlineData(new[] { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 }, new[] { 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10 })]
    [InlineData(new[] { 270, 290 }, new[] { 1, 0 })]
    public void Transpose_of_all_types_threads_and_widths(int[] sizes, int[] axes)
    {
        var (level, threads) = (Simd.Level, Workers.Threads);
        try
        {
            foreach (var type in types)
                foreach (var simd in new[] { SimdLevel.Portable, Simd.Widest })
                    foreach (var n in new[] { 1, 3 })
                    {
                        (Simd.Level, Workers.Threads) = (simd, n);
                        var x = Counting(Shape.Of(sizes), type);
                        var y = x.Transpose(axes);
                        Assert.Equal(axes.Select(a => sizes[a]), y.Shape);
                        Assert.True(TransposeByDefinition(x, axes).AsSpan().SequenceEqual(y.Cast(DType.Float64).AsSpan<double>()), $"{type} {simd} {n}");
                    }
        }
        finally
        {
            (Simd.Level, Workers.Threads) = (level, threads);
        }
    }

    [Fact]
    public void All_types_are_sliced_padded_broadcast_and_joined()
    {
        foreach (var type in types)
        {
            var x = Tensor.From([0, 1, 1, 0, 0, 1], [2, 3]).Cast(type);
            Check.Close(Tensor.From([1, 0, 1], [3]).Cast(type), Tensor.Stack([x[0, 1], x[1, 0], x[1, 2]]), 0, type.Name());
            Check.Close(Tensor.From([1, 1, 1, 0, 1], [5]).Cast(type), x[0].Pad([(1, 1)], 1).WithSlice(Tensor.Scalar(1, type), 1).WithSlice(x[1, 0], 3), 0, type.Name());
            Check.Close(x, Tensor.Concatenate(x.Split([1, 2], 1), 1), 0, type.Name());
            Check.Close(Tensor.From([0, 0, 1, 1], [2, 2]).Cast(type), x[0, ..2].Reshape(2, 1).BroadcastTo([2, 2]), 0, type.Name());
        }
    }

    [Fact]
    public void Empty_slices_have_no_elements()
    {
        var x = Tensor.Zeros([3, 4]);
        Assert.Equal([0, 4], x[1..1].Shape);
        Assert.Equal([3, 0], x.Flip()[.., 4..].Shape);
        Assert.Equal([2, 4], x[1..1].Pad([(1, 1), (0, 0)]).Shape);
        Assert.Equal([0, 8], x[..0].Tile(3, 2).Shape);
        Assert.Equal([0], Tensor.Zeros([0]).Roll(3, 0).Shape);
        Assert.Empty(Tensor.Zeros([2, 0]).Unstack(1));
    }

    [Fact]
    public void Types_promote_when_joined() => Assert.Equal(DType.Float32, Tensor.Concatenate([Tensor.From(1, 2), Tensor.From(0.5f)]).DType);

    [Fact]
    public void An_index_drops_its_axis_and_a_whole_slice_costs_nothing()
    {
        var x = Tensor.From([1f, 2, 3, 4], [2, 2]);
        Assert.Equal(4, x[1, 1].Item());
        Assert.Same(x, x[.., ..]);
        Assert.Equal([2f, 1], x[0, AxisIndex.Every(.., -1)].ToArray<float>());
    }

    [Fact]
    public void Wrong_indices_are_named()
    {
        var x = Tensor.Zeros([5, 3]);
        Check.Fails("Index: index 5 is outside axis 0 of [5, 3], which has 5 elements.", () => x[5]);
        Check.Fails("Index: index ^4 is outside axis 1 of [5, 3], which has 3 elements.", () => x[.., ^4]);
        Check.Fails("Index: range 2..9 is outside axis 0 of [5, 3], which has 5 elements.", () => x[2..9]);
        Check.Fails("Index: range 3..1 is outside axis 0 of [5, 3], which has 5 elements.", () => x[3..1]);
        Check.Fails("Index: -1 is negative; count from the end with ^1.", () => x[-1]);
        Check.Fails("Index: 3 indices were given for the 2 axes of [5, 3].", () => x[0, 0, 0]);
        Check.Fails("Index: AxisIndex.Rest stands 2 times; once is clear.", () => x[AxisIndex.Rest, AxisIndex.Rest]);
        Check.Fails("AxisIndex.Every: the step is 0; it must be positive or negative.", () => x[AxisIndex.Every(.., 0)]);
        Check.Fails("Slice: 3 elements from 1 on with stride 2 reach outside axis 0 of [5, 3], which has 5.", () => x.Slice([1], [3], [2]));
        Check.Fails("Slice: the stride of axis 0 is 0; strides are positive or negative.", () => x.Slice([1], [3], [0]));
        Check.Fails(
            "Slice: 3 starts, 3 sizes and 0 strides were given for the 2 axes of [5, 3]; starts and sizes come in pairs, one for each axis at most.",
            () => x.Slice([0, 0, 0], [1, 1, 1]));
        Check.Fails(
            "WithSlice: shapes [2] and [3] do not broadcast: axis −1 has sizes 2 and 3; they must be equal or one of them 1.",
            () => x.WithSlice(Tensor.Zeros([2]), 1));
        Check.Fails("WithSlice: the value [1, 3] does not broadcast to the slice [3].", () => x.WithSlice(Tensor.Zeros([1, 3]), 1));
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        var x = Tensor.Zeros([4, 3]);
        Check.Fails("Transpose: [0, 0] is not an order of the 2 axes of [4, 3].", () => x.Transpose(0, 0));
        Check.Fails("Transpose: [1] is not an order of the 2 axes of [4, 3].", () => x.Transpose(1));
        Check.Fails("Transpose: axis 2 does not exist in [4, 3]; axes are -2 … 1.", () => x.Transpose(0, 2));
        Check.Fails("Concatenate: [4, 3] and [2, 4] differ in more than axis 0.", () => Tensor.Concatenate([x, Tensor.Zeros([2, 4])]));
        Check.Fails("Concatenate: there is nothing to concatenate.", () => Tensor.Concatenate([]));
        Check.Fails("Stack: the shapes differ: [4, 3] and, at position 1, [3].", () => Tensor.Stack([x, x[0]]));
        Check.Fails("Stack: axis 3 does not exist for tensors of [4, 3]; axes are -3 … 2.", () => Tensor.Stack([x, x], 3));
        Check.Fails("Split: axis 1 of [4, 3] does not divide into 2 equal parts.", () => x.Split(2, 1));
        Check.Fails("Split: the sizes [1, 2] do not add up to axis 0 of [4, 3], which has 4.", () => x.Split([1, 2], 0));
        Check.Fails("Pad: 1 pairs of amounts were given for the 2 axes of [4, 3].", () => x.Pad([(1, 1)]));
        Check.Fails("Pad: the amounts (-1, 0) must be 0 or more; cut with a slice.", () => x.Pad([(-1, 0), (0, 0)]));
        Check.Fails("Pad: (0, 3) elements cannot be taken from axis 1 of [4, 3] in mode Reflect, which allows 2.", () => x.Pad([(0, 0), (0, 3)], PadMode.Reflect));
        Check.Fails("Tile: 1 counts were given for the 2 axes of [4, 3].", () => x.Tile(2));
        Check.Fails("Tile: an axis would have 4000000000 elements; it can have 2147483647.", () => x.Tile(1_000_000_000, 1));
        Check.Fails("Repeat: the count -1 must be 0 or more.", () => x.Repeat(-1, 0));
        Check.Fails("BroadcastTo: [4, 3] does not broadcast to [3].", () => x.BroadcastTo([3]));
    }

    static Tensor Counting(Shape shape, DType type) => type == DType.Bool
        ? Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(i => i % 3 == 0).ToArray(), shape)
        : Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(i => type == DType.UInt8 ? i % 251 : i).ToArray(), shape).Cast(type);

    static double[] TransposeByDefinition(Tensor x, int[] axes)
    {
        var source = x.Cast(DType.Float64).ToArray<double>();
        var target = new double[source.Length];
        var index = new int[axes.Length];
        for (var i = 0; i < target.Length; i++)
        {
            var rest = i;
            for (var a = axes.Length - 1; a >= 0; a--)
            {
                index[axes[a]] = rest % x.Shape[axes[a]];
                rest /= x.Shape[axes[a]];
            }

            var at = 0;
            for (var a = 0; a < axes.Length; a++) at = (at * x.Shape[a]) + index[a];
            target[i] = source[at];
        }

        return target;
    }
}
