using Strata.Random;

namespace Strata.Nn.Tests.Models;

/// <summary>What Keras's backend functions do with the tensors of a model (<c>K.function</c>, <c>K.gradients</c>) is done with models and gradients here.</summary>
public sealed class ModelTensorTests
{
    [Fact]
    public void A_function_of_tensors_inside_of_a_model_is_a_model()
    {
        var x = new Input([5]);
        var hidden = x.Then(new Dense(4, "tanh"));
        var model = new Model(x, hidden.Then(new Dense(2))) { Seed = 1 };
        var input = new RandomStream(1).Normal([3, 5]);
        model.Predict(input);

        var function = new Model(x, [hidden, model.Outputs[0]]);
        var outputs = function.Predict([input]);
        Assert.Equal(Shape.Of(3, 4), outputs[0].Shape);
        Assert.Equal(model.Predict(input).ToArray<float>(), outputs[1].ToArray<float>());
        Assert.Equal(Gradient.Of(z => model.Apply(z).Sum(), input).ToArray<float>(), Gradient.Of(z => function.Apply([z], new CallContext())[1].Sum(), input).ToArray<float>());
    }

    [Fact]
    public void An_input_is_found_that_a_class_likes_best()
    {
        // Activation maximization: w·x under ‖x‖ = 1 is largest at w/‖w‖.
        var model = new Sequential(new Dense(3)) { Seed = 2 };
        var x = new RandomStream(1).Normal([1, 4]);
        model.Predict(x);
        for (var step = 0; step < 200; step++)
        {
            x += Gradient.Of(z => model.Apply(z)[.., 1].Sum(), x);
            x /= x.Norm();
        }

        var w = model.Weights[0].Value[.., 1];
        Check.Close((w / w.Norm()).Cast(DType.Float64).ToArray<double>(), x.Reshape(-1), 1e-3);
    }
}
