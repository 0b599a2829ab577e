namespace Strata.Reinforcement;

/// <summary>The Bellman operators of a finite process for one γ, on tables of Q [states·actions] and V [states], row-major in double precision.</summary>
/// <param name="mdp">The process.</param>
/// <param name="discount">γ in [0, 1].</param>
public sealed class BellmanOperator(FiniteMdp mdp, double discount)
{
    /// <summary>The process.</summary>
    public FiniteMdp Mdp => mdp;

    /// <summary>γ.</summary>
    public double Discount => discount;

    /// <summary>(TQ)(s, a) = Σ_s' P(s'|s, a)·(r + γ max_a' Q(s', a')).</summary>
    /// <param name="q">Q.</param>
    /// <param name="result">Takes TQ; another table.</param>
    public void Apply(ReadOnlySpan<double> q, Span<double> result)
    {
        for (var s = 0; s < mdp.States; s++)
            for (var a = 0; a < mdp.Actions; a++) result[(s * mdp.Actions) + a] = Backup(q, s, a);
    }

    /// <summary>One sweep in place, Gauss and Seidel's way: each entry sees the new values of those before it.</summary>
    public void Sweep(Span<double> q)
    {
        for (var s = 0; s < mdp.States; s++)
            for (var a = 0; a < mdp.Actions; a++) q[(s * mdp.Actions) + a] = Backup(q, s, a);
    }

    /// <summary>(T^π V)(s) = Σ_a π(a|s) Σ_s' P(s'|s, a)·(r + γV(s')).</summary>
    /// <param name="v">V.</param>
    /// <param name="policy">π [states·actions].</param>
    /// <param name="result">Takes T^π V; another table.</param>
    public void Apply(ReadOnlySpan<double> v, ReadOnlySpan<double> policy, Span<double> result)
    {
        for (var s = 0; s < mdp.States; s++)
        {
            var sum = 0.0;
            for (var a = 0; a < mdp.Actions; a++)
                foreach (var o in mdp.Outcomes(s, a)) sum += policy[(s * mdp.Actions) + a] * o.Probability * (o.Reward + (discount * v[o.Next]));
            result[s] = sum;
        }
    }

    /// <summary>max_a Q(s, a).</summary>
    public double Best(ReadOnlySpan<double> q, int state)
    {
        var best = double.NegativeInfinity;
        foreach (var value in q.Slice(state * mdp.Actions, mdp.Actions)) best = Math.Max(best, value);
        return best;
    }

    /// <summary>The greedy policy: δ(a, argmax Q(s, ·)), the first of several that are as large up to rounding.</summary>
    public int[] Greedy(ReadOnlySpan<double> q)
    {
        var policy = new int[mdp.States];
        for (var s = 0; s < mdp.States; s++)
        {
            var best = Best(q, s);
            while (q[(s * mdp.Actions) + policy[s]] < best - 1e-9) policy[s]++;
        }

        return policy;
    }

    /// <summary>‖x − y‖∞.</summary>
    public static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var distance = 0.0;
        for (var i = 0; i < x.Length; i++) distance = Math.Max(distance, Math.Abs(x[i] - y[i]));
        return distance;
    }

    double Backup(ReadOnlySpan<double> q, int s, int a)
    {
        var sum = 0.0;
        foreach (var o in mdp.Outcomes(s, a)) sum += o.Probability * (o.Reward + (mdp.IsTerminal(o.Next) ? 0 : discount * Best(q, o.Next)));
        return sum;
    }
}
