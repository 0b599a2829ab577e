using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Tests;

public sealed class LeNet5Tests
{
    [Theory]
    [InlineData(2, 61_706)]
    [InlineData(0, 44_426)]
    public void The_slide_version_has_its_number_of_weights(int pad, int expected)
    {
        var model = LeNet5.Create(1, pad);
        model.BuildFor([28, 28, 1]);
        Assert.Equal(expected, model.ParameterCount);
    }

    [Fact]
    public void The_shapes_are_28_14_10_5_and_one()
    {
        var model = LeNet5.Create(1);
        model.BuildFor([28, 28, 1]);
        Shape[] expected = [[32, 32, 1], [28, 28, 6], [14, 14, 6], [10, 10, 16], [5, 5, 16], [400], [120], [84], [10]];
        Assert.Equal(expected, model.Layers.Select(l => l.OutputShape!.Value));
    }

    [Fact]
    public void The_network_of_1998_has_60000_trainable_weights_layer_by_layer()
    {
        var model = LeNet5Original.Create(1);
        model.BuildFor([28, 28, 1]);
        Assert.Equal(
            [156, 12, 1_516, 32, 48_120, 10_164],
            model.Layers.Select(l => l.TrainableWeights.Sum(w => w.Shape.Size)).Where(n => n > 0));
        Assert.Equal(60_000, model.TrainableWeights.Sum(w => w.Shape.Size));
    }

    [Fact]
    public void The_table_connects_the_maps_as_Table_I_does()
    {
        Assert.Equal(60, ConnectionTable.C3.Count);
        Assert.Equal([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6], ConnectionTable.C3.Sources.Select(s => s.Count));
        foreach (var input in Enumerable.Range(0, 6)) Assert.Equal(10, ConnectionTable.C3.Sources.Count(s => s.Contains(input)));
    }

    [Fact]
    public void A_map_of_C3_does_not_see_maps_that_the_table_leaves_out()
    {
        var layer = new TableConvolution(ConnectionTable.C3, 5, Activation.Linear);
        var zero = Tensor.Zeros([1, 5, 5, 6]);
        var before = layer.Apply(zero).ToArray<float>();
        var changed = zero.WithSlice(Tensor.Ones([1, 5, 5, 1]), .., .., .., 5..6); // map 5 of the six
        var after = layer.Apply(changed).ToArray<float>();
        for (var map = 0; map < 16; map++)
            Assert.Equal(ConnectionTable.C3.Sources[map].Contains(5), before[map] != after[map]);
    }

    [Fact]
    public void The_distance_of_a_code_to_itself_is_zero_and_to_others_is_not()
    {
        var distances = new RbfOutput().Apply(RbfOutput.Codes());
        for (var i = 0; i < 10; i++)
            for (var j = 0; j < 10; j++)
                if (i == j) Assert.Equal(0, distances[i, j].Item());
                else Assert.True(distances[i, j].Item() <= -4 * 5, $"codes {i} and {j} differ in fewer than five pixels");
    }

    [Fact]
    public void The_criterion_is_equation_9()
    {
        // y = (1, 3), D = 0, j = 1: 1 + ln(e^−1 + e^−1 + e^−3)
        var loss = new MaximumAPosteriori(1).PerExample(Tensor.From([0]), Tensor.From(new float[,] { { -1, -3 } }));
        Assert.Equal(1 + Math.Log((2 * Math.Exp(-1)) + Math.Exp(-3)), loss.Item(), 6);
    }
}
