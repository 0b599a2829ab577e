using System.Runtime.InteropServices;

namespace Strata.Compilation.Fusion;

/// <summary>How an input lies over a domain: axes that are walked alike are merged, so that neighbors differ in whether the input repeats along them.</summary>
internal sealed unsafe class BroadcastAxes
{
    const int Few = 16;

    readonly long[] sizes;
    readonly long[] steps; // in elements; 0 where the input repeats

    public BroadcastAxes(Shape input, Shape domain)
    {
        var (sizes, steps) = (new List<long>(), new List<long>());
        var stride = 1L;
        for (var i = 1; i <= domain.Rank; i++)
        {
            var own = i <= input.Rank ? input[^i] : 1;
            var step = own == 1 ? 0 : stride;
            stride *= own;
            if (domain[^i] == 1) continue;
            if (sizes.Count > 0 && step == steps[^1] * sizes[^1]) sizes[^1] *= domain[^i];
            else
            {
                sizes.Add(domain[^i]);
                steps.Add(step);
            }
        }

        sizes.Reverse();
        steps.Reverse();
        (this.sizes, this.steps) = ([.. sizes], [.. steps]);
    }

    /// <summary>After how many elements of the domain the input begins anew, if it is dense from then on; else 0.</summary>
    public long Period => sizes.Length == 2 && steps[0] == 0 ? sizes[1] : 0;

    /// <summary>Writes out the elements for <paramref name="n"/> places of the domain from <paramref name="start"/> on.</summary>
    public void Spread(byte* x, int elementSize, long start, long n, byte* to)
    {
        switch (elementSize)
        {
            case 1: Spread(x, start, n, to); break;
            case 4: Spread((int*)x, start, n, (int*)to); break;
            default: Spread((long*)x, start, n, (long*)to); break;
        }
    }

    void Spread<T>(T* x, long start, long n, T* to)
        where T : unmanaged
    {
        var last = sizes.Length - 1;
        if (last < 0)
        {
            new Span<T>(to, (int)n).Fill(*x);
            return;
        }

        Span<long> position = stackalloc long[sizes.Length];
        var at = 0L;
        for (var (i, rest) = (last, start); i >= 0; i--)
        {
            position[i] = rest % sizes[i];
            rest /= sizes[i];
            at += position[i] * steps[i];
        }

        while (true)
        {
            var run = Math.Min(sizes[last] - position[last], n);
            if (steps[last] == 0) Fill(to, x[at], run);
            else Copy(x + at, to, run);
            to += run;
            n -= run;
            if (n == 0) return;

            at += steps[last] * run;
            position[last] += run;
            for (var i = last; position[i] == sizes[i]; i--)
            {
                at -= steps[i] * sizes[i];
                position[i] = 0;
                if (i == 0) break; // the end; there is nothing left to write
                position[i - 1]++;
                at += steps[i - 1];
            }
        }
    }

    static void Fill<T>(T* to, T value, long n)
        where T : unmanaged
    {
        if (n > Few) new Span<T>(to, (int)n).Fill(value);
        else
            for (var i = 0L; i < n; i++) to[i] = value;
    }

    static void Copy<T>(T* from, T* to, long n)
        where T : unmanaged
    {
        if (n > Few) NativeMemory.Copy(from, to, (nuint)(n * sizeof(T)));
        else
            for (var i = 0L; i < n; i++) to[i] = from[i];
    }
}
