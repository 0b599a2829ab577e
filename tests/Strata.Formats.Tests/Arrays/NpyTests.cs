using System.Text;
using Strata.Formats.Arrays;

namespace Strata.Formats.Tests.Arrays;

/// <summary>Against the files of <c>make_arrays.py</c>, which NumPy wrote.</summary>
public class NpyTests
{
    internal static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Arrays", "Files", name);

    static string Error(byte[] file) => Assert.Throws<DataFileException>(() => Npy.Decode(file)).Message;

    [Theory]
    [InlineData("b1", DType.Bool), InlineData("u1", DType.UInt8), InlineData("i1", DType.Int32), InlineData("u2", DType.Int32), InlineData("i2", DType.Int32)]
    [InlineData("u4", DType.Int64), InlineData("i4", DType.Int32), InlineData("u8", DType.Int64), InlineData("i8", DType.Int64)]
    [InlineData("f2", DType.Float32), InlineData("f4", DType.Float32), InlineData("f8", DType.Float64)]
    [InlineData("big-i2", DType.Int32), InlineData("big-i4", DType.Int32), InlineData("big-i8", DType.Int64), InlineData("big-f4", DType.Float32), InlineData("big-f8", DType.Float64)]
    [InlineData("fortran", DType.Float32), InlineData("version2", DType.Float32)]
    public void Reads_every_type_order_and_version(string name, DType expected)
    {
        var tensor = Npy.Read(File(name + ".npy"));
        Assert.Equal(expected, tensor.DType);
        Assert.Equal(Shape.Of(2, 3, 4), tensor.Shape);
        var kind = name is "fortran" or "version2" ? 'f' : name.Replace("big-", "", StringComparison.Ordinal)[0];
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
            Assert.Equal(kind switch { 'b' => i % 2, 'u' => i, 'i' => i - 3, _ => (i - 3) / 4.0 }, value);
        }
    }

    [Fact]
    public void Reads_scalars_vectors_and_empty_arrays()
    {
        Assert.Equal(2.5, Npy.Read(File("scalar.npy")).Item());
        Assert.Equal(0, Npy.Read(File("scalar.npy")).Rank);
        Assert.Equal([0L, 1, 2, 3, 4], Npy.Read(File("vector.npy")).ToArray<long>());
        Assert.Equal(Shape.Of(0, 3), Npy.Read(File("empty.npy")).Shape);
    }

    [Theory]
    [InlineData("complex.npy", "type '<c8'"), InlineData("record.npy", "no simple 'descr'"), InlineData("object.npy", "type '|O'")]
    public void Refuses_elements_that_a_tensor_cannot_hold(string name, string expected)
    {
        var message = Assert.Throws<DataFileException>(() => Npy.Read(File(name))).Message;
        Assert.Contains(name, message);
        Assert.Contains(expected, message);
    }

    [Theory]
    [InlineData("b1"), InlineData("u1"), InlineData("i4"), InlineData("i8"), InlineData("f4"), InlineData("f8"), InlineData("scalar"), InlineData("vector"), InlineData("empty")]
    public void Writes_the_very_bytes_that_NumPy_writes(string name)
    {
        using var file = new TemporaryFile("a.npy");
        Npy.Write(file.Path, Npy.Read(File(name + ".npy")));
        Assert.Equal(System.IO.File.ReadAllBytes(File(name + ".npy")), System.IO.File.ReadAllBytes(file.Path));
        Assert.Equal(["a.npy"], file.Folder);
    }

    [Fact]
    public void Large_arrays_pass_through_in_parts()
    {
        using var file = new TemporaryFile("a.npy");
        var values = Enumerable.Range(0, 200_000).Select(i => (long)i * i).ToArray();
        Npy.Write(file.Path, Tensor.From(values, [200, 1000]));
        Assert.Equal(values, Npy.Read(file.Path).ToArray<long>());
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var file = System.IO.File.ReadAllBytes(File("i2.npy"));
        for (var length = 0; length < file.Length; length++) Error(file[..length]);
        Assert.Contains("bytes after the 24 elements", Error([.. file, 0]));
    }

    static byte[] WithHeader(string header, int data = 8) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. new byte[data]];

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (300,), }", "the array [300] needs 300 elements of 4 bytes, more than the file can hold", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "truncated", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000), }", "more than the file can hold", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }", "more than 2^63 elements", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "the size '-1'", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "the size '99999999999'", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "no 'shape'", 8)]
    [InlineData("{'descr': '<f4', 'shape': (2,), }", "no 'fortran_order'", 8)]
    [InlineData("", "no simple 'descr'", 8)]
    public void A_malformed_header_gives_one_clear_sentence(string header, string expected, int data) =>
        Assert.Contains(expected, Error(WithHeader(header, data)));

    [Fact]
    public void Other_files_and_versions_are_named()
    {
        Assert.Equal("npy array: not a .npy file: it begins with 504B0304, expected 934E554D5059.", Error([0x50, 0x4B, 3, 4]));
        var file = WithHeader("{}");
        file[6] = 9;
        Assert.Contains("format version is 9", Error(file));
        Assert.Contains("there is no such file", Assert.Throws<DataFileException>(() => Npy.Read("nowhere.npy")).Message);
    }

    [Fact]
    public void A_number_beyond_int64_is_refused() =>
        Assert.Contains("larger than int64", Error([.. WithHeader("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", 0), .. Enumerable.Repeat((byte)255, 8)]));

    [Fact]
    public void Random_changes_give_an_array_or_the_one_exception()
    {
        var random = new System.Random(3);
        var good = System.IO.File.ReadAllBytes(File("u1.npy"));
        for (var n = 0; n < 3000; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 4); k > 0; k--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                Npy.Decode(file);
            }
            catch (DataFileException)
            {
            }
        }
    }
}
