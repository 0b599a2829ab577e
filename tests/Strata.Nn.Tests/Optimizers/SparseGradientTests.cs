using Strata.Random;

namespace Strata.Nn.Tests.Optimizers;

public sealed class SparseGradientTests
{
    static readonly Tensor words = Tensor.From(new[,] { { 1, 4, 1 }, { 4, 2, 4 } }).Keep();

    static Variable Table(bool sparse) => new(new RandomStream(1).Normal([6, 2], dtype: DType.Float64), "table") { SparseGradient = sparse };

    static Tensor Loss(Variable table) => (table.Borrow().Embedding(words).Square() * Tensor.Linspace(-1, 2, 12, DType.Float64).Reshape(2, 3, 2)).Sum();

    static VariableGradient Sparse(Variable table, Func<Tensor> loss) => Gradient.ValueAndSparseGradient(() => (loss(), []), [table]).Gradients[0];

    [Fact]
    public void The_gradient_of_look_ups_is_the_rows_that_were_looked_up()
    {
        var table = Table(true);
        var g = Sparse(table, () => Loss(table));
        Assert.Equal([1, 4, 1, 4, 2, 4], g.Rows!.ToArray<long>());
        Assert.Equal(Shape.Of(6, 2), g.Values.Shape);
        var dense = Gradient.Of(() => Loss(table), [table])[0].ToArray<double>();
        Check.Close(dense, g.ToDense(table.Shape));
        var merged = g.Merged();
        Assert.Equal([1, 4, -1, -1, 2, -1], merged.Rows!.ToArray<long>());
        Check.Close(dense, merged.ToDense(table.Shape));
        Check.Close([dense[2], dense[3], dense[8], dense[9], 0, 0, 0, 0, dense[4], dense[5], 0, 0], merged.Values);
    }

    [Fact]
    public void A_table_that_leaves_it_open_comes_as_rows_where_few_are_looked_up()
    {
        VariableGradient Of(int rows, bool whereLeftOpen)
        {
            var table = new Variable(new RandomStream(1).Normal([rows, 2], dtype: DType.Float64), "table");
            var g = Gradient.ValueAndSparseGradient(() => (Loss(table), []), [table], whereLeftOpen).Gradients[0];
            Check.Close(Gradient.Of(() => Loss(table), [table])[0].ToArray<double>(), g.ToDense(table.Shape));
            return g;
        }

        Assert.NotNull(Of(13, true).Rows); // six are looked up
        Assert.Null(Of(12, true).Rows);
        Assert.Null(Of(13, false).Rows);
    }

    public static TheoryData<Optimizer, bool> Choices => new()
    {
        { new SGD(.1) { ClipNorm = .5 }, true },
        { new AdaGrad(.1), true },
        { new SGD(.1) { L2 = .1 }, false },
        { new SGD(.1) { WeightDecay = .1 }, false },
        { new SGD(.1, momentum: .9), false },
        { new Adam(.1), false },
        { new Own(), false },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Rows_are_left_out_where_the_optimizer_would_leave_them_alone(Optimizer optimizer, bool leaves)
    {
        Assert.Equal(leaves, optimizer.LeavesZerosAlone);
        if (!leaves) return;
        var table = new Variable(new RandomStream(1).Normal([6, 2], dtype: DType.Float64), "table");
        optimizer.Apply([table], [new VariableGradient(Tensor.Ones([6, 2], DType.Float64))]); // gathers states
        var before = table.Value.ToArray<double>();
        optimizer.Apply([table], [new VariableGradient(Tensor.Zeros([6, 2], DType.Float64))]);
        Assert.Equal(before, table.Value.ToArray<double>());
    }

    [Fact]
    public void Several_look_ups_add_up_and_another_use_makes_the_gradient_dense()
    {
        var table = Table(true);
        Tensor Two() => Loss(table) + (table.Borrow().Gather(Tensor.From(5, 1)) * 3).Sum();
        var two = Sparse(table, Two);
        Assert.Equal(8, two.Rows!.Size);
        Check.Close(Gradient.Of(Two, [table])[0].ToArray<double>(), two.ToDense(table.Shape));
        Tensor Mixed() => Loss(table) + table.Borrow().Square().Sum();
        var mixed = Sparse(table, Mixed);
        Assert.Null(mixed.Rows);
        Check.Close(Gradient.Of(Mixed, [table])[0].ToArray<double>(), mixed.Values);
        var unused = Sparse(table, () => Tensor.Scalar(1, DType.Float64));
        Check.Close(new double[12], unused.ToDense(table.Shape));
        Assert.Null(Sparse(Table(false), () => Loss(table)).Rows);
    }

    public static TheoryData<string> Exact => ["SGD", "AdaGrad", "SGD, clipped"];

    static Optimizer Named(string name) => name switch
    {
        "SGD" => new SGD(.1),
        "AdaGrad" => new AdaGrad(.1),
        "SGD, clipped" => new SGD(.1) { ClipNorm = .5, ClipValue = .2 },
        "SGD, momentum" => new SGD(.1, momentum: .9),
        "RMSProp" => new RMSProp(.1),
        "AdaDelta" => new AdaDelta(),
        "Adamax" => new Adamax(.1),
        "Nadam" => new Nadam(.1),
        _ => new Adam(.1),
    };

    [Theory]
    [MemberData(nameof(Exact))]
    public void Sparse_updates_equal_dense_ones(string name)
    {
        var (dense, sparse) = (Table(false), Table(true));
        var (a, b) = (Named(name), Named(name));
        for (var step = 0; step < 4; step++)
        {
            a.Apply([dense], Gradient.Of(() => Loss(dense), [dense]));
            b.Apply([sparse], [Sparse(sparse, () => Loss(sparse))]);
            Check.Close(dense.Value.ToArray<double>(), sparse.Value, 1e-14);
        }
    }

    public static TheoryData<string> All => ["SGD", "AdaGrad", "SGD, momentum", "RMSProp", "AdaDelta", "Adam", "Adamax", "Nadam"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_touches_only_its_rows_and_there_does_what_a_dense_update_does(string name)
    {
        var (dense, sparse) = (Table(false), Table(true));
        var before = sparse.Value.ToArray<double>();
        Named(name).Apply([dense], Gradient.Of(() => Loss(dense), [dense]));
        var optimizer = Named(name);
        optimizer.Apply([sparse], [Sparse(sparse, () => Loss(sparse))]);
        var (whole, after) = (dense.Value.ToArray<double>(), sparse.Value.ToArray<double>());
        foreach (var row in (int[])[0, 3, 5]) Assert.Equal(before[(row * 2)..((row * 2) + 2)], after[(row * 2)..((row * 2) + 2)]);
        foreach (var row in (int[])[1, 2, 4])
            for (var i = row * 2; i < (row * 2) + 2; i++)
            {
                Assert.NotEqual(before[i], after[i]);
                Assert.Equal(whole[i], after[i], 1e-12);
            }

        // Another batch leaves these rows where they are: momentum does not go on without them.
        optimizer.Apply([sparse], [new VariableGradient(Tensor.Ones([1, 2], DType.Float64), Tensor.From(0L))]);
        Assert.Equal(after[2..], sparse.Value.ToArray<double>()[2..]);
    }

    [Fact]
    public void An_optimizer_of_ones_own_gets_the_whole_gradient()
    {
        var (table, optimizer) = (Table(true), new Own());
        optimizer.Apply([table], [Sparse(table, () => Loss(table))]);
        Assert.Equal(Shape.Of(6, 2), optimizer.Seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_trains_an_embedding_sparsely(bool eager)
    {
        float[] Trained(bool? sparse)
        {
            var model = new Sequential(
                new Embedding(50, 4, maskZero: true) { SparseGradient = sparse },
                new LSTM(5, recurrentActivation: Activation.Sigmoid, returnSequences: true),
                new GRU(3),
                new Dense(1)) { Seed = 3 };
            model.Compile(new AdaGrad(.1), Nn.Loss.MeanSquaredError);
            var x = Tensor.From(new[,] { { 3, 4, 0 }, { 7, 7, 9 }, { 1, 0, 0 } });
            for (var i = 0; i < 3; i++) model.TrainOnBatch(x, Check.Matrix([1], [2], [3]));
            return [.. model.Weights.SelectMany(w => w.Value.ToArray<float>())];
        }

        var old = Compiled.Eager;
        try
        {
            Compiled.Eager = eager;
            var dense = Trained(false);
            foreach (var sparse in (float[][])[Trained(true), Trained(null)])
                for (var i = 0; i < dense.Length; i++) Assert.Equal(dense[i], sparse[i], 1e-6f);
        }
        finally
        {
            Compiled.Eager = old;
        }
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        var table = Table(true);
        Check.Fails(
            "Optimizer: the gradient of 'table' is float64 [2, 3], but the variable is float64 [6, 2].",
            () =>
            {
                new SGD().Apply([table], [new VariableGradient(Tensor.Zeros([2, 3], DType.Float64), Tensor.From(0L, 1L))]);
                return null;
            });
        Check.Fails(
            "RowUpdate: row 6 is outside 0 … 5.",
            () =>
            {
                new SGD().Apply([table], [new VariableGradient(Tensor.Zeros([1, 2], DType.Float64), Tensor.From(6L))]);
                return null;
            });
    }

    sealed class Own() : Optimizer(0.1)
    {
        public Shape Seen { get; private set; }

        protected override double[] Numbers(double learningRate, long t) => [learningRate];

        protected override Tensor[] Update(Tensor parameter, Tensor gradient, Tensor[] state, Tensor numbers)
        {
            Seen = gradient.Shape;
            return [parameter - (gradient * .1)];
        }
    }
}
