using System.Text.Json;
using System.Xml.Linq;
using Strata.Compilation;
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
