using Strata.Formats.Images;
using Strata.Formats.TensorBoard;

namespace Strata.Formats.Tests.TensorBoard;

public sealed class EventFileTests : IDisposable
{
    static readonly DateTimeOffset Moment = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500);

    readonly string folder = Directory.CreateTempSubdirectory("strata").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Reference(string name) => Path.Combine(AppContext.BaseDirectory, "TensorBoard", name);

    EventWriter Writer() => new(folder, new StoppedClock());

    sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Moment;
    }

    [Fact]
    public void The_file_is_to_the_byte_what_protobuf_writes()
    {
        using var writer = Writer();
        writer.Scalar("loss/train", 0, .1);
        writer.Scalar("loss/train", 300, double.PositiveInfinity);
        writer.Scalar("größe", 1L << 40, -0.0);
        writer.Histogram("weights", -1, Histogram.Of([-1, 0, 1, 3, float.NaN, 1], bins: 4));
        writer.Text("note", 7, "**Strata** läuft");
        writer.Flush();
        Assert.Equal(File.ReadAllBytes(Reference("own.tfevents")), ReadShared(writer.FilePath));
    }

    static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var picture = new Image(2, 3, 3, [.. Enumerable.Range(0, 18).Select(i => (byte)i)]);
        string path;
        using (var writer = Writer())
        {
            path = writer.FilePath;
            writer.Scalar("a", -3, double.NaN);
            writer.Image("p", 4, picture);
            writer.Text("t", 5, "");
            writer.Histogram("h", 6, [1f, 2, 2]);
        }

        var all = EventReader.Read(path);
        Assert.Equal(new ScalarSummary("a", -3, Moment, float.NaN), all[0]);
        Assert.Equal(picture.Bytes, Assert.IsType<ImageSummary>(all[1]).Decode().Bytes);
        Assert.Equal(new TextSummary("t", 5, Moment, ""), all[2]);
        var h = Assert.IsType<HistogramSummary>(all[3]).Histogram;
        Assert.Equal((1, 2, 3, 5, 9), (h.Min, h.Max, h.Count, h.Sum, h.SumOfSquares));
        Assert.Equal((64, 3.0, 1.0, 2.0), (h.Limits.Count, h.Counts.Sum(), h.Counts[0], h.Counts[^1]));
    }

    [Fact]
    public void Files_of_other_writers_are_read()
    {
        var all = EventReader.Read(Reference("foreign.tfevents"));
        Assert.Equal(
            [new ScalarSummary("a", 1, Moment, 1.5f), new ScalarSummary("b", 1, Moment, 2.5f), new ScalarSummary("c", 1, Moment, 3.5f)],
            all.Take(3));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Assert.IsType<ImageSummary>(all[3]).Encoded);
        var last = Assert.IsType<HistogramSummary>(all[4]);
        Assert.Equal(("h", 5, 1_700_000_001), (last.Tag, last.Step, last.Time.ToUnixTimeSeconds()));
        Assert.Equal([0, 3], last.Histogram.Limits);
        Assert.Equal([1, 4], last.Histogram.Counts);
        Assert.Equal(5, all.Count);
    }

    [Fact]
    public void The_name_has_the_time_and_two_writers_of_one_second_have_two_files()
    {
        using var first = Writer();
        using var second = Writer();
        Assert.StartsWith("events.out.tfevents.1700000000.", Path.GetFileName(first.FilePath));
        Assert.NotEqual(first.FilePath, second.FilePath);
        Assert.Empty(EventReader.Read(second.FilePath));
    }

    [Fact]
    public void A_file_cut_anywhere_gives_a_clear_error_or_its_whole_records()
    {
        var whole = File.ReadAllBytes(Reference("foreign.tfevents"));
        var counts = new HashSet<int>();
        for (var length = 1; length < whole.Length; length++)
        {
            var cut = new MemoryStream(whole, 0, length);
            try
            {
                EventReader.Read(cut, allowCutEnd: false);
            }
            catch (FormatException e)
            {
                Assert.Contains("truncated", e.Message);
                cut.Position = 0;
                counts.Add(EventReader.Read(cut, allowCutEnd: true).Count);
            }
        }

        Assert.Equal([0, 3, 4], counts.Order());
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var bytes = File.ReadAllBytes(Reference("own.tfevents"));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= (byte)(1 << i % 8);
            Assert.Throws<FormatException>(() => EventReader.Read(new MemoryStream(bytes), allowCutEnd: false));
            bytes[i] ^= (byte)(1 << i % 8);
        }
    }

    [Fact]
    public void Hostile_messages_in_sound_records_give_a_clear_error_and_never_a_crash()
    {
        var random = new System.Random(1);
        var valid = File.ReadAllBytes(Reference("foreign.tfevents"));
        var records = RecordFile.Read(new MemoryStream(valid), allowCutEnd: false).ToArray();
        for (var i = 0; i < 3000; i++)
        {
            var stream = new MemoryStream();
            RecordFile.Append(stream, records[0]);
            var bad = records[1 + i % (records.Length - 1)].ToArray();
            for (var k = 0; k <= i % 3; k++) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            RecordFile.Append(stream, bad);
            stream.Position = 0;
            try
            {
                EventReader.Read(stream, allowCutEnd: false);
            }
            catch (FormatException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void Errors_name_the_file_and_what_is_wrong()
    {
        Assert.EndsWith("missing: there is no such file.", Assert.Throws<DataFileException>(() => EventReader.Read("missing")).Message);
        Fails("the file is truncated: the record at byte 0 ends within its head", [1, 2, 3]);
        Fails("the record at byte 0 is damaged: the checksum of its length is", new byte[16]);
        Fails("claims 9223372036854775807 bytes of data, 4 bytes are left", Head(long.MaxValue, 4));
        Fails("not an event file: its first record says version '', expected 'brain.Event:2'", Record([]));
        Fails("a message is cut off: a field needs 100 bytes, 1 are left", Record([0x2A, 100, 0]));
        Fails("field 2 has wire type Bytes, expected Varint", Record([0x12, 0]));
        Fails("a message has a field numbered 0", Record([0, 0]));
        Fails("field 1 has the unknown wire type 3", Record([0x0B]));
        Fails("a number has more than 10 bytes", Record([.. Enumerable.Repeat((byte)0xFF, 11)]));
        Fails("an event has the time NaN s", Record([0x09, .. BitConverter.GetBytes(double.NaN)]));
        Fails("a histogram has 1 limits and 0 counts", Record([0x2A, 14, 0x0A, 12, 0x2A, 10, 0x32, 8, 0, 0, 0, 0, 0, 0, 0, 0]));

        void Fails(string message, byte[] bytes)
        {
            var path = Path.Combine(folder, "bad");
            File.WriteAllBytes(path, bytes);
            var error = Assert.Throws<DataFileException>(() => EventReader.Read(path)).Message;
            Assert.StartsWith(path + ": ", error);
            Assert.Contains(message, error);
        }

        static byte[] Record(byte[] data)
        {
            var stream = new MemoryStream();
            RecordFile.Append(stream, data);
            return stream.ToArray();
        }

        static byte[] Head(long length, int rest)
        {
            var bytes = BitConverter.GetBytes(length);
            return [.. bytes, .. BitConverter.GetBytes(RecordFile.MaskedCrc(bytes)), .. new byte[rest]];
        }
    }

    [Fact]
    public void The_checksum_is_castagnolis()
    {
        // RFC 3720, appendix B.4.
        Assert.Equal(0xE3069283, RecordFile.Crc32C("123456789"u8));
        Assert.Equal(0x8A9136AAu, RecordFile.Crc32C(new byte[32]));
        Assert.Equal(0x62A8AB43u, RecordFile.Crc32C([.. Enumerable.Repeat((byte)0xFF, 32)]));
    }

    [Fact]
    public void A_histogram_without_finite_values_is_empty_and_one_of_equal_values_has_one_interval()
    {
        var empty = Histogram.Of([float.NaN]);
        Assert.Equal((0, 0, 0), (empty.Count, empty.Min, empty.Counts.Sum()));
        var constant = Histogram.Of([2, 2, 2]);
        Assert.Equal([3], constant.Counts);
        Assert.Equal([2], constant.Limits);
        Assert.Equal(4, Histogram.Of([float.MinValue, float.MaxValue, 0, 1], 2).Counts.Sum());
    }
}
