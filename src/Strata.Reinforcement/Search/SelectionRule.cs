using System.Runtime.CompilerServices;

namespace Strata.Reinforcement.Search;

/// <summary>How a search weighs what it knows of a move against how little it tried it: the move with the largest Q(s, a) + U(s, a) is followed.
/// N(s) counts the visits of the position, its own evaluation among them; N(s, a) those of the move; P(s, a) is the move's prior.</summary>
public abstract record SelectionRule
{
    /// <summary>U = c·P·√(Σ_b N(s, b)) / (1 + N(s, a)) (Silver et al. 2016, 2017: a variant of Rosin's PUCT). While no move was
    /// visited U is 0 for all; the largest prior then goes first.</summary>
    /// <param name="Constant">c; 5 in AlphaGo. AlphaGo Zero does not state its own.</param>
    public sealed record Puct(double Constant) : SelectionRule
    {
        internal override double Weight(int visits) => Constant * Math.Sqrt(visits - 1);
    }

    /// <summary>U = c(s)·P·√N(s) / (1 + N(s, a)), c(s) = ln((1 + N(s) + base)/base) + init (AlphaZero, Silver et al. 2018).</summary>
    /// <param name="Base">Visits at which exploration begins to grow.</param>
    /// <param name="Init">c of a position without visits.</param>
    public sealed record AlphaZero(double Base = 19652, double Init = 1.25) : SelectionRule
    {
        internal override double Weight(int visits) => Rate(visits) * Math.Sqrt(visits);

        /// <summary>c(s) for N(s) = <paramref name="visits"/>.</summary>
        public double Rate(int visits) => Math.Log((1 + visits + Base) / Base) + Init;
    }

    /// <summary>U = P / (1 + N(s, a)): the form in which lectures write AlphaGo's search.</summary>
    public sealed record Plain : SelectionRule
    {
        internal override double Weight(int visits) => 1;
    }

    /// <summary>U = c·√(ln N(s) / N(s, a)): UCB1 in a tree (UCT, Kocsis and Szepesvári 2006). A move without visits goes
    /// first; priors do not count, but for moves whose prior is 0, which are left out.</summary>
    /// <param name="Constant">c, on values in −1 … 1; √2 there is what 1/√2 is on 0 … 1.</param>
    public sealed record Uct(double Constant = 1.4) : SelectionRule
    {
        internal override double Weight(int visits) => Constant * Math.Sqrt(Math.Log(Math.Max(1, visits)));
    }

    static readonly ConditionalWeakTable<SelectionRule, float[]> weights = [];

    /// <summary><see cref="Weight"/> of the first numbers of visits: logarithms and roots once for many searches.</summary>
    internal float[] Weights => weights.GetValue(this, rule => [.. Enumerable.Range(0, 4096).Select(visits => (float)rule.Weight(Math.Max(1, visits)))]);

    /// <summary>The factor of U that is alike for all moves of a position.</summary>
    /// <param name="visits">N(s), at least 1.</param>
    internal abstract double Weight(int visits);
}
