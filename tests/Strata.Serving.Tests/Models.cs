using Strata.Nn;

namespace Strata.Serving.Tests;

static class Models
{
    /// <summary>[2, 2] → 3 numbers.</summary>
    public static Sequential Small()
    {
        var model = new Sequential(new Flatten(), new Dense(3, Activation.Tanh)) { Seed = 1, Name = "small" };
        model.BuildFor([2, 2]);
        return model;
    }

    public static Sequential OfTokens()
    {
        var model = new Sequential(new Embedding(5, 3), new Flatten()) { Seed = 1 };
        model.BuildFor([2], DType.Int32);
        return model;
    }

    /// <summary>Sum and difference of a [2] and b [2].</summary>
    public static Model OfTwo()
    {
        var (a, b) = (new Input([2]) { Name = "a" }, new Input([2]) { Name = "b" });
        return new Model([a, b], [new Add { Name = "sum" }.Apply([a, b]), new Subtract { Name = "difference" }.Apply([a, b])]);
    }

    /// <summary>Doubles a number; each run waits until it is let through.</summary>
    public sealed class Gated : Model
    {
        public Gated()
        {
            BuildFor([1]);
            Gate.Reset();
            Entered.Reset();
        }

        /// <summary>Lets runs through.</summary>
        public ManualResetEventSlim Gate { get; } = new(true);

        /// <summary>Tells that a run waits.</summary>
        public ManualResetEventSlim Entered { get; } = new();

        /// <summary>Whether runs wait.</summary>
        public bool Closed { get; set; }

        protected override Tensor Call(Tensor x, CallContext context)
        {
            Compiled.OnHost(() =>
            {
                if (!Closed) return;
                Entered.Set();
                Gate.Wait();
            });
            return 2 * x;
        }
    }
}
