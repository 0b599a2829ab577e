namespace Strata.Nn.Tests.Activations;

public sealed class ActivationTests
{
    [Fact]
    public void Activations_have_the_hand_values()
    {
        Values(Activation.Linear, -1, .5, 3);
        Values(Activation.Selu, -1.11133074, .52535049, 3.15210296);
        Values(Activation.Elu, -.63212056, .5, 3);
        Values(Activation.EluOf(2), 2 * -.63212056, .5, 3);
        Values(Activation.Softplus, .31326169, .97407698, 3.04858735);
        Values(Activation.Softsign, -.5, .33333333, .75);
        Values(Activation.HardSigmoid, .3, .6, 1);
        Values(Activation.Relu, 0, .5, 3);
        Values(Activation.Relu6, 0, .5, 3);
        Values(Activation.ReluOf(alpha: .1, maximum: 2, threshold: 1), -.2, -.05, 2);
        Values(Activation.LeakyRelu(), -.3, .5, 3);
        Values(Activation.Tanh, Math.Tanh(-1), Math.Tanh(.5), Math.Tanh(3));
        Values(Activation.Sigmoid, 1 / (1 + Math.E), 1 / (1 + Math.Exp(-.5)), 1 / (1 + Math.Exp(-3)));
        Values(Activation.Exponential, Math.Exp(-1), Math.Exp(.5), Math.Exp(3));
        Values(Activation.Swish, -1 / (1 + Math.E), .5 / (1 + Math.Exp(-.5)), 3 / (1 + Math.Exp(-3)));
        Values(Activation.Gelu, -.15865525, .34573123, 2.99595031); // x·Φ(x)
        var (a, b, c) = (Math.Exp(-1), Math.Exp(.5), Math.Exp(3));
        Values(Activation.Softmax, a / (a + b + c), b / (a + b + c), c / (a + b + c));
        Values(Activation.LogSoftmax, -1 - Math.Log(a + b + c), .5 - Math.Log(a + b + c), 3 - Math.Log(a + b + c));
        Values(Activation.Of("square", x => x * x), 1, .25, 9);
    }

    [Fact]
    public void Large_inputs_stay_finite_and_their_gradients_too()
    {
        foreach (var activation in (Activation[])[Activation.Elu, Activation.Selu, Activation.Softplus, Activation.Sigmoid, Activation.Softmax, Activation.LogSoftmax, Activation.Gelu])
        {
            var x = Check.Matrix([-1e4, 0, 1e4]);
            Assert.All(activation.Of(x).ToArray<float>(), v => Assert.True(float.IsFinite(v), activation.Function));
            Assert.All(Gradient.Of(z => activation.Of(z)[.., 0..2].Sum(), x).ToArray<float>(), v => Assert.True(float.IsFinite(v), activation.Function));
        }
    }

    [Fact]
    public void An_activation_is_a_layer_too()
    {
        var model = new Sequential(new Dense(2), Activation.Relu, Activation.Softmax);
        Assert.Equal(["dense_1", "activation_1", "activation_2"], model.Layers.Select(l => l.Name));
        Check.Close([.5, .5], model.Apply(Tensor.Zeros([1, 3])));
    }

    static void Values(Activation activation, params double[] expected)
    {
        Check.Close(expected, activation.Of(Check.Matrix([-1, .5, 3])), 2e-6);
        Check.Close(expected, activation.Of(Tensor.From(new[,] { { -1, .5, 3 } })), 1e-8);
    }
}
