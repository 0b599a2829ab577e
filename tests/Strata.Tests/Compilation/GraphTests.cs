using Strata.Compilation;
using Strata.Compilation.Inspection;
using Strata.Random;
using Xunit;

namespace Strata.Tests.Compilation;

public class GraphTests
{
    static readonly Tensor a = Tensor.From<float>(1, 2);
    static readonly Tensor b = Tensor.From<float>(3, 5);
    static readonly Tensor c = Tensor.From<float>(7, 11);

    static Graph Product(out Tensor x, out Tensor y, out Tensor z, out Tensor product)
    {
        var tracer = new Tracer();
        (x, y, z, product) = tracer.Run(() =>
        {
            var (first, second, third) = (tracer.Argument(a.Type), tracer.Argument(b.Type), tracer.Argument(c.Type));
            return (first, second, third, first.Exp().Log() * second);
        });
        tracer.Graph.Results.Add(product);
        return tracer.Graph;
    }

    static Tensor Value(Graph graph) => Interpreter.Run(graph, leaf => new[] { a, b, c }[((Argument)leaf).Index])[graph.Results[0]];

    [Fact]
    public void A_clone_with_a_replacement_computes_with_it_and_the_original_does_not()
    {
        var graph = Product(out var x, out _, out var z, out _);
        Check.Close(c * b, Value(graph.Clone(new Dictionary<Tensor, Tensor> { [x] = z })));
        Check.Close(a * b, Value(graph.Clone(new Dictionary<Tensor, Tensor>())));
        Check.Close(a * b, Value(graph));
    }

    [Fact]
    public void The_ancestors_of_a_tensor_are_what_it_depends_on()
    {
        var graph = Product(out var x, out var y, out _, out var product);
        Assert.Equal(["Argument", "Argument", "Exp", "Log", "Multiply"], graph.Ancestors(product).Select(node => node.Operation.Name));
        Assert.Equal([x.Node!], graph.Ancestors(x));
        Assert.DoesNotContain(y.Node!, graph.Ancestors(product.Node!.Inputs[0]));
    }

    [Fact]
    public void Types_are_inferred_without_a_computation()
    {
        var runs = 0;
        var types = Compiled.InferTypes(x => [x[0].Log().Inspect(_ => runs++) + x[1]], new TensorType([1 << 20, 1], DType.Float32), new TensorType([1 << 20], DType.Float64));
        Assert.Equal([new TensorType([1 << 20, 1 << 20], DType.Float64)], types);
        Assert.Equal(0, runs);
    }

    [Fact]
    public void An_argument_that_is_not_used_is_told_of_or_fails()
    {
        static Tensor First(Tensor x, Tensor y)
        {
            y.Exp(); // and forgotten
            return x * 2;
        }

        Check.Equal(a * 2, Compiled.Function<Tensor, Tensor, Tensor>(First)(a, b));
        var strict = Compiled.Function<Tensor, Tensor, Tensor>(First, new CompileOptions { OnUnusedArgument = UnusedArgument.Fail });
        Assert.StartsWith("Compiled: the argument 1 (float32 [2]) is not used by the function", Assert.Throws<StrataException>(() => strict(a, b)).Message);
        Compiled.Function((Tensor x, Tensor y) => (x, y), new CompileOptions { OnUnusedArgument = UnusedArgument.Fail })(a, b);
    }

    [Fact]
    public void A_part_of_a_resident_data_set_equals_the_batch_as_argument()
    {
        var data = new Variable(Tensor.Arange(0, 20, 1, DType.Float32).Reshape(10, 2), "data", trainable: false);
        var resident = Compiled.Function((Tensor rows) => data.Borrow().Gather(rows).Square().Sum());
        var given = Compiled.Function((Tensor batch) => batch.Square().Sum());
        Check.Equal(given(data.Value[2..4]), resident(Tensor.From<int>(2, 3)));
    }

    [Fact]
    public void One_function_runs_on_other_variables_that_it_is_given()
    {
        var (train, test) = (new Variable(Tensor.Scalar(0), "train"), new Variable(Tensor.Scalar(100), "test"));
        var traces = 0;
        var count = Compiled.Function((Variable state, Tensor x) =>
        {
            traces++;
            state.Assign(state + x.Sum());
            return state.Borrow() * 1;
        });
        count(train, a);
        count(test, b);
        Assert.Equal(6, count(train, a).Item());
        Assert.Equal((6, 108), (train.Value.Item(), test.Value.Item()));
        Assert.Equal(2, traces);
    }

    [Fact]
    public void An_equal_graph_of_other_variables_takes_over_what_the_passes_made()
    {
        var (v, w) = (new Variable(Tensor.Ones([3]), "v"), new Variable(Tensor.Ones([3]) * 2, "w"));
        Func<Tensor, Tensor> Step(Variable state, double rate, RandomStream random) => Compiled.Function((Tensor x) =>
        {
            state.Assign(state + rate * (x.Exp() * 3 - x).Tanh());
            return (state * Compiled.Number(() => rate)).Sum() + random.Normal([2]).Sum() * 0;
        });
        var (first, second, other) = (Step(v, .5, new RandomStream(1)), Step(w, .5, new RandomStream(2)), Step(v, .25, new RandomStream(1)));
        var x = Tensor.From([.1f, -.2f, .3f], [3]);
        first(x);
        second(x);
        other(x);
        Assert.False(Compiled.Plan(first).IsShared);
        Assert.True(Compiled.Plan(second).IsShared);
        Assert.Empty(Compiled.Plan(second).Passes);
        Assert.False(Compiled.Plan(other).IsShared); // another constant
        Compiled.Plan(second).Operations.Zip(Compiled.Plan(first).Operations).ToList().ForEach(pair => Assert.Equal(pair.Second, pair.First));
        Check.Close(Tensor.Ones([3]) + .75 * (x.Exp() * 3 - x).Tanh(), v.Value, 1e-6, "v after two steps");
        Check.Close(2 + .5 * (x.Exp() * 3 - x).Tanh(), w.Value, 1e-6, "w after one");
    }

    [Fact]
    public void A_graph_that_reads_one_variable_twice_is_not_one_that_reads_two()
    {
        var (v, w) = (new Variable(Tensor.Ones([2]), "v"), new Variable(Tensor.Ones([2]) * 3, "w"));
        var twice = Compiled.Function(() => (v + v) * 2);
        var two = Compiled.Function(() => (v + w) * 2);
        Check.Equal(Tensor.Ones([2]) * 4, twice());
        Check.Equal(Tensor.Ones([2]) * 8, two());
    }

    [Fact]
    public void An_argument_that_is_given_away_lends_its_memory_and_no_other_does()
    {
        var options = new CompileOptions { Donated = [0] };
        var f = Compiled.Function((Tensor state, Tensor x) => (state * .5 + x).Tanh(), options);
        var (state, x) = (Tensor.Ones([4]), Tensor.Ones([4]) * 2);
        var result = f(state, x);
        Check.Close(Tensor.Ones([4]) * Math.Tanh(2.5), result, 1e-6, "the result");
        Check.Equal(result, state); // the result lies where the state lay
        Check.Equal(Tensor.Ones([4]) * 2, x);

        var kept = Compiled.Function((Tensor state, Tensor x) => (state * .5 + x).Tanh());
        state = Tensor.Ones([4]);
        kept(state, x);
        Check.Equal(Tensor.Ones([4]), state);
    }

    [Fact]
    public void A_borrowed_value_ends_with_the_next_assignment_and_a_copied_one_does_not()
    {
        var v = new Variable(Tensor.Ones([2]), "v");
        var (copy, borrowed) = (v.Value, v.Borrow());
        v.Assign(a);
        Check.Equal(Tensor.Ones([2]), copy);
        Assert.Throws<StrataException>(() => borrowed.ToArray<float>());
        Check.Equal(a, v.Borrow());
    }
}
