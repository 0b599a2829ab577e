using Strata.Random;

namespace Strata.Nn.Tests.Layers.Attention;

public sealed class AttentionDecoderTests
{
    static readonly Tensor x = new RandomStream(1).Normal([2, 4, 3], dtype: DType.Float64).Keep(), values = new RandomStream(2).Normal([2, 5, 3], dtype: DType.Float64).Keep();

    static LSTMCell Cell() => new(3, recurrentActivation: Activation.Sigmoid) { DType = DType.Float64 };

    static AttentionDecoder Decoder(bool inputFeeding, AttentionWindow? window = null) =>
        new(Cell(), 3, new Nn.Attention(window: window), inputFeeding) { DType = DType.Float64 };

    static Tensor[] Begin(AttentionDecoder decoder) => decoder.Begin(Tensor.Full([2, 3], 0.3, DType.Float64), Tensor.Full([2, 3], -0.2, DType.Float64));

    static Tensor[] Run(AttentionDecoder decoder, Tensor x, Tensor[] states) => decoder.Apply([x, values, .. states], new CallContext(random: new RandomStream(5)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_one_by_one_are_all_steps_at_once(bool inputFeeding)
    {
        var decoder = Decoder(inputFeeding, new MonotonicWindow(1));
        var whole = Run(decoder, x, Begin(decoder));
        var states = Begin(decoder);
        for (var t = 0; t < 4; t++)
        {
            var y = Run(decoder, x[.., t..(t + 1)], states);
            Check.Close(Numbers(whole[0][.., t]), y[0][.., 0], 1e-12);
            Check.Close(Numbers(whole[1][.., t]), y[1][.., 0], 1e-12);
            states = y[2..];
        }

        Assert.Equal(whole.Length - 2, states.Length);
        for (var i = 0; i < states.Length; i++) Check.Close(Numbers(whole[i + 2]), states[i], 1e-12);
    }

    [Fact]
    public void The_first_step_is_the_papers_equations()
    {
        // h = LSTM([x; 0]), a = softmax(h·h̄), c = Σ a·h̄, h̃ = tanh([c; h]·W) (5).
        var decoder = Decoder(inputFeeding: true);
        var y = Run(decoder, x[.., ..1], Begin(decoder));
        var w = decoder.Weights.Single(v => v.Name.Contains("combine", StringComparison.Ordinal));
        var h = y[4]; // the first state after the step
        var a = (h.ExpandDims(1) * values).Sum(-1).Softmax();
        var c = (a.ExpandDims(-1) * values).Sum(1);
        Check.Close(Numbers(a), y[1][.., 0], 1e-12);
        Check.Close(Numbers(Tensor.Concatenate([c, h], 1).MatMul(w).Tanh()), y[0][.., 0], 1e-12);
        Check.Close(Numbers(y[0][.., 0]), y[3], 1e-12); // what is fed to the next
        Check.Close([1, 1], y[2]); // and its place
    }

    [Fact]
    public void Input_feeding_widens_the_first_cells_kernel()
    {
        long Parameters(bool feeding)
        {
            var decoder = Decoder(feeding);
            Run(decoder, x, Begin(decoder));
            return decoder.ParameterCount;
        }

        Assert.Equal((4 * ((3 * 3) + (3 * 3) + 3)) + (6 * 3), Parameters(false));
        Assert.Equal(4 * 3 * 3, Parameters(true) - Parameters(false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_differences(bool inputFeeding)
    {
        var decoder = Decoder(inputFeeding, new PredictiveWindow(3, 2) { DType = DType.Float64 });
        Run(decoder, x, Begin(decoder));
        var variables = decoder.TrainableWeights;
        Tensor Loss() => (Run(decoder, x, Begin(decoder))[0] * Tensor.Linspace(-1, 2, 24, DType.Float64).Reshape(2, 4, 3)).Sum();
        var gradients = Gradient.Of(Loss, variables);
        for (var v = 0; v < variables.Count; v++)
        {
            var (held, actual) = (variables[v].Value.ToArray<double>(), gradients[v].ToArray<double>());
            for (var i = 0; i < held.Length; i += 5)
            {
                Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, actual[i], 1e-6);

                double At(double delta)
                {
                    var moved = (double[])held.Clone();
                    moved[i] += delta;
                    variables[v].Assign(Tensor.From(moved, variables[v].Shape));
                    return Loss().Item();
                }
            }

            variables[v].Assign(Tensor.From(held, variables[v].Shape));
        }
    }

    [Fact]
    public void Masked_places_of_the_source_are_not_looked_at_in_a_loop_either()
    {
        var decoder = Decoder(inputFeeding: true);
        var (source, context) = (new RandomStream(2).Normal([2, 5, 3], dtype: DType.Float64), new CallContext(random: new RandomStream(5)));
        context.SetMask(source, Tensor.From(new[,] { { true, true, true, true, true }, { true, true, false, false, false } }));
        var y = decoder.Apply([x, source, .. Begin(decoder)], context)[1];
        Assert.All(y[1, .., 2..].ToArray<double>(), a => Assert.Equal(0, a));
        Check.Close([1, 1, 1, 1, 1, 1, 1, 1], y.Sum(-1), 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_named() => Assert.Contains(
        "it takes x [n, steps, features], values", Assert.ThrowsAny<ShapeException>(() => Decoder(true).Apply([x, values], new CallContext())).Message);

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();
}
