using System.Text;
using Strata.Formats.Arrays;

namespace Strata.Formats.Tests.Arrays;

public class SafetensorsTests
{
    static byte[] FileOf(string header, int data = 0) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    static string Error(byte[] file) => Assert.Throws<DataFileException>(() => Safetensors.Decode(file)).Message;

    [Fact]
    public void Every_type_is_read()
    {
        var content = Safetensors.Read(NpyTests.File("types.safetensors"));
        Assert.Equal(("pt", "ünïcode"), (content.Metadata["format"], content.Metadata["note"]));
        Assert.Equal(15, content.Tensors.Count);
        foreach (var (name, tensor) in content.Tensors)
        {
            if (name is "scalar" or "empty") continue;
            Assert.Equal(Shape.Of(2, 3, 4), tensor.Shape);
            var expected = name switch
            {
                "bool" => DType.Bool,
                "u8" => DType.UInt8,
                "i8" or "i16" or "u16" or "i32" => DType.Int32,
                "u32" or "i64" or "u64" => DType.Int64,
                "f64" => DType.Float64,
                _ => DType.Float32,
            };
            Assert.Equal(expected, tensor.DType);
            for (var i = 0; i < 24; i++)
            {
                var value = tensor.DType switch
                {
                    DType.Bool => tensor.AsSpan<bool>()[i] ? 1 : 0,
                    DType.UInt8 => tensor.AsSpan<byte>()[i],
                    DType.Int32 => tensor.AsSpan<int>()[i],
                    DType.Int64 => tensor.AsSpan<long>()[i],
                    DType.Float32 => tensor.AsSpan<float>()[i],
                    _ => tensor.AsSpan<double>()[i],
                };
                Assert.Equal(name[0] switch { 'b' when name == "bool" => i % 2, 'u' => i, 'i' => i - 3, _ => (i - 3) / 4.0 }, value);
            }
        }

        Assert.Equal((2.5, Shape.Of(0, 3)), (content.Tensors["scalar"].Item(), content.Tensors["empty"].Shape));
    }

    [Fact]
    public void Written_tensors_read_back()
    {
        using var file = new TemporaryFile("a.safetensors");
        var tensors = new Dictionary<string, Tensor>
        {
            ["b"] = Tensor.From([true, false, true]),
            ["x.weight"] = Tensor.From([1.5f, 2.5f, -1f, 0f], [2, 2]),
            ["n"] = Tensor.Scalar(long.MaxValue / 2, DType.Int64),
            ["none"] = Tensor.Zeros([3, 0, 2]),
            ["d"] = Tensor.From([Math.PI]),
            ["bytes"] = Tensor.From(new byte[] { 1, 2, 3 }),
            ["i\"ü"] = Tensor.From([7, 8]),
        };
        Safetensors.Write(file.Path, tensors, new Dictionary<string, string> { ["strata"] = "1" });
        var back = Safetensors.Read(file.Path);
        Assert.Equal("1", back.Metadata["strata"]);
        Assert.Equal(tensors.Keys.Order(), back.Tensors.Keys.Order());
        foreach (var (name, tensor) in tensors) Assert.Equal(tensor.Type, back.Tensors[name].Type);
        Assert.Equal([1.5f, 2.5f, -1f, 0f], back.Tensors["x.weight"].ToArray<float>());
        Assert.Equal([true, false, true], back.Tensors["b"].ToArray<bool>());
        Assert.Equal([Math.PI], back.Tensors["d"].ToArray<double>());
        Assert.Equal([7, 8], back.Tensors["i\"ü"].ToArray<int>());
        Assert.Equal(["a.safetensors"], file.Folder);
        Assert.Equal(0, BitConverter.ToInt64(File.ReadAllBytes(file.Path)) % 8);
    }

    [Fact]
    public void Names_that_cannot_be_are_refused_before_anything_is_written()
    {
        using var file = new TemporaryFile("a.safetensors");
        var x = Tensor.Scalar(1);
        Assert.Contains("'a' comes twice", Assert.Throws<ArgumentException>(() => Safetensors.Write(file.Path, [new("a", x), new("a", x)])).Message);
        Assert.Throws<ArgumentException>(() => Safetensors.Write(file.Path, [new("__metadata__", x)]));
        Assert.Empty(file.Folder);
    }

    [Theory]
    [InlineData("", "header is no valid JSON", 0)]
    [InlineData("[]", "the header is a JSON Array, expected an object", 0)]
    [InlineData("{\"a\":", "header is no valid JSON", 0)]
    [InlineData("{\"a\":1}", "tensor 'a' has no 'dtype'", 0)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", "tensor 'a' has no 'data_offsets'", 0)]
    [InlineData("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", "type 'F8_E4M3', which a tensor cannot hold", 1)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "has the size -1", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "has the size 1.5", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}", "header is no valid JSON of a safetensors", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", "expected two numbers in order", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", "expected two numbers in order", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "is F32 [2], but its place holds 4 bytes", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]}}", "but its place holds 4 bytes", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,4]}}", "more than 2^63 elements", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "truncated: tensor 'a' ends at byte 4 of the data, 3 are there", 3)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[400000000],\"data_offsets\":[0,1600000000]}}", "truncated", 3)]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}", "begins at byte 1, expected 0", 4)]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}", "'b' begins at byte 1, expected 2", 4)]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", "1 bytes after the last tensor", 2)]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", "'a' stands twice", 0)]
    [InlineData("{\"__metadata__\":{\"a\":1}}", "header is no valid JSON of a safetensors", 0)]
    [InlineData("{\"__metadata__\":3}", "header is no valid JSON of a safetensors", 0)]
    [InlineData("{\"a\":[[[[[[[[[[1]]]]]]]]]]}", "header is no valid JSON", 0)]
    public void A_malformed_file_gives_one_clear_sentence(string header, string expected, int data) => Assert.Contains(expected, Error(FileOf(header, data)));

    [Fact]
    public void Other_and_truncated_files_are_refused()
    {
        Assert.Contains("shorter than 8 bytes", Error([1, 2, 3]));
        Assert.Contains("the header claims 9223372036854775807 bytes", Error([255, 255, 255, 255, 255, 255, 255, 127]));
        var good = File.ReadAllBytes(NpyTests.File("types.safetensors"));
        for (var length = 0; length < good.Length; length += 3) Error(good[..length]);
        Assert.Contains("no such file", Assert.Throws<DataFileException>(() => Safetensors.Read("nowhere")).Message);
    }

    [Fact]
    public void Random_changes_give_tensors_or_the_one_exception()
    {
        var random = new System.Random(3);
        var good = File.ReadAllBytes(NpyTests.File("types.safetensors"));
        for (var n = 0; n < 3000; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 4); k > 0; k--) file[random.Next(1200)] = (byte)random.Next(256);
            try
            {
                Safetensors.Decode(file);
            }
            catch (DataFileException)
            {
            }
        }
    }
}
