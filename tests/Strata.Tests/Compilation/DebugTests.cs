using Strata.Compilation;
using Strata.Compilation.Inspection;
using Strata.Compilation.Passes;
using Strata.Kernels;
using Strata.Operations;
using Strata.Random;
using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>The debug mode finds who is at fault.</summary>
public class DebugTests
{
    static readonly Tensor x = Tensor.From<float>(1, 2, 3, 4);

    static string FaultOf(Func<Tensor, Tensor> f, params Pass[] passes) =>
        Assert.ThrowsAny<StrataException>(() => Compiled.Function(f, new CompileOptions { Level = 2, Debug = true, Extra = passes })(x)).Message;

    [Fact]
    public void A_right_step_runs_as_without()
    {
        var random = new RandomStream(1);
        var v = new Variable(Tensor.Ones([4]), "v");
        var steps = 0;
        var step = Compiled.Function(
            (Tensor x) =>
            {
                Compiled.OnHost(() => steps++);
                var (loss, gradients) = Gradient.ValueAndGradient(() => (v * x + random.Normal([4])).Square().Mean(), [v]);
                v.Assign(v - gradients[0] * .1);
                return loss;
            },
            new CompileOptions { Debug = true });
        var same = new RandomStream(1);
        var w = new Variable(Tensor.Ones([4]), "v");
        for (var i = 0; i < 3; i++)
        {
            var (loss, gradients) = Gradient.ValueAndGradient(() => (w * x + same.Normal([4])).Square().Mean(), [w]);
            w.Assign(w - gradients[0] * .1);
            Check.Close(loss, step(x));
            Check.Close(w.Value, v.Value);
        }

        Assert.Equal(3, steps);
    }

    [Fact]
    public void A_wrong_pass_is_named_with_the_graph_before_and_after()
    {
        var wrong = new Pass("wrong", 0, graph => Rewriting.Rewrite(graph, (node, inputs) => node.Operation is Exp ? [inputs[0].Sin()] : null));
        var message = FaultOf(x => x.Exp() + 1, new Pass("right", 0, graph => graph), wrong);
        Assert.StartsWith("Debug: the pass wrong is at fault: result 0: element 0 is 1.84", message);
        Assert.Contains("before\n", message);
        Assert.Contains("Sin(", message[message.IndexOf("after\n", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void A_pass_that_makes_an_unsound_graph_is_named()
    {
        var unsound = new Pass("unsound", 0, graph =>
        {
            var other = Rewriting.Rewrite(graph, (_, _) => null);
            other.Results[0] = graph.Results[0];
            return other;
        });
        Assert.StartsWith("Debug: after the pass unsound the graph is not sound: an end of type float32 [4] is of another graph", FaultOf(x => x.Exp(), unsound));
    }

    [Fact]
    public void A_pass_that_depends_on_what_ran_before_is_found()
    {
        var runs = 0;
        var moody = new Pass("moody", 0, graph => ++runs % 2 == 0 ? Rewriting.Rewrite(graph, (node, x) => node.Operation is Exp ? [x[0].Exp() * 1] : null) : graph);
        Assert.StartsWith("Debug: the passes gave another graph when they ran again.", FaultOf(x => x.Exp(), moody));
    }

    [Fact]
    public void An_operation_that_lies_about_working_in_place_is_found() =>
        Assert.StartsWith(
            "Debug: the operation Backward(float32 [4]) → float32 [4] is at fault: it says that output 0 may be written over input 0",
            FaultOf(x => new Backward(Lies: true).Apply(x.Exp()) + 1));

    [Fact]
    public void An_operation_that_tells_the_truth_passes()
    {
        var f = Compiled.Function((Tensor x) => new Backward(Lies: false).Apply(x.Exp()) + 1, new CompileOptions { Debug = true });
        Check.Close(x.Exp().Flip() + 1, f(x));
    }

    [Fact]
    public void An_operation_with_other_results_each_time_is_found() =>
        Assert.Contains("gives another result when it runs again", FaultOf(x => new Unsteady().Apply(x)));

    [Fact]
    public void Random_programs_pass_in_debug_mode()
    {
        for (var seed = 1000; seed < 1040; seed++)
        {
            var program = new RandomProgram(seed);
            Compiled.Function<Tensor[], Tensor[]>(program.RunWithGradient, new CompileOptions { Debug = true })(program.Arguments());
        }
    }

    /// <summary>y_i = x_(n−1−i).</summary>
    sealed record Backward(bool Lies) : Unary
    {
        internal override bool Overwrites(int input, int output) => Lies;

        protected override void Run(CpuKernels k, Tensor x, Tensor y)
        {
            for (var i = 0; i < x.Size; i++) y.Writable<float>()[i] = x.AsSpan<float>()[(int)x.Size - 1 - i];
        }
    }

    sealed record Unsteady : Unary
    {
        static int runs;

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => y.Writable<float>().Fill(1 + (.00001f * runs++));
    }
}
