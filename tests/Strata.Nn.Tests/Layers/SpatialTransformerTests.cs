using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn.Tests.Layers;

public class SpatialTransformerTests
{
    readonly RandomStream random = new(7);

    [Theory]
    [InlineData(SpatialTransform.Affine, 6)]
    [InlineData(SpatialTransform.Attention, 3)]
    [InlineData(SpatialTransform.Projective, 8)]
    [InlineData(SpatialTransform.ThinPlateSpline, 32)]
    public void Each_kind_of_map_begins_as_the_identity_and_learns_all_its_parameters(SpatialTransform transform, int parameters)
    {
        var x = random.Normal([2, 7, 6, 3]);
        var layer = new SpatialTransformer(new Sequential(new Flatten(), new Dense(4, Activation.Tanh)), transform: transform);
        Check.Close(x.Cast(DType.Float64).ToArray<double>(), layer.Apply(x), 2e-5);
        Assert.Equal(Shape.Of(2, parameters), layer.Parameters(x, new CallContext()).Shape);
        var dy = random.Normal([2, 7, 6, 3]);
        var gradients = Gradient.Of(() => (layer.Apply(x) * dy).Sum(), layer.TrainableWeights);
        Assert.All(gradients[^1].ToArray<float>(), g => Assert.NotEqual(0, g));
    }

    [Theory]
    [InlineData(SpatialTransform.Projective)]
    [InlineData(SpatialTransform.ThinPlateSpline)]
    public void Each_kind_of_map_is_made_again_from_its_config(SpatialTransform transform)
    {
        var x = random.Normal([2, 5, 4, 2]);
        var layer = new SpatialTransformer(new Sequential(new Flatten(), new Dense(3)), (2, 3), transform);
        var y = layer.Apply(x);
        var again = Layer.FromConfig(nameof(SpatialTransformer), JsonNode.Parse(layer.GetConfig().ToJsonString())!.AsObject());
        Assert.Equal(Shape.Of(2, 2, 3, 2), again.Apply(x).Shape);
        again.SetWeights(layer.GetWeights());
        Assert.Equal(y.ToArray<float>(), again.Apply(x).ToArray<float>());
    }

    [Fact]
    public void A_projective_map_with_an_affine_matrix_is_the_affine_map()
    {
        var rows = random.Normal([3, 2, 3]);
        var last = Tensor.From([0f, 0, 1], [1, 1, 3]).Tile(3, 1, 1);
        Check.Close(AffineGrid.Of(rows, 4, 5).Cast(DType.Float64).ToArray<double>(), ProjectiveGrid.Of(Tensor.Concatenate([rows, last], 1), 4, 5));
    }

    [Fact]
    public void A_projective_map_divides_by_the_distance_and_sees_nothing_behind_the_horizon()
    {
        var theta = Tensor.From([1.0, 0, 0, 0, 1, 0, .5, 0, 1], [1, 3, 3]); // w = 1 + x/2
        Check.Close([-2, -2, 0, -1, 2 / 3.0, -2 / 3.0, -2, 2, 0, 1, 2 / 3.0, 2 / 3.0], ProjectiveGrid.Of(theta, 2, 3));
        var behind = Tensor.From([1f, 0, 0, 0, 1, 0, 2, 0, 1], [1, 3, 3]); // w = -1, 1, 3
        var y = Tensor.Ones([1, 3, 3, 1]).BilinearSample(ProjectiveGrid.Of(behind, 3, 3), alignCorners: true).ToArray<float>();
        Assert.Equal([0, 1, 1], y[3..6]);
    }

    [Fact]
    public void A_spline_takes_its_points_to_their_places()
    {
        var places = random.Normal([2, 16, 2], dtype: DType.Float64);
        Check.Close(places.ToArray<double>(), ThinPlateSplineGrid.Of(places, 4, 4), 1e-10);
    }

    [Fact]
    public void A_spline_through_an_affine_image_of_its_points_is_the_affine_map()
    {
        var theta = random.Normal([2, 2, 3], dtype: DType.Float64);
        var lattice = ThinPlateSplineGrid.Lattice(3, DType.Float64);
        var places = Tensor.Concatenate([lattice, Tensor.Ones([9, 1], DType.Float64)], 1).MatMul(theta, transposeB: true);
        Check.Close(AffineGrid.Of(theta, 6, 5).ToArray<double>(), ThinPlateSplineGrid.Of(places, 6, 5), 1e-10);
        Check.Close(AffineGrid.Of(Tensor.From([1.0, 0, 0, 0, 1, 0], [1, 2, 3]), 6, 5).ToArray<double>(), ThinPlateSplineGrid.Of(lattice.ExpandDims(0), 6, 5), 1e-10);
    }

    [Fact]
    public void A_spline_has_the_values_of_another_implementation() // Reference/make_spline.py
    {
        var places = ThinPlateSplineGrid.Lattice(3, DType.Float64) + (.2 * (1 + Tensor.Arange(18).Cast(DType.Float64)).Sin().Reshape(9, 2));
        Check.Close(
            [
                -0.831705803, -0.818140515, -0.248470933, -1.070236408, 0.295828394, -1.147017574, 0.808215145, -1.055883100, -0.847189643, -0.316525390, 
                -0.234208626, -0.558522698, 0.313744745, -0.646620049, 0.803284339, -0.585377520, -0.868602680, 0.197871649, -0.215202479, -0.031572116, 0.340469804, 
                -0.133788265, 0.800001959, -0.107314584, -0.888765478, 0.698217749, -0.198990413, 0.495137450, 0.367907627, 0.382031999, 0.809036930, 0.366889259, 
                -0.915966593, 1.198121471, -0.195444493, 1.014504805, 0.380902064, 0.895419374, 0.807720502, 0.849802551
            ],
            ThinPlateSplineGrid.Of(places.ExpandDims(0), 5, 4),
            1e-7);
    }

    [Theory]
    [InlineData(SpatialTransform.Affine)]
    [InlineData(SpatialTransform.Projective)]
    [InlineData(SpatialTransform.ThinPlateSpline)]
    public void Gradients_are_those_of_finite_differences(SpatialTransform transform)
    {
        var x = random.Normal([1, 6, 5, 2], dtype: DType.Float64);
        var dy = random.Normal([1, 4, 3, 2], dtype: DType.Float64);
        var layer = new SpatialTransformer(new Flatten(), (4, 3), transform);
        var theta = layer.Parameters(x.Cast(DType.Float32), new CallContext()).Cast(DType.Float64);
        theta = (theta * .7) + random.Uniform(theta.Shape, .05, .1, DType.Float64); // between pixels
        Tensor Loss(Tensor image, Tensor parameters) => (image.BilinearSample(layer.Grid(parameters, image.Shape), alignCorners: true) * dy).Sum();

        Check.Close(Differences(theta, t => Loss(x, t)), Gradient.Of(t => Loss(x, t), theta), 1e-5);
        Check.Close(Differences(x, u => Loss(u, theta)), Gradient.Of(u => Loss(u, theta), x), 1e-5);
    }

    [Fact]
    public void Grids_say_what_fits()
    {
        Check.Fails("ProjectiveGrid: θ must be [n, 3, 3], but it is [2, 2, 3].", () => ProjectiveGrid.Of(Tensor.Zeros([2, 2, 3]), 2, 2));
        Check.Fails("ThinPlateSplineGrid: the points must be [n, k, 2] with k = 4, 9, 16, …, but they are [2, 5, 2].", () => ThinPlateSplineGrid.Of(Tensor.Zeros([2, 5, 2]), 2, 2));
    }

    static double[] Differences(Tensor x, Func<Tensor, Tensor> f)
    {
        const double Step = 1e-6;
        var values = x.ToArray<double>();
        return [.. values.Select((v, i) => (At(i, v + Step) - At(i, v - Step)) / (2 * Step))];

        double At(int i, double value)
        {
            var moved = values.ToArray();
            moved[i] = value;
            return f(Tensor.From(moved, x.Shape)).Item();
        }
    }
}
