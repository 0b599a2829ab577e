using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn.Tests.Models;

/// <summary>Whole models in one file, and weights by name and by order (catalogue, B11).</summary>
public sealed class SavingTests : IDisposable
{
    readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    readonly Tensor x = new RandomStream(1).Normal([32, 4]);
    readonly Tensor y = new RandomStream(2).Integers([32], 0, 3);

    public void Dispose() => File.Delete(path);

    static Model Classifier(Optimizer optimizer, params Metric[] metrics)
    {
        var input = new Input([4]);
        var hidden = input.Then(new Dense(8, Activation.Relu) { KernelRegularizer = Regularizer.L2() }, new BatchNormalization(), new Dropout(.5));
        var model = new Model(input, hidden.Then(new Dense(3, Activation.Softmax))) { Seed = 1 };
        model.Compile(optimizer, Loss.SparseCategoricalCrossentropy, metrics);
        return model;
    }

    public static TheoryData<string> Optimizers => ["sgd", "rmsprop", "adagrad", "adadelta", "adam", "adamax", "nadam", "momentum", "amsgrad", "scheduled"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_goes_on_to_the_bit_after_saving_and_loading(string name)
    {
        Optimizer optimizer = name switch
        {
            "momentum" => new SGD(.1, momentum: .9, nesterov: true) { ClipNorm = .5, Decay = .01 },
            "amsgrad" => new Adam(amsgrad: true) { ClipValue = .1 },
            "scheduled" => new RMSProp(new CosineDecay(.01, 5), momentum: .5, centered: true) { WeightDecay = .01 },
            _ => name,
        };
        var model = Classifier(optimizer, Metric.Accuracy, Metric.SparseTopKCategoricalAccuracy(2));
        for (var i = 0; i < 3; i++) model.TrainOnBatch(x, y);
        model.Save(path);
        var loaded = Model.Load(path);
        Check.SameWeights(model, loaded);
        for (var i = 0; i < 3; i++) Assert.Equal(model.TrainOnBatch(x, y).ToString(), loaded.TrainOnBatch(x, y).ToString());
        Check.SameWeights(model, loaded);
        Assert.Equal(model.Summary(), loaded.Summary());
    }

    [Fact]
    public void A_sequential_model_whose_shape_came_from_data_is_saved_with_it()
    {
        var model = new Sequential(new Dense(5, Activation.Tanh), new Dense(2)) { Seed = 1, Name = "tower" };
        var predicted = model.Predict(x);
        model.Save(path);
        var loaded = Model.Load(path);
        Assert.Equal("tower", loaded.Name);
        Assert.Equal(predicted.ToArray<float>(), loaded.Predict(x).ToArray<float>());
        Check.Fails("Model: 'tower' is not compiled; call Compile(optimizer, loss) first.", () => loaded.Evaluate(x, y));
    }

    [Fact]
    public void A_layer_that_nested_models_share_is_shared_again()
    {
        var encoder = new Dense(3, Activation.Tanh) { Name = "encoder" };
        var (p, q) = (new Input([4]), new Input([4]));
        var (a, b) = (new Model(p, p.Then(encoder, new Dense(2))) { Name = "a" }, new Model(q, q.Then(encoder, new Dense(2))) { Name = "b" });
        var input = new Input([4]);
        var model = new Model(input, Add.Of(a.Apply(input), b.Apply(input), input.Then(encoder, new Dense(2)))) { Seed = 1 };
        model.Save(path);
        var loaded = Model.Load(path);
        Assert.Equal((4 * 3) + 3 + (3 * ((3 * 2) + 2)), model.ParameterCount);
        Assert.Equal(model.ParameterCount, loaded.ParameterCount);
        Assert.Equal(model.Predict(x).ToArray<float>(), loaded.Predict(x).ToArray<float>());
    }

    [Fact]
    public void A_clone_has_the_same_layers_and_fresh_weights()
    {
        var model = Classifier(new SGD());
        model.Summary();
        var clone = model.Clone(seed: 7);
        Assert.Equal(model.ToJson(), clone.ToJson());
        Assert.NotEqual(model.GetWeights()[0].ToArray<float>(), clone.GetWeights()[0].ToArray<float>());
        clone.SetWeights(model.GetWeights());
        Assert.Equal(model.Predict(x).ToArray<float>(), clone.Predict(x).ToArray<float>());
    }

    [Fact]
    public void A_layer_of_ones_own_is_registered_once_and_then_trains_saves_and_loads()
    {
        CustomObjects.Register("Scale", c => new Scale(c.Double("factor")));
        CustomObjects.Register("cube", () => Activation.Of("cube", v => v * v * v));
        var model = new Sequential(new Scale(2), Activation.Of("cube", v => v * v * v), new Dense(1)) { Seed = 1 };
        model.Compile(new Adam(), Loss.MeanSquaredError);
        model.TrainOnBatch(x, y);
        model.Save(path);
        var loaded = Model.Load(path);
        Assert.Equal(model.Predict(x).ToArray<float>(), loaded.Predict(x).ToArray<float>());
        Assert.Equal(model.TrainOnBatch(x, y).Loss, loaded.TrainOnBatch(x, y).Loss);
    }

    [Fact]
    public void What_has_no_description_is_named()
    {
        Check.Fails(
            "Config: Lambda cannot be written, because nothing is known that makes it again: CustomObjects.Register(\"Lambda\", config => new Lambda(…)).",
            () => new Sequential(new Lambda(v => v)).ToJson());
        Check.Fails(
            "Config: no Activation is named 'odd'; register it: CustomObjects.Register<Activation>(\"odd\", () => …).", () => new Sequential(new Dense(1, Activation.Of("odd", v => v))).ToJson());
        Check.Fails(
            "Model: 'mine' is a Mine, whose code is its description; save its weights with SaveWeights, or register it with CustomObjects.", () => new Mine { Name = "mine" }.ToJson());
        Check.Fails("Config: 'units' of Dense must be an integer, but is \"many\".", () => Layer.FromConfig("Dense", new JsonObject { ["units"] = "many" }));
        Check.Fails("Config: 'units' of Dense must be an integer, but is missing.", () => Layer.FromConfig("Dense", []));
        Check.Fails("Config: nothing is known that makes a Dance; register it: CustomObjects.Register(\"Dance\", config => new Dance(…)).", () => Layer.FromConfig("Dance", []));
        Assert.StartsWith("Config: the text is no JSON: ", Assert.Throws<ConfigException>(() => Model.FromJson("{")).Message, StringComparison.Ordinal);
        Check.Fails("Config: Dense is no Model.", () => Model.FromJson(new JsonObject { ["class_name"] = "Dense", ["config"] = new Dense(1).GetConfig() }.ToJsonString()));
    }

    [Fact]
    public void A_description_that_is_damaged_is_one_sentence()
    {
        var model = Classifier(new Adam(), Metric.Accuracy);
        var json = model.ToJson();
        var random = new RandomStream(3);
        const string Characters = "{}[]\",:0123456789.-eabcdefghijklmnopqrstuvwxyz_ ";
        var failures = 0;
        for (var round = 0; round < 400; round++)
        {
            var text = new System.Text.StringBuilder(json);
            for (var changes = 1 + random.NextInt(3); changes > 0; changes--)
            {
                var at = random.NextInt(text.Length);
                switch (random.NextInt(3))
                {
                    case 0: text[at] = Characters[random.NextInt(Characters.Length)]; break;
                    case 1: text.Remove(at, Math.Min(text.Length - at, 1 + random.NextInt(20))); break;
                    default: text.Insert(at, text.ToString(at, Math.Min(text.Length - at, random.NextInt(30)))); break;
                }
            }

            try
            {
                Model.FromJson(text.ToString());
            }
            catch (StrataException e)
            {
                Assert.False(string.IsNullOrWhiteSpace(e.Message));
                failures++;
            }
        }

        Assert.InRange(failures, 200, 400);
    }

    [Fact]
    public void Weights_alone_are_no_model()
    {
        var model = Classifier(new SGD());
        model.SaveWeights(path);
        Check.Fails($"Checkpoint: '{path}' holds weights but no model; make the model and call LoadWeights.", () => Model.Load(path));
    }

    [Fact]
    public void Weights_are_loaded_by_name_into_a_model_with_another_head()
    {
        var source = new Sequential(new Input([4]), new Dense(5) { Name = "trunk" }, new Dense(3) { Name = "head" }) { Seed = 1 };
        source.SaveWeights(path);
        var target = new Sequential(new Input([4]), new Dense(5) { Name = "trunk" }, new Dense(7) { Name = "head" }, new Dense(1) { Name = "top" }) { Seed = 2 };
        _ = target.Weights;
        Check.Fails("Checkpoint: the weight 'head/kernel' is float32 [5, 3], but the model's 'head/kernel' is float32 [5, 7].", () => target.LoadWeights(path, WeightMatching.ByName));
        var report = target.LoadWeights(path, WeightMatching.ByName, skipMismatch: true);
        Assert.Equal(["trunk/kernel", "trunk/bias"], report.Loaded);
        Assert.Equal(["head/kernel", "head/bias"], report.Mismatched);
        Assert.Equal(["top/kernel", "top/bias"], report.Missing);
        Assert.Empty(report.LeftOver);
        Assert.Equal(source.Weights[0].Borrow().ToArray<float>(), target.Weights[0].Borrow().ToArray<float>());
        var stranger = new Sequential(new Input([4]), new Dense(5) { Name = "other" });
        Check.Fails(
            $"Checkpoint: nothing in '{path}' fits '{stranger.Name}': it has 'trunk/kernel', 'trunk/bias', 'head/kernel', 'head/bias', the model 'other/kernel', 'other/bias'.",
            () => stranger.LoadWeights(path, WeightMatching.ByName));
    }

    [Fact]
    public void One_error_tells_all_names_that_do_not_match_and_nothing_is_loaded()
    {
        new Sequential(new Input([4]), new Dense(5) { Name = "trunk" }, new Dense(3) { Name = "head" }) { Seed = 1 }.SaveWeights(path);
        var target = new Sequential(new Input([4]), new Dense(5) { Name = "trunk" }, new Dense(7) { Name = "top" }, new Dense(1) { Name = "judge" }) { Seed = 2 };
        var before = target.GetWeights();
        Check.Fails(
            "Checkpoint: it is of another model: 4 weights of the model are missing ('top/kernel', 'top/bias', 'judge/kernel', 'judge/bias'); "
            + "2 weights of the file have no place in the model ('head/bias', 'head/kernel').",
            () => target.LoadWeights(path));
        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i].ToArray<float>(), target.Weights[i].Borrow().ToArray<float>());

        // Long lists are cut.
        var deep = new Sequential([new Input([2]), .. Enumerable.Range(0, 30).Select(i => new Dense(2) { Name = $"d{i}" })]);
        var message = Assert.Throws<CheckpointException>(() => deep.LoadWeights(path)).Message;
        Assert.Contains("60 weights of the model are missing ('d0/kernel', ", message, StringComparison.Ordinal);
        Assert.Contains("'d9/bias' and 40 more); 4 weights of the file have no place in the model (", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WeightMatching.Exact)]
    [InlineData(WeightMatching.ByName)]
    [InlineData(WeightMatching.ByOrder)]
    public void A_load_that_matches_nothing_is_an_error_in_every_mode(WeightMatching matching)
    {
        new Sequential(new Input([4]), new Dense(5) { Name = "a" }) { Seed = 1 }.SaveWeights(path);
        var stranger = new Sequential(new Input([3]), new Dense(2) { Name = "b" }) { Seed = 2 };
        Assert.Throws<CheckpointException>(() => stranger.LoadWeights(path, matching));
        if (matching != WeightMatching.Exact) Assert.Throws<CheckpointException>(() => stranger.LoadWeights(path, matching, skipMismatch: true));
    }

    [Fact]
    public void Weights_are_loaded_by_order_into_a_model_with_other_names()
    {
        // Twelve layers: in the order of names dense_10 would come before dense_2.
        var source = new Sequential([new Input([2]), .. Enumerable.Range(0, 12).Select(_ => new Dense(2))]) { Seed = 1 };
        source.SaveWeights(path);
        var target = new Sequential([new Input([2]), .. Enumerable.Range(0, 12).Select(i => new Dense(2) { Name = $"layer{i}" })]) { Seed = 2 };
        Assert.Equal(24, target.LoadWeights(path, WeightMatching.ByOrder).Loaded.Count);
        Check.SameWeights(source, target);
        Check.Fails($"Checkpoint: '{path}' has 24 weights, but the model has 2.", () => new Sequential(new Input([2]), new Dense(2)).LoadWeights(path, WeightMatching.ByOrder));
    }

    sealed class Mine : Model;

    sealed class Scale(double factor) : Layer
    {
        Variable offset = null!;

        protected override void Build(Shape x) => offset = Weight("offset", [x[^1]], Initializer.Ones);

        protected override Tensor Call(Tensor x, CallContext context) => (x * factor) + offset;

        protected override void Write(JsonObject config) => config["factor"] = factor;
    }
}
