using System.IO.Compression;
using System.Text;
using Strata.Formats.Arrays;

namespace Strata.Formats.Tests.Arrays;

/// <summary>Arrays of lists of integers, against the files of <c>make_lists.py</c>, which NumPy wrote.</summary>
public class ListTests
{
    static readonly int[][] expected = [[1, 2, 255], [], [256, 65535, 65536, -5, int.MaxValue, int.MinValue], [7, 8], [7, 8], [9, 10], [.. Enumerable.Range(0, 1200)]];

    static string Error(byte[] file) => Assert.Throws<DataFileException>(() => Npy.DecodeLists(file)).Message;

    static byte[] WithPickle(string shape, string pickle)
    {
        var header = $"{{'descr': '|O', 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. Encoding.Latin1.GetBytes(pickle)];
    }

    /// <summary>An array as NumPy's pickle makes it, of what leaves a list on the stack.</summary>
    static string Array(string elements, string rest = ".") =>
        $"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085U\u0001b\u0087R(K\u0001K\u0001\u0085cnumpy\ndtype\nU\u0001O\u0085R\u0089{elements}tb{rest}";

    [Theory]
    [InlineData("lists"), InlineData("lists-protocol2"), InlineData("lists-protocol3"), InlineData("lists-protocol4"), InlineData("lists-protocol5")]
    public void Lists_and_tuples_of_integers_are_read_under_every_protocol(string name) => Assert.Equal(expected, Npy.ReadLists(NpyTests.File(name + ".npy")));

    [Theory]
    [InlineData("lists-numpy2"), InlineData("lists-python2")]
    public void The_names_of_NumPy_2_and_the_strings_of_Python_2_are_read(string name) => Assert.Equal([[1, 2], [3]], Npy.ReadLists(NpyTests.File(name + ".npy")));

    [Fact]
    public void An_array_may_be_empty() => Assert.Empty(Npy.ReadLists(NpyTests.File("lists-empty.npy")));

    [Theory]
    [InlineData("lists.npz"), InlineData("lists-deflated.npz")]
    public void An_archive_holds_lists_beside_numbers(string name)
    {
        var content = Npz.ReadWithLists(NpyTests.File(name));
        Assert.Equal(expected, Assert.Single(content.Lists, l => l.Key == "x").Value);
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6], Assert.Single(content.Tensors, t => t.Key == "y").Value.ToArray<long>());
        Assert.Contains($"{name}/x.npy: the elements are of type '|O', objects, which a tensor cannot hold", Assert.Throws<DataFileException>(() => Npz.Read(NpyTests.File(name))).Message);
    }

    [Theory]
    [InlineData("text", "element 0 is a list that holds a text, expected integers of 32 bits")]
    [InlineData("none", "element 1 is None, expected a list of integers")]
    [InlineData("fraction", "element 0 is a list that holds the number 0.5")]
    [InlineData("truth", "element 0 is a list that holds True")]
    [InlineData("large", "element 0 is a list that holds the number 2147483648")]
    [InlineData("huge", "element 0 is a list that holds a number of more than 64 bits")]
    [InlineData("number", "element 0 is the number 1, expected a list of integers")]
    [InlineData("nested", "element 0 is a list that holds a list")]
    [InlineData("array", "element 0 is an array, expected a list of integers")]
    [InlineData("scalar", "refers to 'numpy.core.multiarray.scalar', which is refused")]
    [InlineData("set", "which is refused")]
    [InlineData("matrix", "the array of objects is [2, 2], expected [n], of lists of integers")]
    public void Other_objects_are_named(string name, string expected)
    {
        var message = Assert.Throws<DataFileException>(() => Npy.ReadLists(NpyTests.File($"objects-{name}.npy"))).Message;
        Assert.Contains($"objects-{name}.npy: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void What_would_run_code_is_refused_by_name()
    {
        Assert.Contains("'posix.system', which is refused", Assert.Throws<DataFileException>(() => Npy.ReadLists(NpyTests.File("objects-code.npy"))).Message);
        Assert.False(File.Exists("/tmp/strata-array-ran"));
    }

    [Fact]
    public void Numbers_are_no_lists()
    {
        Assert.Contains("the array is one of numbers, expected objects", Assert.Throws<DataFileException>(() => Npy.ReadLists(NpyTests.File("i4.npy"))).Message);
        Assert.Contains("there is no such file", Assert.Throws<DataFileException>(() => Npy.ReadLists("nowhere.npy")).Message);
        Assert.Contains("there is no such file", Assert.Throws<DataFileException>(() => Npz.ReadWithLists("nowhere.npz")).Message);
    }

    [Theory]
    [InlineData("(1,)", "]](K\u0005ea", null)]
    [InlineData("(1,)", "]](\u008A\u0001\u0005ea", null)] // a long of Python 2
    [InlineData("(2,)", "]](K\u0005ea", "the pickle's array has 1 objects, the header says [2]")]
    [InlineData("(1,)", "U\u0001x", "the pickle's array has 0 objects, the header says [1]")]
    [InlineData("(1,)", "]q\0h\0a", "element 0 is a list that holds a list")]
    public void An_array_is_what_its_header_says(string shape, string elements, string? expected)
    {
        var file = WithPickle(shape, Array(elements));
        if (expected is null) Assert.Equal([[5]], Npy.DecodeLists(file));
        else Assert.Contains(expected, Error(file));
    }

    [Theory]
    [InlineData("", "truncated")]
    [InlineData("K\u0001.", "the pickle holds no array")]
    [InlineData("].", "the pickle holds no array")]
    [InlineData("K\u0001Q.", "a persistent id, which an array has not")]
    [InlineData("]K\u0001b.", "BUILD: it sets the state of what is no array")]
    [InlineData("ctorch\nSize\n.", "'torch.Size', which is refused")]
    [InlineData("cnumpy\nndarray\n)R.", "calls 'numpy.ndarray' with arguments that it does not take")]
    [InlineData("c_codecs\nencode\nU\u0003abcU\u0006latin1\u0086R.", "calls '_codecs.encode' with arguments")]
    public void A_malformed_pickle_gives_one_clear_sentence(string pickle, string expected) => Assert.Contains(expected, Error(WithPickle("(1,)", pickle)));

    [Fact]
    public void Bytes_behind_the_pickle_are_refused() => Assert.Contains("bytes after the pickle", Error(WithPickle("(1,)", Array("]](K\u0005ea", ".."))));

    [Fact]
    public void A_list_that_stands_in_too_many_places_is_refused()
    {
        var list = "](" + string.Concat(Enumerable.Repeat("K\u0001", 2000)) + "eq\0";
        var file = WithPickle("(2000,)", Array($"](" + list + string.Concat(Enumerable.Repeat("h\0", 1999)) + "e"));
        Assert.Contains("one list stands in too many places", Error(file));
    }

    [Fact]
    public void A_pickle_that_deflates_to_nothing_is_refused()
    {
        Assert.Contains("the array's pickle has more than", Assert.Throws<DataFileException>(() => Npz.ReadWithLists(NpyTests.File("lists-alike.npz"))).Message);

        // Arrays that are each within the limit, but not together.
        Assert.Equal(2, Npz.DecodeWithLists(Archive(2)).Lists.Count);
        Assert.Contains("the array's pickle has more than", Assert.Throws<DataFileException>(() => Npz.DecodeWithLists(Archive(9))).Message);

        static byte[] Archive(int arrays)
        {
            var to = new MemoryStream();
            using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
                for (var i = 0; i < arrays; i++)
                {
                    using var entry = zip.CreateEntry($"{i}.npy").Open();
                    entry.Write(WithPickle("(1,)", Array("]](" + string.Concat(Enumerable.Repeat("K\u0001", 60_000)) + "ea")));
                }

            return to.ToArray();
        }
    }

    [Theory]
    [InlineData("lists-protocol2.npy"), InlineData("lists-protocol4.npy"), InlineData("lists-python2.npy")]
    public void Truncations_and_random_changes_give_lists_or_the_one_exception(string name)
    {
        var good = File.ReadAllBytes(NpyTests.File(name));
        for (var length = 0; length < good.Length; length += good.Length > 1000 ? 7 : 1) Error(good[..length]);
        var random = new System.Random(2);
        for (var n = 0; n < 1000; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 5); k > 0; k--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                Npy.DecodeLists(file);
            }
            catch (DataFileException)
            {
            }
        }
    }
}
