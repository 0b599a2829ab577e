using Strata.Random;

namespace Strata.Nn.Tests.Understanding;

public sealed class ClassActivationMapTests
{
    // Equations 1 and 2 with the dense layer's weights.
    [Fact]
    public void The_map_is_the_feature_maps_weighted_by_the_class_s_weights()
    {
        var (model, x) = (FeatureExtractorTests.Built(), FeatureExtractorTests.Pictures());
        var cam = new ClassActivationMap(model);
        Assert.Equal("inner", cam.Layer);
        var (maps, _) = cam.Of(x, [4, 0, 2]);
        var f = new FeatureExtractor(model, "inner").Predict(x);
        var w = model.GetLayer("classes").Weights[0].Value;
        for (var i = 0; i < 3; i++) Check.Close((f[i] * w[.., new[] { 4, 0, 2 }[i]]).Sum(-1).Cast(DType.Float64).ToArray<double>(), maps[i], 1e-5);
    }

    [Fact]
    public void A_class_s_score_is_its_bias_plus_the_mean_of_its_map()
    {
        var (model, x) = (FeatureExtractorTests.Built(), FeatureExtractorTests.Pictures());
        var dense = model.GetLayer("classes");
        dense.Weights[1].Assign(Tensor.From(.5f, -1, 2, 0, 3));
        for (var c = 0; c < 5; c++)
        {
            var (maps, scores) = new ClassActivationMap(model).Of(x, [c, c, c]);
            for (var i = 0; i < 3; i++) Assert.Equal(scores[i, c].Item(), dense.Weights[1].Value[c].Item() + maps[i].Mean().Item(), 1e-5);
        }

        var (_, all) = new ClassActivationMap(model).Of(x);
        Check.Close(model.Predict(x).Cast(DType.Float64).ToArray<double>(), all.Softmax(), 1e-5);
    }

    [Fact]
    public void Shifting_the_map_in_a_circle_leaves_the_score()
    {
        var head = new Sequential(new GlobalAveragePooling2D(), new Dense(3)) { Seed = 1 };
        var f = new RandomStream(1).Normal([1, 4, 5, 6]);
        Check.Close(head.Apply(f).Cast(DType.Float64).ToArray<double>(), head.Apply(f.Roll(2, 1).Roll(3, 2)), 1e-5);
    }

    [Fact]
    public void Enlarging_keeps_the_cell_of_the_maximum()
    {
        var (maps, _) = new ClassActivationMap(FeatureExtractorTests.Built(), "pool").Of(FeatureExtractorTests.Pictures(), [1, 2, 3]);
        var large = maps.Reshape(3, 4, 4, 1).Resize(32, 32).Reshape(3, 32, 32);
        for (var i = 0; i < 3; i++)
        {
            var (small, big) = ((int)maps[i].ArgMax().Item(), (int)large[i].ArgMax().Item());
            Assert.Equal((small / 4, small % 4), (big / 32 / 8, big % 32 / 8));
        }
    }

    // Global pooling inside the model's own function, no pooling layer to be found: the weights come out all the same.
    [Fact]
    public void A_model_of_one_s_own_needs_no_layer_for_its_pooling()
    {
        var model = new OwnModel();
        model.BuildFor([8, 8, 2]);
        var x = FeatureExtractorTests.Pictures();
        var (maps, scores) = new ClassActivationMap(model).OfSize(x, [1, 0, 1]);
        Assert.Equal((Shape.Of(3, 8, 8), Shape.Of(3, 2)), (maps.Shape, scores.Shape));
        Assert.True(maps.Abs().Max().Item() > 0);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var cam = new ClassActivationMap(FeatureExtractorTests.Built());
        Check.Fails("ClassActivationMap: classes (0, 9, 1) were named for 3 pictures; 3 of 0 … 4 are needed.", () => cam.Of(FeatureExtractorTests.Pictures(), [0, 9, 1]));
        Check.Fails("ClassActivationMap: 'sequential' has no layer 'gap' that gives feature maps [height, width, channels]; such are 'first', 'pool', 'inner/second', 'inner/relu', 'inner'.",
            () => new ClassActivationMap(FeatureExtractorTests.Built(), "gap"));
        var dense = new Sequential(new Dense(2)) { Seed = 1 };
        dense.BuildFor([3]);
        Check.Fails("ClassActivationMap: no layer of 'sequential' gives feature maps [height, width, channels] of more than one pixel.", () => new ClassActivationMap(dense));
    }

    sealed class OwnModel : Model
    {
        readonly Conv2D conv;
        readonly Dense head;

        public OwnModel()
        {
            conv = Track(new Conv2D(3, 3));
            head = Track(new Dense(2));
        }

        protected override Tensor Call(Tensor x, CallContext context) => head.Apply(conv.Apply(x, context).GlobalAveragePool(), context);
    }
}
