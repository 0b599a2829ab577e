using Strata.Memory;
using Strata.Random;

namespace Strata.Nn.Tests.Training;

/// <summary>A warm compiled step makes next to no garbage: its memory is planned beforehand.</summary>
[Collection("Engine settings")]
public sealed class GarbageTests
{
    const int Most = 1024; // bytes of the managed heap a step

    static readonly RandomStream random = new(1);

    static Func<Tensor[], Tensor> Step(Model model, Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss)
    {
        return Compiled.Function((Tensor[] x) =>
        {
            var (value, gradients) = Gradient.ValueAndGradient(() => loss(model.Apply(x[0], training: true), x[1]), model.TrainableWeights);
            optimizer.Apply(model.TrainableWeights, gradients);
            return value;
        });
    }

    static void Check(Func<Tensor[], Tensor> step, params Tensor[] x)
    {
        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var scope = new TensorScope();
                step(x);
            }
        }

        Run(60); // by then loops are emitted, buffers in the pool and the code compiled
        var (heap, reserved) = (GC.GetAllocatedBytesForCurrentThread(), StoragePool.ReservedBytes);
        Run(20);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - heap) / 20, 0, Most);
        Assert.Equal(reserved, StoragePool.ReservedBytes);
    }

    static Tensor CrossEntropy(Tensor logits, Tensor labels) => Tensor.SoftmaxCrossEntropy(logits, labels).Mean();

    [Fact]
    public void A_perceptron()
    {
        var model = new Sequential(new Dense(64, Activation.Relu), new Dense(64, Activation.Relu), new Dense(10)) { Seed = 1 };
        model.BuildFor([50]);
        Check(Step(model, new SGD(.01), CrossEntropy), random.Normal([32, 50]), random.Integers([32], 0, 10));
    }

    [Fact]
    public void LeNet()
    {
        var model = new Sequential(
            new Conv2D(6, 5, padding: Padding.Same, activation: Activation.Relu), new MaxPooling2D(2), new Conv2D(16, 5, activation: Activation.Relu), new MaxPooling2D(2),
            new Flatten(), new Dense(120, Activation.Relu), new Dense(10)) { Seed = 1 };
        model.BuildFor([28, 28, 1]);
        Check(Step(model, new SGD(.01, momentum: .9), CrossEntropy), random.Uniform([8, 28, 28, 1]), random.Integers([8], 0, 10));
    }

    [Fact]
    public void A_language_model()
    {
        var model = new Sequential(new Embedding(100, 16), new LSTM(16, returnSequences: true), new LSTM(16, returnSequences: true), new Dense(100)) { Seed = 1 };
        model.BuildFor([6], DType.Int64);
        Check(Step(model, new SGD(1) { ClipNorm = 5 }, CrossEntropy), random.Integers([4, 6], 0, 100), random.Integers([4, 6], 0, 100));
    }

    [Fact]
    public void A_network_of_action_values()
    {
        Sequential Network() => new(new Conv2D(8, 4, strides: 2, activation: Activation.Relu), new Flatten(), new Dense(32, Activation.Relu), new Dense(4)) { Seed = 1 };
        var (online, target) = (Network(), Network());
        online.BuildFor([20, 20, 4]);
        target.BuildFor([20, 20, 4]);
        var optimizer = new RMSProp(2.5e-4, rho: .95, momentum: .95);
        var step = Compiled.Function((Tensor[] x) =>
        {
            var best = online.Apply(x[3]).ArgMax(1, keepDims: true);
            var wanted = x[2] + (.99 * target.Apply(x[3]).GatherAlong(best, 1).Squeeze(1));
            var (loss, gradients) = Gradient.ValueAndGradient(
                () => Loss.Huber.PerExample(wanted.ExpandDims(1), online.Apply(x[0], training: true).GatherAlong(x[1], 1)).Mean(), online.TrainableWeights);
            optimizer.Apply(online.TrainableWeights, gradients);
            return loss;
        });
        Check(step, random.Uniform([4, 20, 20, 4]), random.Integers([4, 1], 0, 4), random.Uniform([4]), random.Uniform([4, 20, 20, 4]));
    }
}
