using Strata.Random;

namespace Strata.Nn.Tests.Layers.Memory;

public sealed class NtmCellTests
{
    [Fact]
    public void The_machine_of_the_catalogue_has_5056_weights()
    {
        var layer = new RNN(new NtmCell(6, new Dense(64, Activation.Tanh), locations: 32, width: 10), returnSequences: true);
        Assert.Equal(Shape.Of(2, 5, 6), layer.Apply(Tensor.Zeros([2, 5, 8])).Shape);
        Assert.Equal(5056, layer.ParameterCount);
    }

    // Weights: controller (in + R·W + 1)·h; heads (h + 1)·(R(W + 6) + H(3W + 6)); output (h + R·W + 1)·out; first reads R·W.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Weights_are_counted_by_the_heads(int readHeads, int writeHeads)
    {
        const int h = 7, width = 4;
        var layer = new RNN(new NtmCell(3, new Dense(h), 9, width, readHeads, writeHeads));
        Assert.Equal(Shape.Of(2, 3), layer.Apply(Tensor.Zeros([2, 5, 2])).Shape);
        var reads = readHeads * width;
        Assert.Equal(
            ((2 + reads + 1) * h) + ((h + 1) * ((readHeads * (width + 6)) + (writeHeads * ((3 * width) + 6)))) + ((h + reads + 1) * 3) + reads,
            layer.ParameterCount);
    }

    [Fact]
    public void All_heads_begin_at_location_0_of_an_empty_memory()
    {
        var cell = new NtmCell(2, new LSTMCell(3), locations: 4, width: 2, readHeads: 2);
        new RNN(cell).Apply(Tensor.Zeros([2, 1, 3]));
        var states = cell.InitialStates([2, 3], new CallContext());
        Check.Close([.. Enumerable.Repeat(1e-6, 16)], states[0]);
        Check.Close(new double[8], states[1]);
        Check.Close([1, 0, 0, 0, 1, 0, 0, 0], states[2]);
        Check.Close([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], states[3]);
        Assert.Equal(cell.StateShapes([2, 3]), states.Select(s => s.Shape[1..]));
    }

    [Fact]
    public void A_learned_start_is_part_of_the_weights_and_gets_gradients()
    {
        var cell = new NtmCell(2, new Dense(3), 4, 2) { MemoryInitializer = Initializer.GlorotUniform, LearnsWeightings = true };
        var layer = new RNN(cell);
        var x = new RandomStream(1).Normal([3, 2, 3]);
        layer.Apply(x, new CallContext(random: new RandomStream(2)));
        var starts = layer.TrainableWeights.Where(w => w.Name.Contains("first", StringComparison.Ordinal)).ToList();
        Assert.Equal([2, 8, 4, 4], starts.Select(w => w.Shape.Size));
        Assert.All(Gradient.Of(() => layer.Apply(x).Square().Sum(), starts), g => Assert.NotEqual(0, g.Abs().Sum().Item()));
    }

    // A machine whose weights are set by hand. At the start flag its heads stay at location 0 and leave a mark there; at each vector they move on by one, and it is
    // written; the end flag sends them back to the mark, found by its content; then they move on again, and what they pass is read out.
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(16)] // as many as there are locations
    public void Weights_set_by_hand_copy_without_an_error(int length)
    {
        const int bits = 4, locations = 16, width = bits + 1, h = bits + 2;
        var layer = new RNN(new NtmCell(bits, new Dense(h, Activation.Tanh), locations, width), returnSequences: true);
        var random = new RandomStream(3);
        var x = new float[3, (2 * length) + 2, h];
        for (var n = 0; n < 3; n++)
        {
            x[n, 0, bits] = x[n, length + 1, bits + 1] = 1;
            for (var t = 1; t <= length; t++)
                for (var b = 0; b < bits; b++) x[n, t, b] = random.NextInt(2);
        }

        var input = Tensor.From(x);
        layer.Apply(input);
        layer.SetWeights(Copying(layer));
        var y = layer.Apply(input)[.., ^length..].ToArray<float>();
        var given = input[.., 1..(length + 1), ..bits].ToArray<float>();
        Assert.Equal(given, y.Select(v => v > 0 ? 1f : 0));

        // The controller passes its input on, h = tanh(10·x). Of what the heads are told most is a constant: a bias.
        Tensor[] Copying(RNN layer)
        {
            const int place = width + 6, said = (2 * place) + (2 * width), start = bits, end = bits + 1;
            var controller = new float[h + width, h];
            for (var c = 0; c < h; c++) controller[c, c] = 10;
            var (heads, bias) = (new float[h, said], new float[said]);
            foreach (var head in (int[])[0, place + (2 * width)])
            {
                bias[head + bits] = 5;                  // the key: the mark of location 0, which is in the last number of a location
                bias[head + width] = 100;               // β
                bias[head + width + 1] = -50;           // g = 0 …
                heads[end, head + width + 1] = 100;     // … but for the end flag
                bias[head + width + 4] = 50;            // on by one …
                heads[start, head + width + 3] = heads[end, head + width + 3] = 100; // … but for the flags
                bias[head + width + 5] = 50;            // γ
            }

            for (var b = 0; b < width; b++) bias[place + b] = -50;   // nothing is erased
            for (var b = 0; b < bits; b++) heads[b, place + width + b] = 1;
            heads[start, place + width + bits] = 5;                  // the mark
            var output = new float[h + width, bits];
            for (var b = 0; b < bits; b++) output[h + b, b] = 100;
            return [.. layer.Weights.Select(w => w.Name.Split('/') switch
            {
                [.., "first_reads"] => Tensor.Zeros(w.Shape),
                ["heads", "kernel"] => Tensor.From(heads),
                ["heads", "bias"] => Tensor.From(bias),
                ["output", "kernel"] => Tensor.From(output),
                ["output", "bias"] => Tensor.Full(w.Shape, -30),
                [_, "kernel"] => Tensor.From(controller),
                _ => Tensor.Zeros(w.Shape),
            })];
        }
    }

    [Fact]
    public void A_stateful_machine_keeps_its_memory_until_it_is_reset()
    {
        var x = new RandomStream(1).Normal([2, 6, 3]);
        var cell = new NtmCell(2, new LSTMCell(3), 5, 2);
        var whole = new RNN(cell, returnSequences: true).Apply(x).ToArray<float>();
        var layer = new RNN(cell, returnSequences: true, stateful: true);
        for (var round = 0; round < 2; round++)
        {
            Tensor[] halves = [layer.Apply(x[.., ..3]), layer.Apply(x[.., 3..])];
            Check.Close([.. whole.Select(v => (double)v)], Tensor.Concatenate(halves, 1));
            layer.ResetStates();
        }
    }

    [Fact]
    public void Machines_can_be_stacked()
    {
        var layer = new RNN([new NtmCell(4, new Dense(3), 5, 2), new NtmCell(2, new LSTMCell(3), 6, 2)], returnSequences: true);
        Assert.Equal(Shape.Of(2, 3, 2), layer.Apply(Tensor.Zeros([2, 3, 3])).Shape);
    }

    [Fact]
    public void More_shifts_than_locations_are_refused() => Assert.StartsWith(
        "NtmCell: shifts of up to 2 do not fit 4 locations; there must be more locations than shifts.",
        Assert.Throws<ArgumentOutOfRangeException>(() => new NtmCell(1, new Dense(1), locations: 4, largestShift: 2)).Message);
}
