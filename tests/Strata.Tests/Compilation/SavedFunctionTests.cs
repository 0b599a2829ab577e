using Strata.Random;
using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>Functions that go to a file and come back.</summary>
public class SavedFunctionTests
{
    [Fact]
    public void A_training_step_comes_back_with_its_variables_and_goes_on_to_the_bit()
    {
        var random = new RandomStream(1);
        var (kernel, bias) = (new Variable(random.Normal([3, 3, 2, 4]), "kernel"), new Variable(Tensor.Zeros([4]), "bias"));
        var step = Compiled.Function((Tensor x, Tensor y) =>
        {
            Variable[] weights = [kernel, bias];
            var (loss, gradients) = Gradient.ValueAndGradient(
                () => Tensor.SoftmaxCrossEntropy((x.Convolution(kernel, [2, 1], Padding.Same, []) + bias).Relu().MaxPool([2, 2], [1, 2], Padding.Same).Mean([1, 2]), y).Mean(), weights);
            for (var i = 0; i < 2; i++) weights[i].Assign(weights[i] - .1 * gradients[i]);
            return (loss, gradients[0]);
        });
        var (x, y) = (random.Normal([5, 6, 4, 2]), random.Integers([5], 0, 4));
        step(x, y);
        var loaded = Through(step);
        Assert.Equal(["kernel", "bias"], loaded.Variables.Select(v => v.Name));
        for (var i = 0; i < 3; i++)
        {
            var (loss, gradient) = step(x, y);
            var results = loaded.Run(x, y);
            Check.Equal(loss, results[0]);
            Check.Equal(gradient, results[1]);
        }

        Check.Equal(kernel.Value, loaded.Variables[0].Value);
        Assert.Throws<ShapeException>(() => loaded.Run(x));
        Assert.Equal("SavedFunction: argument 0 is a float32 [2, 6, 4, 2]; the function was saved for a float32 [5, 6, 4, 2].", Assert.Throws<ShapeException>(() => loaded.Run(random.Normal([2, 6, 4, 2]), y)).Message);
    }

    [Fact]
    public void Loops_and_branches_come_back_with_their_gradients()
    {
        var weight = new Variable(new RandomStream(2).Normal([3, 3]) * .3, "w");
        var f = Compiled.Function((Tensor x, Tensor h) => Gradient.ValueAndGradient(z =>
        {
            var (last, outputs) = Flow.Scan(
                (items, states) =>
                {
                    var next = (states[0].MatMul(weight) + items[0]).Tanh();
                    return ([next], [next * 2]);
                },
                [x],
                [z[0]]);
            return Flow.Cond(outputs[0].Sum() > 0, () => (outputs[0] * last[0]).Sum(), () => outputs[0].Square().Sum());
        }, [h]));
        var random = new RandomStream(3);
        var (x, h) = (random.Normal([4, 2, 3]), random.Normal([2, 3]));
        var (value, gradients) = f(x, h);
        var results = Through(f).Run(x, h);
        Check.Equal(value, results[0]);
        Check.Equal(gradients[0], results[1]);
    }

    [Fact]
    public void Random_programs_come_back_to_the_bit()
    {
        for (var (seed, done) = (0, 0); done < 25; seed++)
        {
            var program = new RandomProgram(seed);
            var x = program.Arguments();
            var f = Compiled.Function<Tensor[], Tensor[]>(program.RunWithGradient);
            var expected = f(x);
            SavedFunction loaded;
            try
            {
                loaded = Through(f);
            }
            catch (StrataException e) when (e.Message.Contains("reads the host", StringComparison.Ordinal))
            {
                continue; // it draws random numbers
            }

            var actual = loaded.Run(x);
            for (var i = 0; i < expected.Length; i++) Check.Equal(expected[i], actual[i], $"program {seed}, output {i}");
            done++;
        }
    }

    [Fact]
    public void What_a_file_cannot_hold_or_does_not_hold_is_said()
    {
        var drawing = Compiled.Function((Tensor x) => x * Compiled.Number(() => 2));
        Assert.Contains("was not called yet", Assert.Throws<StrataException>(() => SavedFunction.Save(drawing, "unused")).Message, StringComparison.Ordinal);
        drawing(Tensor.Ones([2]));
        Assert.Contains("reads the host at each run", Assert.Throws<StrataException>(() => SavedFunction.Save(drawing, "unused")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists("unused"));

        var f = Compiled.Function((Tensor x) => x.Exp() + Tensor.From<float>(1, 2));
        f(Tensor.Ones([2]));
        var path = Path.GetTempFileName();
        try
        {
            SavedFunction.Save(f, path);
            var text = File.ReadAllText(path);
            foreach (var (part, other, message) in new[]
            {
                ("strata-function", "onnx", "format"),
                ("\"version\":1", "\"version\":9", "version 9"),
                ("Strata.Operations.Exp", "System.IO.File", "'System.IO.File' is not an operation"),
                ("[2]", "[3]", "8 bytes are given for a float32 [3]"),
                ("\"nodes\"", "\"knots\"", "a part is missing"),
                ("{", "", "saved function"),
            })
            {
                Assert.Contains(part, text, StringComparison.Ordinal);
                File.WriteAllText(path, text.Replace(part, other, StringComparison.Ordinal));
                Assert.Contains(message, Assert.Throws<StrataException>(() => SavedFunction.Load(path)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    static SavedFunction Through(Delegate f)
    {
        var path = Path.GetTempFileName();
        try
        {
            SavedFunction.Save(f, path);
            return SavedFunction.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
