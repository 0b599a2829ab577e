namespace Strata.Differentiation
{
    /// <summary>The rule that is in force on this thread.</summary>
    internal static class ReluRules
    {
        [ThreadStatic]
        static ReluRule current;

        public static ReluRule Current => current;

        public static T Within<T>(ReluRule rule, Func<T> f)
        {
            var before = current;
            current = rule;
            try
            {
                return f();
            }
            finally
            {
                current = before;
            }
        }
    }
}

namespace Strata
{
    /// <summary>What goes back through y = max(x, 0), of what comes from above. The rules differ in nothing else, and only the first is a derivative; the others
    /// show more clearly what in a picture a unit answers to.</summary>
    public enum ReluRule
    {
        /// <summary>The derivative: what comes from above where x &gt; 0, else 0.</summary>
        Gradient,

        /// <summary>What comes from above where that is positive, else 0, whatever x was (Zeiler and Fergus 2013, arXiv:1311.2901, section 2.1).</summary>
        Deconvolution,

        /// <summary>What comes from above where both that and x are positive, else 0 (Springenberg et al. 2014, arXiv:1412.6806, section 3.4).</summary>
        Guided,
    }

    public static partial class Gradient
    {
        /// <summary>Runs <paramref name="f"/>, in which gradients pass rectifiers by a rule. In a compiled function it must be called inside.</summary>
        /// <param name="rule">What goes back through a rectifier.</param>
        /// <param name="f">Calls <see cref="Gradient"/>, or a pullback that it gave.</param>
        public static T WithReluRule<T>(ReluRule rule, Func<T> f) => Differentiation.ReluRules.Within(rule, f);
    }
}
