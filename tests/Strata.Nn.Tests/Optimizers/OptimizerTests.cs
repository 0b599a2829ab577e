namespace Strata.Nn.Tests.Optimizers;

[Collection("Engine settings")]
public sealed class OptimizerTests
{
    /// <summary>p₀ = 1, gradients .1, .2, −.3; p after each step, as the catalogue gives it.</summary>
    public static TheoryData<string, double[]> HandValues => new()
    {
        { "SGD", [.999, .997, 1.000] },
        { "SGD, momentum", [.999, .9961, .99649] },
        { "SGD, Nesterov", [.9981, .99349, .996841] },
        { "SGD, decay", [.999, .99718182, .99968182] },
        { "RMSProp", [.99683773, .99398059, .99657123] },
        { "AdaGrad", [.99000001, .98105574, .98907358] },
        { "AdaDelta", [.99858593, .99678819, .99895244] },
        { "Adam", [.99900003, .99803486, .99810146] },
        { "Adamax", [.998, .99647369, .99656963] },
        { "Nadam", [.99788710, .99596121, .99765793] },
    };

    static Optimizer Named(string name) => name switch
    {
        "SGD" => new SGD(),
        "SGD, momentum" => new SGD(momentum: 0.9),
        "SGD, Nesterov" => new SGD(momentum: 0.9, nesterov: true),
        "SGD, decay" => new SGD { Decay = 0.1 },
        "RMSProp" => new RMSProp(),
        "AdaGrad" => new AdaGrad(),
        "AdaDelta" => new AdaDelta(),
        "Adam" => new Adam(),
        "Adamax" => new Adamax(),
        _ => new Nadam(),
    };

    [Theory]
    [MemberData(nameof(HandValues))]
    public void Three_steps_give_the_hand_values(string name, double[] expected) => Check.Close(expected, Tensor.From(Steps(Named(name), 1, .1, .2, -.3)), 1e-8);

    [Theory]
    [InlineData(false, .999, .99882850)]
    [InlineData(true, .999, .99887753)]
    public void AMSGrad_divides_by_the_largest_second_moment(bool amsgrad, double first, double second) =>
        Check.Close([first, second], Tensor.From(Steps(new Adam(beta1: 0, beta2: 0.5, amsgrad: amsgrad), 1, 1, .1)), 1e-7);

    // Values of PyTorch 1.13 (make_rmsprop.py).
    [Theory]
    [InlineData(false, 0.9922745751406263, 0.9765671327125727, 0.96972937397429)]
    [InlineData(true, 0.9921370035215311, 0.9759733943928246, 0.9687027906549894)]
    public void RMSProp_with_momentum_and_centering_follows_PyTorch(bool centered, double first, double second, double third)
    {
        var optimizer = new RMSProp(2.5e-3, rho: .95, epsilon: .01, momentum: .95, centered: centered);
        Check.Close([first, second, third], Tensor.From(Steps(optimizer, 1, .1, .2, -.3)), 1e-14);
    }

    [Fact]
    public void Every_width_and_number_of_threads_gives_the_same_bits()
    {
        var (level, threads) = (Kernels.Simd.Level, Threading.Workers.Threads);
        try
        {
            foreach (var name in HandValues.Select(v => (string)v.ToArray()[0]!))
            {
                var results = new List<float[]>();
                foreach (var (width, count) in ((Kernels.SimdLevel, int)[])[(Kernels.SimdLevel.Portable, 1), (Kernels.Simd.Widest, 1), (Kernels.Simd.Widest, 7)])
                {
                    (Kernels.Simd.Level, Threading.Workers.Threads) = (width, count);
                    var optimizer = Named(name);
                    var random = new Strata.Random.RandomStream(3);
                    var p = new Variable(random.Normal([40_003]));
                    for (var step = 0; step < 3; step++) optimizer.Apply([p], [random.Normal([40_003])]);
                    results.Add(p.Borrow().ToArray<float>());
                }

                Assert.Equal(results[0], results[1]);
                Assert.Equal(results[0], results[2]);
            }
        }
        finally
        {
            (Kernels.Simd.Level, Threading.Workers.Threads) = (level, threads);
        }
    }

    [Fact]
    public void Weight_decay_is_decoupled_and_L2_is_part_of_the_gradient()
    {
        Check.Close([(1 - (0.1 * 0.5)) - (0.1 * 0.2)], Tensor.From(Steps(new SGD(0.1) { WeightDecay = 0.5 }, 1, 0.2)), 1e-12);
        Check.Close([1 - (0.1 * (0.2 + 0.5))], Tensor.From(Steps(new SGD(0.1) { L2 = 0.5 }, 1, 0.2)), 1e-12);
    }

    [Fact]
    public void Clipping_takes_the_norm_of_all_gradients_together_and_then_each_value()
    {
        Variable p = new(Tensor.Zeros([2])), q = new(Tensor.Zeros([1]));
        new SGD(1) { ClipNorm = 1 }.Apply([p, q], [Tensor.From(3f, 0f), Tensor.From(4f)]);
        Check.Close([-0.6, 0], p);
        Check.Close([-0.8], q);
        new SGD(1) { ClipNorm = 5, ClipValue = 0.5 }.Apply([q], [Tensor.From(-4f)]);
        Check.Close([-0.3], q);
    }

    [Fact]
    public void A_schedule_gives_the_rate_of_each_update()
    {
        var optimizer = new SGD(Schedule.Of(t => t == 0 ? 1 : 0.5));
        Check.Close([0.9, 0.8], Tensor.From(Steps(optimizer, 1, 0.1, 0.2)), 1e-12);
        Assert.Equal(0.5, optimizer.LearningRate);
    }

    [Fact]
    public void Gradients_that_do_not_fit_change_nothing()
    {
        Variable p = new(Tensor.Zeros([1]), "p"), q = new(Tensor.Zeros([2]), "q");
        Check.Fails(
            "Optimizer: the gradient of 'q' is float32 [3], but the variable is float32 [2].",
            () => { new SGD().Apply([p, q], [Tensor.Ones([1]), Tensor.Ones([3])]); return null; });
        Check.Close([0], p);
        Check.Fails("Optimizer: 1 gradients were given for 2 variables.", () => { new SGD().Apply([p, q], [Tensor.Ones([1])]); return null; });
    }

    [Fact]
    public void A_state_that_is_saved_and_loaded_goes_on_to_the_bit()
    {
        foreach (var name in HandValues.Select(v => (string)v.ToArray()[0]!))
        {
            var expected = Steps(Named(name), 1, .1, .2, -.3);
            var (first, second) = (Named(name), Named(name));
            var p = new Variable(Tensor.From(1.0));
            foreach (var g in (double[])[.1, .2]) first.Apply([p], [Tensor.From(g)]);
            var state = new State();
            first.Save(state, [p]);
            var q = new Variable(p.Value);
            second.Load(state, [q]);
            second.Apply([q], [Tensor.From(-.3)]);
            Assert.Equal(expected[2], q.Borrow().At(0));
        }
    }

    [Fact]
    public void One_of_ones_own_needs_three_members()
    {
        Check.Close([.9, .8, .9], Tensor.From(Steps(new SignDescent(), 1, .1, .2, -.3)), 1e-12);
        var p = new Variable(Tensor.From(1.0));
        var sign = new SignDescent();
        sign.Apply([p], [Tensor.From(.5)]);
        sign.Apply([p], [Tensor.From(.5)]);
        var state = new State();
        sign.Save(state, [p]);
        Assert.Equal(2, state.Tensor("0/0").At(0)); // it counts its steps
    }

    /// <summary>p ← p − η·sign(g), which counts the steps of each element.</summary>
    sealed class SignDescent() : Optimizer(0.1)
    {
        protected override int StateCount => 1;

        protected override double[] Numbers(double learningRate, long t) => [learningRate];

        protected override Tensor[] Update(Tensor parameter, Tensor gradient, Tensor[] state, Tensor numbers) =>
            [parameter - (gradient.Sign() * numbers[2]), state[0] + 1];
    }

    static double[] Steps(Optimizer optimizer, double start, params double[] gradients)
    {
        var p = new Variable(Tensor.From(start));
        return Array.ConvertAll(gradients, g =>
        {
            optimizer.Apply([p], [Tensor.From(g)]);
            return p.Borrow().At(0);
        });
    }
}
