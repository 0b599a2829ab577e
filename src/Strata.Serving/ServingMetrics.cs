using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Strata.Serving;

/// <summary>What a server has done, in Prometheus's text format (version 0.0.4).</summary>
sealed class ServingMetrics(string model)
{
    readonly ConcurrentDictionary<int, long> requests = new(); // by status
    readonly Distribution seconds = new(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10);
    readonly Distribution batches = new(1, 2, 4, 8, 16, 32, 64, 128, 256);
    long inferenceTicks;

    public void RequestDone(int status, TimeSpan time)
    {
        requests.AddOrUpdate(status, 1, (_, n) => n + 1);
        seconds.Add(time.TotalSeconds);
    }

    public void BatchDone(int examples, TimeSpan time)
    {
        batches.Add(examples);
        Interlocked.Add(ref inferenceTicks, time.Ticks);
    }

    /// <param name="waiting">How many examples wait now.</param>
    public string Text(int waiting)
    {
        var text = new StringBuilder();
        Head("strata_model_info", "gauge", "The model that is served.");
        Line($"strata_model_info{{model=\"{model.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"}} 1");
        Head("strata_requests_total", "counter", "Requests answered, by HTTP status.");
        foreach (var (status, count) in requests.OrderBy(r => r.Key)) Line($"strata_requests_total{{code=\"{status}\"}} {count}");
        Head("strata_request_seconds", "histogram", "From a request's headers to its answer.");
        seconds.Write(text, "strata_request_seconds");
        Head("strata_batch_examples", "histogram", "Examples that the model was given at once.");
        batches.Write(text, "strata_batch_examples");
        Head("strata_inference_seconds_total", "counter", "Time that the model was at work.");
        Line($"strata_inference_seconds_total {TimeSpan.FromTicks(Interlocked.Read(ref inferenceTicks)).TotalSeconds}");
        Head("strata_queue_examples", "gauge", "Examples that wait for the model.");
        Line($"strata_queue_examples {waiting}");
        return text.ToString();

        void Head(string name, string kind, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {kind}\n");

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>Counts of values up to some bounds.</summary>
    sealed class Distribution(params double[] bounds)
    {
        readonly long[] counts = new long[bounds.Length + 1];
        double sum;

        public void Add(double value)
        {
            var i = 0;
            while (i < bounds.Length && value > bounds[i]) i++;
            lock (counts)
            {
                counts[i]++;
                sum += value;
            }
        }

        public void Write(StringBuilder to, string name)
        {
            long[] now;
            double total;
            lock (counts) (now, total) = ([.. counts], sum);
            var below = 0L;
            for (var i = 0; i < bounds.Length; i++) to.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{bounds[i]}\"}} {below += now[i]}\n");
            below += now[^1];
            to.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"+Inf\"}} {below}\n{name}_sum {total}\n{name}_count {below}\n");
        }
    }
}
