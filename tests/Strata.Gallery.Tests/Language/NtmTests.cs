using Strata.Data;
using Strata.Gallery.Language.MemoryMachines;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Language;

public sealed class NtmTests
{
    static readonly CopyTask copy = new(4, (3, 3));

    [Fact]
    public void A_guess_of_one_half_costs_a_bit_and_is_wrong_as_often_as_not()
    {
        var model = Ntm.Create(copy, Ntm.Feedforward(5), 6, 3, 1, seed: 1);
        Ntm.Compile(model, new SGD());
        var batch = copy.Draw(200, new RandomStream(1));
        model.BuildFor(batch.Inputs[0].Shape[1..]);
        foreach (var w in model.Weights.Where(w => w.Name.StartsWith("output", StringComparison.Ordinal))) w.Assign(Tensor.Zeros(w.Shape));
        var (bits, wrong) = Ntm.Judge(model, batch);
        Assert.Equal(3 * 4, bits, 1e-4);
        Assert.Equal(6, wrong, 0.5); // a logit of 0 says 0, and half of 12 bits are 1
    }

    [Fact]
    public void What_is_watched_is_what_the_network_does()
    {
        var model = Ntm.Create(copy, Ntm.Recurrent(5, 2), 6, 3, 2, seed: 1);
        var x = copy.Draw(2, new RandomStream(1)).Inputs[0];
        var y = model.Apply(x).Sigmoid();
        var trace = Ntm.Watch(model, x);
        Assert.Equal(y.ToArray<float>(), trace.Outputs.ToArray<float>());
        Assert.Equal([2, 8, 2, 6], trace.Writing.Shape.Span.ToArray());
        Assert.Equal([2, 8, 6], trace.Reads.Shape.Span.ToArray());
        Assert.All(trace.Reading.Sum(-1).ToArray<float>(), sum => Assert.Equal(1, sum, 1e-5));
    }

    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(4, 4, 1.0)] // backwards around a ring of 5
    [InlineData(1, 2, 0.0)]
    [InlineData(0, 0, 0.0)] // it does not move
    public void Moves_are_shared_if_the_reader_goes_as_the_writer_went(int written, int read, double share)
    {
        // Start, three vectors, end, three answers.
        var writing = Places([0, .. Enumerable.Range(1, 3).Select(i => i * written % 5), 0, 0, 0, 0]);
        var reading = Places([0, 0, 0, 0, 0, .. Enumerable.Range(1, 3).Select(i => i * read % 5)]);
        Assert.Equal(share, new NtmTrace(Tensor.Zeros([1, 8, 4]), Tensor.Zeros([1, 8, 3]), writing, reading).SharedMoves);

        static Tensor Places(int[] at) => Tensor.From(at, [1, 8, 1]).OneHot(5).Cast(DType.Float32);
    }

    // Tables 1 to 3; the wiring behind the numbers is not published.
    [Theory]
    [InlineData("copy", 17_162, 67_561, 1_352_969)]
    [InlineData("repeat-copy", 16_712, 66_111, 5_312_007)]
    [InlineData("associative-recall", 146_845, 70_330, 1_344_518)]
    [InlineData("n-grams", 14_656, 61_749, 331_905)]
    [InlineData("priority-sort", 508_305, 269_038, 384_424)]
    public void The_networks_of_the_paper_are_about_as_large_as_it_says(string task, long feedforward, long recurrent, long lstm)
    {
        long[] published = [feedforward, recurrent, lstm];
        var plan = NtmPlan.Paper(task);
        for (var i = 0; i < published.Length; i++)
        {
            var model = plan.Networks[i].Create(plan.Task, 1);
            model.BuildFor([2, plan.Task.Inputs]);
            Assert.InRange(model.ParameterCount, published[i] * 0.7, published[i] * 1.1);
        }
    }

    [Fact]
    public void An_update_of_a_published_machine_lowers_what_it_is_trained_on()
    {
        var model = Ntm.Create(copy, Ntm.Feedforward(8), 8, 4, 1, seed: 1);
        Ntm.Compile(model, Ntm.GravesRmsProp(1e-3));
        var batch = copy.Draw(16, new RandomStream(1));
        var before = Ntm.Judge(model, batch).Bits;
        for (var i = 0; i < 30; i++) model.TrainOnBatch(batch);
        Assert.True(Ntm.Judge(model, batch).Bits < before - 0.3);
    }
}
