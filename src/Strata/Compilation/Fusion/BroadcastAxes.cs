using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>How many bytes behind the last element <see cref="Spread(byte*, int, long, long, byte*)"/> may write.</summary>
    public const int Slack = 64;

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
            // Short rows are many: those along the second axis are written in one go.
            var run = Math.Min(sizes[last] - position[last], n);
            var rows = last > 0 && run == sizes[last] ? Math.Min(sizes[last - 1] - position[last - 1], n / run) : 1;
            if (steps[last] == 0) Fill(to, x + at, run, rows, last > 0 ? steps[last - 1] : 0);
            else Copy(x + at, to, run, rows, last > 0 ? steps[last - 1] : 0);
            to += run * rows;
            n -= run * rows;
            if (n == 0) return;

            if (rows > 1)
            {
                at += steps[last - 1] * (rows - 1);
                position[last - 1] += rows - 1;
            }

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

    // Each of the elements x, x + step, … `run` times.
    static void Fill<T>(T* to, T* x, long run, long rows, long step)
        where T : unmanaged
    {
        for (; rows > 0; rows--, x += step, to += run)
        {
            if (run > Few)
            {
                new Span<T>(to, (int)run).Fill(*x);
                continue;
            }

            // Whole vectors: what they write behind a row the next row writes over, and behind the last one there is slack.
            var value = Vector256.Create(*x);
            for (var i = 0L; i < run; i += Vector256<T>.Count) value.Store(to + i);
        }
    }

    // The `run` elements from x on, from x + step on, ….
    static void Copy<T>(T* from, T* to, long run, long rows, long step)
        where T : unmanaged
    {
        if (step != 0 || rows == 1)
        {
            for (; rows > 0; rows--, from += step, to += run) NativeMemory.Copy(from, to, (nuint)(run * sizeof(T)));
            return;
        }

        // The same row again and again: what is there is doubled.
        var (done, all) = (run, run * rows);
        NativeMemory.Copy(from, to, (nuint)(run * sizeof(T)));
        for (; done < all; done *= 2) NativeMemory.Copy(to, to + done, (nuint)(Math.Min(done, all - done) * sizeof(T)));
    }
}
