using Strata.Formats.Hdf5;

namespace Strata.Formats.Tests.Hdf5;

/// <summary>The files are made by make_hdf5.py.</summary>
public class Hdf5FileTests
{
    static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Hdf5", "Files", name);

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();

    static string Error(byte[] file) => Assert.Throws<DataFileException>(() => Hdf5File.Decode(file)).Message;

    [Theory]
    [InlineData("earliest.h5")]
    [InlineData("latest.h5")]
    public void Every_type_is_read_in_both_forms_of_the_format(string name)
    {
        var tensors = Hdf5File.Read(File(name));
        var types = tensors.Where(t => t.Key.StartsWith("types", StringComparison.Ordinal)).ToList();
        Assert.Equal(13, types.Count);
        foreach (var (key, tensor) in types)
        {
            Assert.Equal(Shape.Of(2, 3), tensor.Shape);
            Assert.Equal(key.Contains("uint", StringComparison.Ordinal) ? [0, 1, 2, 3, 4, 5] : [-2, -1, 0, 1, 2, 3], Numbers(tensor));
            Assert.Equal(
                key["types0/".Length..] switch
                {
                    "float16" or "float32" or "big-f4" => DType.Float32,
                    "float64" => DType.Float64,
                    "uint8" => DType.UInt8,
                    "uint32" or "int64" or "uint64" => DType.Int64,
                    _ => DType.Int32,
                },
                tensor.DType);
        }

        Assert.Equal((default, 1.5), (tensors["scalar"].Shape, tensors["scalar"].Item()));
        Assert.Equal(Shape.Of(3, 0), tensors["empty"].Shape);
        Assert.DoesNotContain("text", tensors.Keys);
        Assert.DoesNotContain("link", tensors.Keys);
    }

    [Fact]
    public void Groups_may_have_many_members_and_headers_several_blocks()
    {
        var tensors = Hdf5File.Read(File("earliest.h5"));
        Assert.Equal(300, tensors.Count(t => t.Key.StartsWith("many/", StringComparison.Ordinal)));
        for (var i = 0; i < 300; i++) Assert.Equal(i, tensors[$"many/a{i}"].Item());
    }

    [Fact]
    public void A_file_may_stand_behind_bytes_of_another_program() => Assert.Equal([0, 1, 2], Numbers(Hdf5File.Read(File("user-block.h5"))["a"]));

    [Fact]
    public void What_is_not_read_is_told_by_name()
    {
        Assert.EndsWith("'a' is chunked or compressed, which is not read; written again without chunks it is.", Assert.Throws<DataFileException>(() => Hdf5File.Read(File("chunked.h5"))).Message);
        Assert.Contains("has its members in a fractal heap, which is not read", Assert.Throws<DataFileException>(() => Hdf5File.Read(File("heap.h5"))).Message);
        Assert.Equal("HDF5 file: it is no HDF5 file: it does not begin as these do.", Error([1, 2, 3]));
        Assert.Equal("HDF5 file: it is no HDF5 file: it does not begin as these do.", Error([]));
    }

    [Theory]
    [InlineData("earliest.h5")]
    [InlineData("latest.h5")]
    public void Truncations_and_random_changes_give_tensors_or_the_one_exception(string name)
    {
        var good = System.IO.File.ReadAllBytes(File(name));
        for (var length = 0; length < good.Length / 2; length += Math.Max(1, good.Length / 200)) Error(good[..length]);
        var random = new System.Random(2);
        for (var n = 0; n < 1000; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 8); k > 0; k--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                Hdf5File.Decode(file);
            }
            catch (DataFileException)
            {
            }
        }
    }
}
