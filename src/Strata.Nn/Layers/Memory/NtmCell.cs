using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A step of a Neural Turing Machine (Graves, Wayne and Danihelka 2014): a controller sees the input and what was read last, moves heads over a
/// memory, writes, reads, and gives an output;  x [n, in] → y [n, outputs].</summary>
/// <remarks>The write heads act first, then the read heads, on the memory as it is then. Keys and what is added pass through tanh; the output comes from the
/// controller and what was just read. The states are M [n, N, W], what was read [n, R·W], the weightings of the write heads [n, H, N] and of the read
/// heads [n, R, N], and those of the controller.</remarks>
public sealed class NtmCell : RecurrentCell
{
    const int Addresses = 4; // states besides the controller's
    readonly int outputs, locations, width, readHeads, writeHeads, largestShift;
    readonly Layer controller;
    Layer heads = null!, output = null!;
    Variable firstReads = null!;
    Variable? firstMemory, firstWriting, firstReading;

    /// <summary>Puts a machine together.</summary>
    /// <param name="outputs">The size of the output.</param>
    /// <param name="controller">From [n, in + R·W] to [n, …]: a layer, or a cell with states of its own.</param>
    /// <param name="locations">N, the locations of the memory.</param>
    /// <param name="width">W, the numbers at a location.</param>
    /// <param name="readHeads">R.</param>
    /// <param name="writeHeads">H.</param>
    /// <param name="largestShift">How far a head can be shifted in a step, either way.</param>
    public NtmCell(int outputs, Layer controller, int locations = 128, int width = 20, int readHeads = 1, int writeHeads = 1, int largestShift = 1)
    {
        foreach (var (value, name) in (ReadOnlySpan<(int, string)>)[(outputs, nameof(outputs)), (width, nameof(width)), (readHeads, nameof(readHeads)), (writeHeads, nameof(writeHeads))])
            if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"NtmCell: {name} must be at least 1.");
        if (largestShift < 0 || locations <= 2 * largestShift)
            throw new ArgumentOutOfRangeException(nameof(largestShift), largestShift, $"NtmCell: shifts of up to {largestShift} do not fit {locations} locations; there must be more locations than shifts.");
        (this.outputs, this.locations, this.width, this.readHeads, this.writeHeads, this.largestShift) = (outputs, locations, width, readHeads, writeHeads, largestShift);
        this.controller = Track(controller);
    }

    /// <summary>Where the learned first memory begins; null: it is 10⁻⁶ everywhere and not learned.</summary>
    public Initializer? MemoryInitializer { get; init; }

    /// <summary>Whether the first weightings are learned; otherwise all heads begin at location 0.</summary>
    public bool LearnsWeightings { get; init; }

    internal static NtmCell FromConfig(Config c) => new(
        c.Int("outputs"), c.Required<Layer>("controller"), c.Int("locations"), c.Int("width"), c.Int("read_heads"), c.Int("write_heads"), c.Int("largest_shift"))
    {
        MemoryInitializer = c.Object<Initializer>("memory_initializer"),
        LearnsWeightings = c.Bool("learns_weightings"),
    };

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["outputs"], config["controller"], config["locations"], config["width"]) = (outputs, Config.Describe(controller), locations, width);
        (config["read_heads"], config["write_heads"], config["largest_shift"]) = (readHeads, writeHeads, largestShift);
        (config["memory_initializer"], config["learns_weightings"]) = (Config.Of(MemoryInitializer), LearnsWeightings);
    }

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step) =>
    [
        [locations, width], [readHeads * width], [writeHeads, locations], [readHeads, locations],
        .. (controller as RecurrentCell)?.StateShapes(Seen(step)) ?? [],
    ];

    /// <inheritdoc/>
    public override Shape OutputOf(Shape step) => [outputs];

    /// <inheritdoc/>
    public override Tensor[] InitialStates(Shape step, CallContext context)
    {
        var n = step[0];
        return
        [
            firstMemory is null ? Tensor.Full([n, locations, width], 1e-6, DType) : firstMemory.Borrow().BroadcastTo([n, locations, width]),
            firstReads.Borrow().BroadcastTo([n, readHeads * width]),
            Weightings(firstWriting, writeHeads),
            Weightings(firstReading, readHeads),
            .. (controller as RecurrentCell)?.FirstStates(Seen(step), context) ?? [],
        ];

        Tensor Weightings(Variable? learned, int count) =>
            (learned is null ? Tensor.Zeros([count], DType.Int32).OneHot(locations).Cast(DType) : learned.Borrow().Softmax()).BroadcastTo([n, count, locations]);
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank != 2) throw new ShapeException($"a step must be [examples, features], but it is {x}.");
        heads = Track(new Dense((writeHeads * (Place + (2 * width))) + (readHeads * Place)) { Name = "heads", DType = DType });
        output = Track(new Dense(outputs) { Name = "output", DType = DType });
        firstReads = Weight("first_reads", [readHeads * width], Initializer.Zeros);
        firstMemory = MemoryInitializer is { } initializer ? Weight("first_memory", [locations, width], initializer) : null;
        if (!LearnsWeightings) return;
        firstWriting = Weight("first_writing", [writeHeads, locations], Initializer.Zeros);
        firstReading = Weight("first_reading", [readHeads, locations], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var (memory, read, writing, reading) = (x[1], x[2], x[3], x[4]);
        var seen = Tensor.Concatenate([x[0], read], -1);
        Tensor[] control = controller is RecurrentCell ? controller.Apply([seen, .. x[(1 + Addresses)..]], context) : [controller.Apply(seen, context)];
        var h = control[0];

        var said = heads.Apply(h, context).Split([writeHeads * Place, writeHeads * width, writeHeads * width, readHeads * Place], -1);
        writing = Address(memory, said[0], writing);
        memory = NtmMemory.Write(memory, writing, PerHead(said[1]).Sigmoid(), PerHead(said[2]).Tanh());                  // (3), (4)
        reading = Address(memory, said[3], reading);
        read = NtmMemory.Read(memory, reading).Reshape(-1, readHeads * width);                                           // (2)

        var y = output.Apply(Tensor.Concatenate([h, read], -1), context);
        return [y, memory, read, writing, reading, .. control[1..]];

        Tensor PerHead(Tensor vectors) => vectors.Reshape(-1, writeHeads, width);
    }

    // The weightings of heads: by content, or from where they were, and shifted (figure 2).
    Tensor Address(Tensor memory, Tensor said, Tensor previous)
    {
        var parts = said.Reshape(-1, previous.Shape[1], Place).Split([width, 1, 1, Shifts, 1], -1);
        var (k, β, g, s, γ) = (parts[0].Tanh(), parts[1].Softplus(), parts[2].Sigmoid(), parts[3].Softmax(), parts[4].Softplus() + 1);
        var w = NtmMemory.Content(memory, k, β);         // (5), (6)
        w = NtmMemory.Interpolate(w, previous, g);       // (7)
        w = NtmMemory.Shift(w, s);                       // (8)
        return NtmMemory.Sharpen(w, γ);                  // (9)
    }

    int Shifts => (2 * largestShift) + 1;

    // What places a head: key, strength, gate, shifts and sharpness.
    int Place => width + 3 + Shifts;

    Shape Seen(Shape step) => [step[0], step[1] + (readHeads * width)];
}
