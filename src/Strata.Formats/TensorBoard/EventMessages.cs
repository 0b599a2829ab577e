using System.Buffers.Binary;
using System.Text;
using Strata.Formats.Images;
using Strata.Formats.Protobuf;

namespace Strata.Formats.TensorBoard;

/// <summary>The messages of event files: fields of TensorFlow's <c>Event</c>, <c>Summary</c>, <c>HistogramProto</c> and <c>TensorProto</c>.</summary>
static class EventMessages
{
    /// <summary>What the first event of a file says.</summary>
    public const string Version = "brain.Event:2";

    const int FloatType = 1; // DataType.DT_FLOAT
    const int StringType = 7; // DataType.DT_STRING
    const int TensorClass = 2; // DataClass.DATA_CLASS_TENSOR

    public static ProtobufWriter FileVersion(DateTimeOffset time) => new ProtobufWriter().Double(1, Seconds(time)).String(3, Version);

    /// <summary>An event with one value in its summary.</summary>
    public static ProtobufWriter Event(DateTimeOffset time, long step, ProtobufWriter value) =>
        new ProtobufWriter().Double(1, Seconds(time)).Int(2, step).Message(5, new ProtobufWriter().Message(1, value));

    public static ProtobufWriter Scalar(string tag, float value) => new ProtobufWriter().String(1, tag).Float(2, value);

    public static ProtobufWriter Histogram(string tag, Histogram h) => new ProtobufWriter().String(1, tag).Message(5, new ProtobufWriter()
        .Double(1, h.Min).Double(2, h.Max).Double(3, h.Count).Double(4, h.Sum).Double(5, h.SumOfSquares)
        .Doubles(6, [.. h.Limits]).Doubles(7, [.. h.Counts]));

    public static ProtobufWriter Image(string tag, Image image) => new ProtobufWriter().String(1, tag).Message(4, new ProtobufWriter()
        .Int(1, image.Height).Int(2, image.Width).Int(3, image.Channels).Bytes(4, Png.Encode(image)));

    // A text is a scalar tensor of strings that names the plugin which shows it.
    public static ProtobufWriter Text(string tag, string text) => new ProtobufWriter().String(1, tag)
        .Message(8, new ProtobufWriter().Int(1, StringType).Message(2, new()).String(8, text))
        .Message(9, new ProtobufWriter().Message(1, new ProtobufWriter().String(1, "text")).Int(4, TensorClass));

    /// <summary>The summaries of an event that are of a known kind, and the version if it is the event that tells it.</summary>
    public static (string? Version, List<Summary> Summaries) Parse(ReadOnlySpan<byte> data)
    {
        string? version = null;
        var (seconds, step) = (0.0, 0L);
        List<Summary> summaries = [];
        // The step may come after the values, so it is found first.
        for (var e = new ProtobufReader(data); e.Next();)
        {
            if (e.Field == 1) seconds = e.Double();
            if (e.Field == 2) step = e.Int();
            if (e.Field == 3) version = e.String();
        }

        var time = Time(seconds);
        for (var e = new ProtobufReader(data); e.Next();)
        {
            if (e.Field != 5) continue;
            for (var s = e.Message(); s.Next();)
                if (s.Field == 1 && ParseValue(s.Message(), step, time) is { } summary) summaries.Add(summary);
        }

        return (version, summaries);
    }

    static Summary? ParseValue(ProtobufReader value, long step, DateTimeOffset time)
    {
        var tag = "";
        Func<string, Summary>? make = null;
        while (value.Next())
        {
            switch (value.Field)
            {
                case 1: tag = value.String(); break;
                case 2:
                    var number = value.Float();
                    make = t => new ScalarSummary(t, step, time, number);
                    break;
                case 4:
                    var picture = ParseImage(value.Message());
                    make = t => new ImageSummary(t, step, time, picture);
                    break;
                case 5:
                    var histogram = ParseHistogram(value.Message());
                    make = t => new HistogramSummary(t, step, time, histogram);
                    break;
                case 8:
                    var (text, single) = ParseTensor(value.Message());
                    if (text is not null) make = t => new TextSummary(t, step, time, text);
                    else if (single is not null) make = t => new ScalarSummary(t, step, time, single.Value);
                    break;
            }
        }

        return make?.Invoke(tag);
    }

    static byte[] ParseImage(ProtobufReader image)
    {
        byte[] encoded = [];
        while (image.Next())
            if (image.Field == 4) encoded = image.Bytes().ToArray();
        return encoded;
    }

    static Histogram ParseHistogram(ProtobufReader h)
    {
        var moments = new double[6];
        var (limits, counts) = (new List<double>(), new List<double>());
        while (h.Next())
        {
            if (h.Field is >= 1 and <= 5) moments[h.Field] = h.Double();
            if (h.Field == 6) h.AddDoubles(limits);
            if (h.Field == 7) h.AddDoubles(counts);
        }

        if (limits.Count != counts.Count) throw new FormatException($"a histogram has {limits.Count} limits and {counts.Count} counts");
        return new(moments[1], moments[2], moments[3], moments[4], moments[5], limits, counts);
    }

    // TensorFlow 2 writes scalars, too, as tensors.
    static (string? Text, float? Scalar) ParseTensor(ProtobufReader tensor)
    {
        var type = 0L;
        var text = new StringBuilder();
        float? scalar = null;
        while (tensor.Next())
        {
            if (tensor.Field == 1) type = tensor.Int();
            if (tensor.Field is 4 or 5 && tensor.Elements() is { Length: 4 } four) scalar = BinaryPrimitives.ReadSingleLittleEndian(four);
            if (tensor.Field == 8) text.Append(tensor.String());
        }

        return (type == StringType ? text.ToString() : null, type == FloatType ? scalar : null);
    }

    static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    static DateTimeOffset Time(double seconds) =>
        seconds is > -6e10 and < 2.5e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw new FormatException($"an event has the time {seconds} s");
}
