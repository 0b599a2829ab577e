using Strata.Random;

namespace Strata.Nn.Tests.Understanding;

public sealed class OcclusionSensitivityTests
{
    static Sequential Linear(Shape image)
    {
        var model = new Sequential(new Flatten(), new Dense(3)) { Seed = 1 };
        model.BuildFor(image);
        return model;
    }

    [Fact]
    public void A_patch_of_32_in_steps_of_2_has_97_positions_along_224_pixels()
    {
        var model = new Sequential(new GlobalAveragePooling2D());
        model.BuildFor([224, 224, 1]);
        var (map, _) = new OcclusionSensitivity(model, 32, 2, batchSize: 97).Of(Tensor.Ones([224, 224, 1]));
        Assert.Equal(Shape.Of(97, 97), map.Shape);
        Assert.Equal(9_409, map.Size);
        Check.Close(0.5 * 32 * 32 / (224 * 224), map.Mean().Item(), 1e-4);
    }

    [Fact]
    public void A_patch_equal_to_the_pixels_changes_nothing()
    {
        var image = new RandomStream(1).Uniform([6, 7, 2]);
        var (map, _) = new OcclusionSensitivity(Linear([6, 7, 2]), (2, 3), 1, image).Of(image, 1);
        Assert.All(map.ToArray<float>(), v => Assert.Equal(0, v, 1e-6f));
    }

    // f = ⟨w, x⟩ + b: s is the sum of w·(x − fill) under the patch.
    [Fact]
    public void Of_a_linear_model_it_is_a_box_filter()
    {
        var (model, image) = (Linear([6, 7, 2]), new RandomStream(2).Uniform([6, 7, 2]));
        var (map, output) = new OcclusionSensitivity(model, (2, 3), (2, 1), Tensor.From(.25f, .75f)).Of(image, 2);
        var w = model.Weights[0].Value[.., 2].Reshape(6, 7, 2);
        var inner = (w * (image - Tensor.From(.25f, .75f))).Sum(-1);
        Assert.Equal((Shape.Of(3, 5), 2), (map.Shape, output));
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 5; j++) Assert.Equal(inner[(2 * i)..((2 * i) + 2), j..(j + 3)].Sum().Item(), map[i, j].Item(), 1e-5);
    }

    [Fact]
    public void Batches_make_no_difference_and_the_largest_output_is_taken()
    {
        var (model, image) = (FeatureExtractorTests.Built(), FeatureExtractorTests.Pictures()[0]);
        var (one, k) = new OcclusionSensitivity(model, 3, batchSize: 1).Of(image);
        var (many, _) = new OcclusionSensitivity(model, 3, batchSize: 5).Of(image);
        Assert.Equal(k, (int)model.Predict(image.Reshape(1, 8, 8, 2)).ArgMax().Item());
        for (var i = 0; i < 36; i++) Assert.Equal(one.ToArray<float>()[i], many.ToArray<float>()[i], 1e-6f);
    }

    [Fact]
    public void Spreading_averages_over_the_patches_that_cover_a_pixel()
    {
        var occlusion = new OcclusionSensitivity(Linear([4, 4, 1]), 2, 2);
        var spread = occlusion.Spread(Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }), 4, 5).ToArray<float>();
        Assert.Equal([1, 1, 2, 2, 0, 1, 1, 2, 2, 0, 3, 3, 4, 4, 0, 3, 3, 4, 4, 0], spread);
        var overlapping = new OcclusionSensitivity(Linear([1, 3, 1]), (1, 2)).Spread(Tensor.From(new float[,] { { 1, 3 } }), 1, 3);
        Assert.Equal([1, 2, 3], overlapping.ToArray<float>());
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var occlusion = new OcclusionSensitivity(Linear([4, 4, 1]), 5);
        Check.Fails("OcclusionSensitivity: the patch of 5 × 5 is larger than the picture of 4 × 4.", () => occlusion.Of(Tensor.Zeros([4, 4, 1])));
        Check.Fails("OcclusionSensitivity: a picture is [height, width, channels], but this is [4, 4].", () => occlusion.Of(Tensor.Zeros([4, 4])));
    }
}
