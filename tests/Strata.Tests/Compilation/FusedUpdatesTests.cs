using Strata.Operations;
using Strata.Tests.Kernels;

namespace Strata.Tests.Compilation;

[Collection("Engine settings")]
public class FusedUpdatesTests
{
    static Tensor Sample(Shape shape, int seed) => Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(i => Math.Sin(seed + i)).ToArray(), shape).Cast(DType.Float32);

    [Fact]
    public void The_updates_of_all_parameters_are_one_node_and_give_the_bits_of_the_single_ones()
    {
        Shape[] shapes = [[3], [70, 33], [1], [40000], [5, 5]];
        foreach (var (rule, numbers) in new (ParameterUpdate, double[])[]
        {
            (new SgdUpdate(false, false), [0, 1, 0.1, 0]), (new SgdUpdate(true, true), [0.01, 1, 0.1, 0.9]), (new AdamUpdate(false), [0, 0.99, 0.1, 0.9, 0.1, 0.99, 0.01, 1e-8]),
            (new AdamUpdate(true), [0, 1, 0.1, 0.9, 0.1, 0.99, 0.01, 1e-8]),
        })
            foreach (var threads in new[] { 1, 2, 3 })
                Settings.With(threads, () =>
                {
                    var variables = shapes.Select((s, i) => Enumerable.Range(0, rule.States + 1).Select(j => new Variable(Sample(s, i).Abs() + j)).ToArray()).ToArray();
                    var expected = variables.Select(own => Array.ConvertAll(own, v => v.Value)).ToArray();
                    var n = Tensor.From<double>(numbers);
                    var step = Compiled.Function((Tensor[] gradients) =>
                    {
                        for (var i = 0; i < variables.Length; i++)
                        {
                            var next = rule.Apply([variables[i][0], gradients[i], .. variables[i][1..].Select(v => v.Borrow()), n]);
                            for (var j = 0; j < next.Length; j++) variables[i][j].Adopt(next[j]);
                        }

                        return gradients[0] * 2;
                    });
                    for (var run = 0; run < 2; run++)
                    {
                        var gradients = shapes.Select((s, i) => Sample(s, 10 * run + i)).ToArray();
                        step(gradients);
                        for (var i = 0; i < variables.Length; i++)
                        {
                            expected[i] = rule.Apply([expected[i][0], gradients[i], .. expected[i][1..], n]);
                            for (var j = 0; j < expected[i].Length; j++) Check.Equal(expected[i][j], variables[i][j].Value, $"{rule}, parameter {i}, {j}, {threads} threads");
                        }
                    }

                    var plan = Compiled.Of(step).Latest!.Value.Plan;
                    var update = Assert.Single(plan.Work, node => node.Operation is FusedUpdates);
                    Assert.All(update.Outputs, y => Assert.Equal(Strata.Compilation.Planning.BufferKind.Variable, plan.Memory[y].Kind)); // in place
                });
    }
}
