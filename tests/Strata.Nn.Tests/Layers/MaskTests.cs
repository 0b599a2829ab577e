namespace Strata.Nn.Tests.Layers;

public sealed class MaskTests
{
    static readonly Tensor words = Tensor.From(new[,] { { 1, 2, 0 }, { 3, 0, 0 } });

    [Fact]
    public void Masking_leaves_out_steps_whose_features_all_have_the_value()
    {
        var x = Tensor.From(new float[,,] { { { 1, 2 }, { -1, -1 }, { -1, 3 } } });
        var context = new CallContext();
        var y = new Masking(-1).Apply(x, context);
        Check.Close([1, 2, 0, 0, -1, 3], y);
        Assert.Equal([true, false, true], context.MaskOf(y)!.ToArray<bool>());
        Assert.Equal(Shape.Of(1, 3), context.MaskOf(y)!.Shape);
    }

    [Fact]
    public void An_embedding_masks_zeros_and_the_mask_goes_through_layers_that_work_step_by_step()
    {
        var context = new CallContext(training: true);
        var x = new Embedding(5, 2, maskZero: true).Apply(words, context);
        foreach (var layer in (Layer[])[new Dense(3, Activation.Relu), new Dropout(.5), Activation.Tanh, new BatchNormalization(), new Sequential(new Dense(2))])
            x = layer.Apply(x, context);
        Assert.Equal([true, true, false, true, false, false], context.MaskOf(x)!.ToArray<bool>());
        var stopped = new Lambda(v => v).Apply(x, context);
        Assert.Null(context.MaskOf(stopped));
        Assert.NotNull(context.MaskOf(x));
    }

    [Fact]
    public void A_layer_that_would_count_padding_refuses_a_mask() => Check.Fails(
        "Layer 'flatten' (Flatten): it does not take masks into account, but its input has one ([2, 3]); without Masking, maskZero or a layer before it that ends the mask it would fit.",
        () =>
        {
            var context = new CallContext();
            return new Flatten().Apply(new Embedding(5, 2, maskZero: true).Apply(words, context), context);
        });

    [Fact]
    public void Loss_and_metrics_leave_padding_out()
    {
        var model = new Sequential(new Embedding(5, 1, maskZero: true)) { Seed = 1 };
        model.BuildFor([3], DType.Int32);
        model.SetWeights([Tensor.From([0f, 1, 2, 3, 4], [5, 1])]);
        model.Compile(new SGD(), Loss.MeanSquaredError, Loss.MeanAbsoluteError);
        // Targets 0: squares 1, 4 and 9, absolute values 1, 2 and 3 over the three words; 14/3 and 2.
        var logs = model.TestOnBatch(words, Tensor.Full([2, 3, 1], 0));
        Check.Close(14 / 3.0, logs.Loss);
        Check.Close(2, logs["mean_absolute_error"]);
    }

    [Fact]
    public void Where_all_is_padding_the_loss_is_0()
    {
        var model = new Sequential(new Embedding(5, 1, maskZero: true)) { Seed = 1 };
        model.Compile(new SGD(), Loss.MeanSquaredError);
        Assert.Equal(0, model.TestOnBatch(Tensor.Zeros([2, 3], DType.Int32), Tensor.Ones([2, 3, 1])).Loss);
    }
}
