namespace Strata.Nn.Tests.Models;

public sealed class SequentialTests
{
    [Fact]
    public void Layers_are_added_removed_and_found()
    {
        var model = new Sequential();
        model.Add(new Dense(3));
        model.Add(new Dense(2) { Name = "head" });
        model.Add(new Dense(9));
        model.Pop();
        Assert.Equal(["dense_1", "head"], model.Layers.Select(l => l.Name));
        Assert.Same(model.Layers[1], model.GetLayer("head"));
        Check.Fails("Model: 'sequential' has no layer 'tail'; it has 'dense_1', 'head'.", () => model.GetLayer("tail"));
        model.BuildFor([4]);
        Check.Fails("Sequential: 'sequential' is built; layers can be added only before that.", () => { model.Add(new Dense(1)); return null; });
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        static Sequential Make(long seed)
        {
            var model = new Sequential(new Dense(3), new Dropout(.5), new Dense(2)) { Seed = seed };
            model.BuildFor([4]);
            return model;
        }

        Check.SameWeights(Make(1), Make(1));
        Assert.NotEqual(Make(1).GetWeights()[0].ToArray<float>(), Make(2).GetWeights()[0].ToArray<float>());
        RandomSeed.Set(5);
        var (a, b) = (new Sequential(new Dense(3)), new Sequential(new Dense(3)));
        a.BuildFor([3]);
        b.BuildFor([3]);
        Assert.NotEqual(a.GetWeights()[0].ToArray<float>(), b.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void Weights_are_set_all_or_none()
    {
        var model = new Sequential(new Input([2]), new Dense(1), new BatchNormalization(), new Dense(1)) { Seed = 1 };
        model.Summary();
        // Learned weights first, layer by layer; moving statistics last.
        Assert.Equal(
            ["kernel", "bias", "gamma", "beta", "kernel", "bias", "moving_mean", "moving_variance"], model.Weights.Select(w => w.Name.Split('/')[1]));
        var before = model.GetWeights();
        Tensor[] wrong = [.. model.GetWeights().Select(w => w + 1)];
        wrong[^1] = Tensor.Zeros([7]);
        Check.Fails("SetWeights: value 7 is float32 [7], but the weight 'batch_normalization_1/moving_variance' is float32 [1].", () => { model.SetWeights(wrong); return null; });
        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i].ToArray<float>(), model.Weights[i].Borrow().ToArray<float>());
        model.SetWeights([.. before.Select(w => w + 1)]);
        Assert.Equal(before[0].ToArray<float>()[0] + 1, model.Weights[0].Borrow().ToArray<float>()[0]);
    }

    [Fact]
    public void A_model_without_weights_gives_no_empty_list_to_train() => Check.Fails(
        "Model: 'm' has no weights yet, because the shape of its input is not known; call BuildFor, begin it with an Input layer, or call it on data.",
        () => new Sequential(new Dense(1)) { Name = "m" }.TrainableWeights);

    [Fact]
    public void A_model_that_is_not_compiled_cannot_be_trained() => Check.Fails(
        "Model: 'm' is not compiled; call Compile(optimizer, loss) first.",
        () => new Sequential(new Dense(1)) { Name = "m" }.Fit(Tensor.Zeros([1, 1]), Tensor.Zeros([1, 1]), verbose: false));

    [Fact]
    public void Prediction_is_batch_by_batch_in_order()
    {
        var model = new Sequential(new Dense(2), new Dropout(.5)) { Seed = 1 };
        var x = Tensor.From(Enumerable.Range(0, 21).Select(i => (float)i).ToArray(), [7, 3]);
        Check.Close(model.Apply(x).Cast(DType.Float64).ToArray<double>(), model.Predict(x, batchSize: 3));
        Check.Close(model.Apply(x).Cast(DType.Float64).ToArray<double>(), model.Predict(new TensorBatches([x], [], batchSize: 4)));
        Assert.Equal(Shape.Of(0, 2), model.Predict(x[..0]).Shape);
        Check.Close(model.Apply(x[..2]).Cast(DType.Float64).ToArray<double>(), model.PredictOnBatch(x[..2]));
    }
}
