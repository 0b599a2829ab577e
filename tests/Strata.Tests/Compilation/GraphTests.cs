using Strata.Compilation;
using Strata.Compilation.Inspection;
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
