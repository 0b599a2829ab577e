using System.Text.Json;
using System.Xml.Linq;
using Strata.Compilation;
using Strata.Operations;
using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>Plans can be read, drawn and measured.</summary>
[Collection("Engine settings")]
public class PlanTests
{
    static readonly Variable w = new(Tensor.From<float>(1, -1, 2), "w");
    static readonly Variable b = new(Tensor.Scalar(.25), "b");

    static Func<Tensor, Tensor> Decision()
    {
        var f = Compiled.Function((Tensor x) => x * w + b > .5, CompileOptions.Default.Without("fusion"));
        f(Tensor.From<float>(1, 2, 3));
        return f;
    }

    static Func<Tensor, Tensor> Step()
    {
        var v = new Variable(Tensor.Ones([4, 4]), "v");
        var f = Compiled.Function((Tensor x) =>
        {
            var y = x.MatMul(v).Tanh().Exp().Sin();
            v.Assign(v - y * .1);
            return y.Sum();
        }, new CompileOptions { Level = 2 });
        f(Tensor.Ones([4, 4]));
        return f;
    }

    [Fact]
    public void A_plan_is_numbered_lines()
    {
        var plan = Compiled.Plan(Decision());
        Assert.Equal(
            """
            %0 = argument 0        float32 [3]
            %1 = variable w        float32 [3]
            %2 = Multiply(%0, %1)  float32 [3]
            %3 = variable b        float32 []
            %4 = Add(%2, %3)       float32 [3]
            %5 = Greater(%4, 0.5)  bool [3]
            return %5

            """.Replace("\r", ""),
            plan.Traced);
        var lines = plan.ToString().Split('\n');
        Assert.StartsWith("3 operations (3 traced), arena ", lines[0]);
        Assert.Equal("%4 = Add(%2, %3)       float32 [3]  arena +0, in place", lines[5]);
        Assert.Contains(lines, line => line.StartsWith("after simplify", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_is_a_formula_before_and_after()
    {
        var plan = Compiled.Plan(Decision());
        Assert.Equal("return (((argument 0 · variable w) + variable b) > 0.5)\n", plan.ToFormula());
    }

    [Fact]
    public void A_plan_is_a_tree() => Assert.Equal(
        """
        %5 Greater  bool [3]
          %4 Add  float32 [3]
            %2 Multiply  float32 [3]
              %0 argument 0  float32 [3]
              %1 variable w  float32 [3]
            %3 variable b  float32 []
          0.5

        """.Replace("\r", ""),
        Compiled.Plan(Decision()).ToTree());

    [Fact]
    public void A_plan_is_a_graph_for_Graphviz()
    {
        var dot = Compiled.Plan(Decision()).ToDot();
        Assert.StartsWith("digraph plan {", dot);
        Assert.Contains("n4 [label=\"Add\\nfloat32 [3]\"];", dot);
        Assert.Contains("n2 -> n4;", dot);
        Assert.Equal(dot.Count(c => c == '{'), dot.Count(c => c == '}'));
        foreach (var line in dot.Split('\n')[2..^2]) Assert.Matches("""^  (n\d+ \[label=".*"(, style=rounded)?\];|(n|end)\d+ -> (n|end)\d+;|end\d+ \[label=".*", shape=plaintext\];)$""", line);
    }

    [Fact]
    public void A_plan_is_a_picture_whose_boxes_do_not_overlap()
    {
        var svg = XDocument.Parse(Compiled.Plan(Step()).ToSvg(traced: true));
        XNamespace ns = "http://www.w3.org/2000/svg";
        double Number(XElement e, string name) => double.Parse(e.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var boxes = svg.Descendants(ns + "rect").Select(r => (X: Number(r, "x"), Y: Number(r, "y"), W: Number(r, "width"))).ToArray();
        Assert.True(boxes.Length >= 8);
        foreach (var row in boxes.GroupBy(box => box.Y))
        {
            var ordered = row.OrderBy(box => box.X).ToArray();
            for (var i = 1; i < ordered.Length; i++) Assert.True(ordered[i - 1].X + ordered[i - 1].W <= ordered[i].X + .2);
        }
    }

    [Fact]
    public void A_page_about_a_plan_needs_no_other_file()
    {
        var html = Compiled.Plan(Step()).ToHtml();
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("href=", html);
        Assert.Equal(["http://www.w3.org/2000/svg"], html.Split('"', '\'', ' ').Where(part => part.StartsWith("http", StringComparison.Ordinal)).Distinct());
        Assert.Contains("MatMul", html);
    }

    [Fact]
    public void A_plan_knows_its_passes_and_its_memory()
    {
        var f = Step();
        var plan = Compiled.Plan(f);
        Assert.Equal(Compiler.Passes.Where(pass => pass.Level <= 2).Select(pass => pass.Name), plan.Passes.Select(pass => pass.Name));
        Assert.Equal(Compiled.Of(f).Latest!.Value.Plan.Memory.ArenaBytes, plan.ArenaBytes);
        Assert.True(plan.ArenaBytes > 0);
        Assert.Contains("MatMul", plan.Operations);
        Assert.Throws<StrataException>(() => Compiled.Plan(Compiled.Function((Tensor x) => x)));
    }

    [Fact]
    public void A_network_of_twenty_layers_runs_in_the_memory_of_two_activations()
    {
        var random = new Strata.Random.RandomStream(1);
        var weights = Enumerable.Range(0, 20).Select(_ => new Variable(random.Normal([64, 64]))).ToArray();
        var f = Compiled.Function((Tensor x) => weights.Aggregate(x, (h, w) => (h.MatMul(w) + 1).Tanh()));
        f(Tensor.Ones([128, 64]));
        Assert.True(Compiled.Plan(f).ArenaBytes <= 2 * 128 * 64 * sizeof(float), $"{Compiled.Plan(f).ArenaBytes} bytes");
    }

    [Fact]
    public void Slices_are_written_and_added_to_in_one_place()
    {
        Tensor Chain(Tensor x)
        {
            x *= 2.0;
            for (var i = 0; i < 10; i++)
            {
                var next = x[i + 1] * .5; // before x is written over
                x = x.WithSlice(Tensor.Scalar(i), i).WithSliceAdded(next, AxisIndex.Rest, i);
            }

            return x.Sum(0);
        }

        var x = Tensor.Arange(0, 10_000, dtype: DType.Float32).Reshape(100, 100);
        var f = Compiled.Function<Tensor, Tensor>(Chain);
        Check.Close(Chain(x), f(x), 1e-6);
        var plan = Compiled.Of(f).Latest!.Value.Plan;
        var places = plan.Work.Where(node => node.Operation is WithSlice or WithSliceAdded).Select(node => plan.Memory[node.Outputs[0]]).ToArray();
        Assert.Equal(20, places.Length);
        Assert.Single(places.Distinct());
        Assert.Equal(Tensor.Arange(0, 10_000, dtype: DType.Float32).ToArray<float>(), x.ToArray<float>()); // never the argument's
    }

    [Fact]
    public void A_tensor_that_is_read_again_is_not_written_over()
    {
        var f = Compiled.Function((Tensor x) =>
        {
            var a = x * 2.0;
            var b = a.WithSlice(Tensor.Scalar(0), 0);
            var sum = a + (b * 10.0);
            var flipped = b.WithSlice(b, AxisIndex.Every(.., -1)); // reads b last, but each element's place is another's
            return sum + (flipped * 100.0);
        });
        Check.Equal(Tensor.From<float>(602, 444, 66), f(Tensor.From<float>(1, 2, 3)));
    }

    [Fact]
    public void A_profiler_sees_each_operation_of_each_run()
    {
        var f = Step();
        var operations = Compiled.Plan(f).Operations;
        Profiler profiler;
        using (profiler = Profiler.Start())
        {
            for (var i = 0; i < 3; i++) f(Tensor.Ones([4, 4]));
            Assert.Throws<StrataException>(Profiler.Start);
        }

        f(Tensor.Ones([4, 4]));
        Assert.True(profiler.Runs >= 3); // other tests may run plans at the same time
        var matMul = profiler.Nodes.Single(row => row.Name == "MatMul(float32 [4, 4], float32 [4, 4]) → float32 [4, 4]");
        Assert.Equal(3, matMul.Calls);
        Assert.Equal(3 * 3 * 64, matMul.Bytes);
        Assert.Subset(profiler.Operations.Select(row => row.Name).ToHashSet(), operations.ToHashSet());
        Assert.InRange(profiler.Coverage, 0, 1);
        Assert.True(profiler.Nodes.Sum(row => row.Time.Ticks) <= profiler.Total.Ticks);
        Assert.True(profiler.ArenaBytes >= Compiled.Plan(f).ArenaBytes);
        Assert.Contains("MatMul", profiler.ToString());
        using var json = JsonDocument.Parse(profiler.ToJson());
        Assert.Equal(profiler.Runs, json.RootElement.GetProperty("runs").GetInt64());
        Assert.Contains(json.RootElement.GetProperty("operations").EnumerateArray(), row => row.GetProperty("name").GetString() == "MatMul");
    }

    [Fact]
    public void A_profiler_looks_inside_loops()
    {
        var w = Tensor.Ones([5, 5]);
        var f = Compiled.Function((Tensor x) => Flow.Scan((row, h) => (row + h.MatMul(w)).Tanh(), x, Tensor.Ones([3, 5])));
        f(Tensor.Ones([7, 3, 5]));
        using var profiler = Profiler.Start();
        f(Tensor.Ones([7, 3, 5]));
        Assert.Contains(profiler.InsideLoops, row => row.Name.Contains("[3, 5], float32 [5, 5]", StringComparison.Ordinal) && row.Calls == 7);
        Assert.DoesNotContain(profiler.Nodes, row => row.Name.Contains("[3, 5], float32 [5, 5]", StringComparison.Ordinal) && row.Calls == 7);
        Assert.Contains("inside loops", profiler.ToString());
    }

    [Fact]
    public void A_hook_sees_each_operation_once_in_order()
    {
        var seen = new List<string>();
        var f = Compiled.Function((Tensor x) => x.Exp().Sum() * 2, new CompileOptions { OnNode = (name, outputs) => seen.Add($"{name} {outputs[0].Shape}") }.Without("fusion"));
        f(Tensor.Ones([3]));
        Assert.Equal(["Exp [3]", "Sum []", "Multiply []"], seen);
    }

    [Fact]
    public void A_tensor_can_be_looked_at_inside_of_a_compiled_function()
    {
        var seen = new List<double>();
        Tensor F(Tensor x) => Gradient.Of(x => x.Square().Inspect(y => seen.Add(y.Sum().Item())).Sum(), x);
        var f = Compiled.Function<Tensor, Tensor>(F);
        Check.Equal(Tensor.Full([2], 6), f(Tensor.Full([2], 3)));
        Check.Equal(Tensor.Full([2], 2), f(Tensor.Ones([2])));
        Assert.Equal([18, 2], seen);
        F(Tensor.Ones([2]));
        Assert.Equal([18, 2, 2], seen);
    }
}
