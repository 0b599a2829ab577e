using System.Buffers.Binary;
using System.Text;
using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

/// <summary>The frames are put together again from the file's chunks, each read by the decoder for still pictures. read_apng.py does the same with Pillow.</summary>
public class AnimatedPngTests
{
    // A square that moves over a still ground, stops for a frame, and vanishes.
    static Image[] Film(int channels = 3) =>
    [
        .. Enumerable.Range(0, 6).Select(t =>
        {
            var samples = Enumerable.Range(0, 12 * 10 * channels).Select(i => (byte)(i * 7)).ToArray();
            var left = Math.Min(t, 3) * 2;
            if (t < 5)
                for (var y = 3; y < 6; y++)
                    for (var x = left; x < left + 3; x++)
                        for (var c = 0; c < channels; c++) samples[(((y * 10) + x) * channels) + c] = (byte)(200 + c);
            return new Image(12, 10, channels, samples);
        }),
    ];

    static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Assert.Equal(Crc32.Of(file.AsSpan(at + 4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }

    static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.Of(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    static int Number(byte[] data, int at) => BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(at));

    static List<Image> Frames(byte[] file)
    {
        var chunks = Chunks(file);
        var header = chunks[0].Data;
        var (frames, number) = (new List<Image>(), 0);
        byte[]? canvas = null;
        byte[] control = [];
        foreach (var (type, data) in chunks)
        {
            if (type is "fcTL" or "fdAT") Assert.Equal(number++, Number(data, 0));
            if (type == "fcTL") control = data;
            if (type is not ("IDAT" or "fdAT")) continue;
            var (width, height, left, top) = (Number(control, 4), Number(control, 8), Number(control, 12), Number(control, 16));
            byte[] size = [.. control[4..12], .. header[8..]];
            var part = Png.Decode([.. file[..8], .. Chunk("IHDR", size), .. Chunk("IDAT", type == "IDAT" ? data : data[4..]), .. Chunk("IEND", [])]);
            var row = Number(header, 0) * part.Channels;
            canvas ??= new byte[Number(header, 4) * row];
            for (var y = 0; y < height; y++) part.Bytes.Slice(y * width * part.Channels, width * part.Channels).CopyTo(canvas.AsSpan(((top + y) * row) + (left * part.Channels)));
            frames.Add(new Image(Number(header, 4), Number(header, 0), part.Channels, [.. canvas]));
        }

        return frames;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Frames_come_back_as_they_were(int channels)
    {
        var film = Film(channels);
        var frames = Frames(AnimatedPng.Encode(film));
        Assert.Equal(film.Length, frames.Count);
        for (var i = 0; i < film.Length; i++) Assert.Equal(film[i].Bytes, frames[i].Bytes);
    }

    [Fact]
    public void Only_what_changes_is_stored()
    {
        var controls = Chunks(AnimatedPng.Encode(Film())).Where(c => c.Type == "fcTL").Select(c => (Left: Number(c.Data, 12), Top: Number(c.Data, 16), Width: Number(c.Data, 4), Height: Number(c.Data, 8)));
        // Whole, three steps of 2 with a square of 3, nothing, the square gone.
        Assert.Equal([(0, 0, 10, 12), (0, 3, 5, 3), (2, 3, 5, 3), (4, 3, 5, 3), (0, 0, 1, 1), (6, 3, 3, 3)], controls);
    }

    [Fact]
    public void The_file_says_how_often_and_how_fast()
    {
        var chunks = Chunks(AnimatedPng.Encode(Film(), framesPerSecond: 4, plays: 2));
        var control = chunks.First(c => c.Type == "acTL").Data;
        Assert.Equal((6, 2), (Number(control, 0), Number(control, 4)));
        var frame = chunks.First(c => c.Type == "fcTL").Data;
        Assert.Equal((250, 1000), (BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(20)), BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(22))));
        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT"], chunks.Take(4).Select(c => c.Type));
        Assert.Equal("IEND", chunks[^1].Type);
    }

    [Fact]
    public void Readers_of_still_pictures_see_the_first_frame() => Assert.Equal(Film()[0].Bytes, Png.Decode(AnimatedPng.Encode(Film())).Bytes);

    [Fact]
    public void What_is_no_film_is_refused()
    {
        Assert.Contains("there are no frames", Assert.Throws<ArgumentException>(() => AnimatedPng.Encode([])).Message);
        Assert.Contains("a picture of 10 × 12 with 1 channels of 8 bits cannot follow a picture of 10 × 12 with 3 channels of 8 bits", Assert.Throws<ArgumentException>(() => AnimatedPng.Encode([Film()[0], Film(1)[0]])).Message);
        Assert.Contains("0 frames per second", Assert.Throws<ArgumentException>(() => AnimatedPng.Encode(Film(), 0)).Message);
    }

    [Fact]
    public void A_film_is_written_as_a_file()
    {
        using var file = new TemporaryFile("film.png");
        AnimatedPng.Write(file.Path, Film(1), 5);
        Assert.Equal(6, Frames(File.ReadAllBytes(file.Path)).Count);
    }
}
