using System.IO.Compression;
using System.Text;
using Strata.Formats.PyTorch;

namespace Strata.Formats.Tests.PyTorch;

/// <summary>The files are made by make_torch.py; check_written.py loads written.pth with PyTorch.</summary>
public class TorchFileTests
{
    static string File(string name) => Path.Combine(AppContext.BaseDirectory, "PyTorch", "Files", name);

    static string Error(byte[] file) => Assert.Throws<DataFileException>(() => TorchFile.Decode(file)).Message;

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();

    [Theory]
    [InlineData("types.pth")]
    [InlineData("types-legacy.pth")]
    public void Every_type_is_read(string name)
    {
        var tensors = TorchFile.Read(File(name));
        Assert.Equal(["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"], tensors.Keys);
        foreach (var (type, tensor) in tensors)
        {
            Assert.Equal(Shape.Of(2, 3), tensor.Shape);
            Assert.Equal(type switch { "float64" => DType.Float64, "int64" => DType.Int64, "uint8" => DType.UInt8, "bool" => DType.Bool, _ => type[0] == 'i' ? DType.Int32 : DType.Float32 }, tensor.DType);
            Assert.Equal(type switch { "bool" => [0, 1, 0, 1, 0, 1], "uint8" => [0, 1, 2, 3, 4, 5], _ => [-2, -1, 0, 1, 2, 3] }, Numbers(tensor));
        }
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("views-legacy.pth")]
    public void Views_become_tensors_of_their_own(string name)
    {
        var tensors = TorchFile.Read(File(name));
        Assert.Equal(24, tensors["whole"].Size);
        Assert.Equal([5, 6, 7, 8], Numbers(tensors["part"]));
        Assert.Equal(Shape.Of(3, 2), tensors["turned"].Shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], Numbers(tensors["turned"]));
        Assert.Equal([0, 5, 10, 15, 20], Numbers(tensors["steps"]));
        Assert.Equal([7, 7, 7, 7], Numbers(tensors["repeated"]));
        Assert.Equal((default, 3), (tensors["scalar"].Shape, tensors["scalar"].Item()));
        Assert.Equal(Shape.Of(0, 3), tensors["empty"].Shape);
        Assert.Equal([1.5, -2.5], Numbers(tensors["parameter"]));
    }

    [Theory]
    [InlineData("checkpoint.pth")]
    [InlineData("checkpoint-legacy.pth")]
    public void A_checkpoint_is_read_by_paths_or_from_one_entry(string name)
    {
        var all = TorchFile.Read(File(name));
        Assert.Equal([0, 1, 2, 3, 4, 5], Numbers(all["state_dict.0.weight"]));
        Assert.Equal([1], Numbers(all["list.0"]));
        Assert.Equal(Shape.Of(2, 3), all["optimizer.state.0.exp_avg"].Shape);
        var state = TorchFile.Read(File(name), "state_dict");
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], state.Keys);
        Assert.Equal(1, state["1.num_batches_tracked"].Item());
        Assert.Contains("there is no entry 'model', only 'epoch', 'note'", Assert.Throws<DataFileException>(() => TorchFile.Read(File(name), "model")).Message);
    }

    [Fact]
    public void A_later_protocol_of_pickle_is_read() => Assert.Equal([0, 1], Numbers(TorchFile.Read(File("protocol4.pth"))["a"]));

    [Fact]
    public void Written_tensors_are_those_that_PyTorch_was_seen_to_load()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["conv.weight"] = Tensor.From([0f, .25f, .5f, .75f, 1f, 1.25f], [1, 2, 3]),
            ["double"] = Tensor.From([Math.PI]),
            ["n"] = Tensor.Scalar(1L << 62, DType.Int64),
            ["i"] = Tensor.From([7, -8]),
            ["bytes"] = Tensor.From(new byte[] { 1, 2, 255 }),
            ["mask"] = Tensor.From([true, false, true]),
            ["empty"] = Tensor.Zeros([3, 0, 2]),
            ["größe"] = Tensor.Scalar(1.5),
        };
        using var file = new TemporaryFile("a.pth");
        TorchFile.Write(file.Path, tensors);
        Assert.Equal(["a.pth"], file.Folder);
        Assert.Equal(Records(File("written.pth")), Records(file.Path));
        var back = TorchFile.Read(file.Path);
        Assert.Equal(tensors.Keys, back.Keys);
        foreach (var (name, tensor) in tensors) Assert.Equal(tensor.ToString(), back[name].ToString());

        static List<(string Name, string Bytes)> Records(string path)
        {
            using var zip = ZipFile.OpenRead(path);
            return [.. zip.Entries.Select(e =>
            {
                using var stream = e.Open();
                var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return (e.FullName, Convert.ToHexString(bytes.ToArray()));
            })];
        }
    }

    [Fact]
    public void What_would_run_code_is_refused_by_name()
    {
        var message = Assert.Throws<DataFileException>(() => TorchFile.Read(File("runs-code.pth"))).Message;
        Assert.Contains("the pickle refers to 'posix.system', which is refused", message);
        Assert.Contains("'torch.nn.modules.linear.Linear', which is refused", Assert.Throws<DataFileException>(() => TorchFile.Read(File("module.pth"))).Message);
        Assert.False(System.IO.File.Exists("/tmp/strata-pickle-ran"));
    }

    [Theory]
    [InlineData("\u0080\u0002]q\u0000(\u0081.", "opcode NEWOBJ at byte 6 is refused")]
    [InlineData("(iposix\nsystem\n.", "opcode INST at byte 1 is refused")]
    [InlineData("(cposix\nsystem\no.", "'posix.system', which is refused")]
    [InlineData("\u0082\u0001.", "opcode EXT1 at byte 0 is refused")]
    [InlineData("Vtext\n.", "opcode UNICODE at byte 0 is refused")]
    [InlineData("\u0080\u0009.", "protocol is 9")]
    [InlineData("\u00FE.", "unknown opcode FE at byte 0")]
    [InlineData("", "truncated")]
    [InlineData("]", "truncated: it ends before its STOP")]
    [InlineData(".", "empty stack")]
    [InlineData("]].", "leaves 1 values")]
    [InlineData("t.", "mark that is not there")]
    [InlineData("(.", "empty stack")]
    [InlineData("h\u0005.", "recalls value 5")]
    [InlineData("K\u0001K\u0001a.", "no list")]
    [InlineData("X\u00FF\u00FF\u00FF\u007Fa.", "a text of 2147483647 bytes")]
    [InlineData("B\u00FF\u00FF\u00FF\u007Fa.", "truncated")]
    [InlineData("K\u0001Q.", "persistent id that is no storage")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "calls 'torch._utils._rebuild_tensor_v2' with arguments")]
    [InlineData("]q\u0000h\u0000a.", "more than 32 deep")]
    [InlineData("}K\u00020N]s.", "a dictionary has a key")]
    public void A_malformed_pickle_gives_one_clear_sentence(string pickle, string expected) => Assert.Contains(expected, Error(ZipOf(("a/data.pkl", Encoding.Latin1.GetBytes(pickle)))));

    [Fact]
    public void Values_shared_without_end_are_refused_quickly()
    {
        var pickle = new StringBuilder("]q\0");
        for (var i = 1; i < 30; i++) pickle.Append($"](h{(char)(i - 1)}h{(char)(i - 1)}eq{(char)i}");
        for (var i = 1; i < 30; i++) pickle.Append("\u0086");
        pickle.Append('.');
        Assert.Contains("need more than 8 times the file's length", Error(ZipOf(("a/data.pkl", Encoding.Latin1.GetBytes(pickle.ToString())))));
    }

    [Fact]
    public void Archives_without_the_right_records_are_refused()
    {
        Assert.Contains("holds no 'data.pkl'", Error(ZipOf(("a/other", []))));
        Assert.Contains("TorchScript", Error(ZipOf(("a/data.pkl", []), ("a/constants.pkl", []))));
        Assert.Contains("big-endian", Error(ZipOf(("a/data.pkl", []), ("a/byteorder", Encoding.ASCII.GetBytes("big")))));
        Assert.Contains("neither a zip archive nor a pickle", Error([1, 2, 3]));
        Assert.Contains("neither a zip archive nor a pickle", Error([]));
        Assert.Contains("no such file", Assert.Throws<DataFileException>(() => TorchFile.Read("nowhere")).Message);
        Assert.Contains("'a' comes twice", Assert.Throws<ArgumentException>(() => TorchFile.Write("x", [new("a", 1), new("a", 2)])).Message);
    }

    [Theory]
    [InlineData("types.pth")]
    [InlineData("views-legacy.pth")]
    [InlineData("checkpoint.pth")]
    public void Truncations_and_random_changes_give_tensors_or_the_one_exception(string name)
    {
        var good = System.IO.File.ReadAllBytes(File(name));
        for (var length = 0; length < good.Length; length += 11) Error(good[..length]);
        var random = new System.Random(2);
        for (var n = 0; n < 500; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 5); k > 0; k--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                TorchFile.Decode(file);
            }
            catch (DataFileException)
            {
            }
        }
    }

    static byte[] ZipOf(params (string Name, byte[] Bytes)[] records)
    {
        var to = new MemoryStream();
        using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in records)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }

        return to.ToArray();
    }
}
