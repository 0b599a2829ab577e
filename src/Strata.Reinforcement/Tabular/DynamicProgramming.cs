namespace Strata.Reinforcement;

/// <summary>The ways to the optimal values and policies of a finite process that is known (Bellman 1957; Howard 1960).</summary>
public static class DynamicProgramming
{
    /// <summary>Q* by Q_{k+1} = TQ_k, until the bound γ/(1 − γ)·‖Q_k − Q_{k−1}‖∞ on the error is below the tolerance; for γ = 1 until the step is.</summary>
    /// <param name="bellman">The operator.</param>
    /// <param name="tolerance">The largest error.</param>
    /// <param name="most">The most sweeps.</param>
    /// <exception cref="StrataException">The most sweeps were not enough.</exception>
    public static double[] ValueIteration(BellmanOperator bellman, double tolerance = 1e-10, int most = 100_000)
    {
        var q = new double[bellman.Mdp.States * bellman.Mdp.Actions];
        var next = new double[q.Length];
        for (var k = 0; k < most; k++)
        {
            bellman.Apply(q, next);
            var step = BellmanOperator.Distance(q, next);
            (q, next) = (next, q);
            if (ErrorBound(step, bellman.Discount) <= tolerance) return q;
        }

        throw new StrataException($"ValueIteration: {most} sweeps did not bring the error below {tolerance}.");
    }

    /// <summary>‖Q_k − Q*‖∞ ≤ γ/(1 − γ)·‖Q_k − Q_{k−1}‖∞.</summary>
    /// <param name="step">‖Q_k − Q_{k−1}‖∞.</param>
    /// <param name="discount">γ; for 1 there is no such bound, and the step itself comes back.</param>
    public static double ErrorBound(double step, double discount) => discount < 1 ? discount / (1 - discount) * step : step;

    /// <summary>V^π by V_{k+1} = T^π V_k until nothing changes by more than the tolerance.</summary>
    /// <param name="bellman">The operator.</param>
    /// <param name="policy">π [states·actions].</param>
    /// <param name="tolerance">The largest change of the last sweep.</param>
    public static double[] Evaluate(BellmanOperator bellman, ReadOnlySpan<double> policy, double tolerance = 1e-12)
    {
        var v = new double[bellman.Mdp.States];
        var next = new double[v.Length];
        while (true)
        {
            bellman.Apply(v, policy, next);
            var step = BellmanOperator.Distance(v, next);
            (v, next) = (next, v);
            if (step <= tolerance) return v;
        }
    }

    /// <summary>V^π as the solution of (I − γP_π)V = r_π, by elimination.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public static double[] Solve(BellmanOperator bellman, ReadOnlySpan<double> policy)
    {
        var mdp = bellman.Mdp;
        var n = mdp.States;
        var rows = new double[n][];
        for (var s = 0; s < n; s++)
        {
            rows[s] = new double[n + 1];
            rows[s][s] = 1;
            for (var a = 0; a < mdp.Actions; a++)
            {
                var chance = policy[(s * mdp.Actions) + a];
                foreach (var o in mdp.Outcomes(s, a))
                {
                    rows[s][o.Next] -= bellman.Discount * chance * o.Probability;
                    rows[s][n] += chance * o.Probability * o.Reward;
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            var pivot = Enumerable.Range(i, n - i).MaxBy(r => Math.Abs(rows[r][i]));
            (rows[i], rows[pivot]) = (rows[pivot], rows[i]);
            if (Math.Abs(rows[i][i]) < 1e-12) throw new StrataException("Solve: the policy never ends from some state, so that for γ = 1 it has no value.");
            for (var r = i + 1; r < n; r++)
            {
                var factor = rows[r][i] / rows[i][i];
                if (factor == 0) continue;
                for (var c = i; c <= n; c++) rows[r][c] -= factor * rows[i][c];
            }
        }

        var v = new double[n];
        for (var i = n - 1; i >= 0; i--)
        {
            v[i] = rows[i][n];
            for (var c = i + 1; c < n; c++) v[i] -= rows[i][c] * v[c];
            v[i] /= rows[i][i];
        }

        return v;
    }

    /// <summary>An optimal policy by turns of exact evaluation and greedy improvement.</summary>
    /// <param name="bellman">The operator.</param>
    /// <returns>An action a state, and its V.</returns>
    public static (int[] Policy, double[] Values) PolicyIteration(BellmanOperator bellman)
    {
        var mdp = bellman.Mdp;
        var policy = new int[mdp.States];
        while (true)
        {
            var v = Solve(bellman, Deterministic(policy, mdp.Actions));
            var changed = false;
            for (var s = 0; s < mdp.States; s++)
            {
                // Only an action that is better changes the policy, or ties would turn it forever.
                for (var a = 0; a < mdp.Actions; a++)
                {
                    if (Worth(s, a, v) <= Worth(s, policy[s], v) + 1e-9) continue;
                    (policy[s], changed) = (a, true);
                }
            }

            if (!changed) return (policy, v);
        }

        double Worth(int s, int a, double[] v)
        {
            var sum = 0.0;
            foreach (var o in mdp.Outcomes(s, a)) sum += o.Probability * (o.Reward + (bellman.Discount * v[o.Next]));
            return sum;
        }
    }

    /// <summary>The table π [states·actions] of an action a state.</summary>
    public static double[] Deterministic(ReadOnlySpan<int> actions, int count)
    {
        var policy = new double[actions.Length * count];
        for (var s = 0; s < actions.Length; s++) policy[(s * count) + actions[s]] = 1;
        return policy;
    }

    /// <summary>The table of the policy that takes all actions alike.</summary>
    public static double[] Uniform(FiniteMdp mdp)
    {
        var policy = new double[mdp.States * mdp.Actions];
        Array.Fill(policy, 1.0 / mdp.Actions);
        return policy;
    }
}
