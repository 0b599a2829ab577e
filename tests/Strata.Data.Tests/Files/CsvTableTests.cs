using Strata.Formats;

namespace Strata.Data.Tests.Files;

public class CsvTableTests
{
    static string Error(string text, bool header = true) => Assert.Throws<DataFileException>(() => CsvTable.Parse(text, header: header)).Message;

    [Fact]
    public void Cells_rows_and_header_are_read()
    {
        var table = CsvTable.Parse("a,b\r\n1,x\r\n\r\n2,\n");
        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal(2, table.Rows);
        Assert.Equal(("1", "x", "2", ""), (table[0, 0], table[0, "b"], table[1, "a"], table[1, 1]));
    }

    [Fact]
    public void Quoted_cells_hold_separators_quotes_and_line_breaks()
    {
        var table = CsvTable.Parse("\"a,1\";\"say \"\"hi\"\"\"\n\"two\nlines\";\"\"\n\"\";''\n", ';');
        Assert.Equal(["a,1", "say \"hi\""], table.Columns);
        Assert.Equal(("two\nlines", "", "", "''"), (table[0, 0], table[0, 1], table[1, 0], table[1, 1]));
    }

    [Fact]
    public void Without_a_header_columns_are_numbered()
    {
        var table = CsvTable.Parse("1\t2\n3\t4", '\t', header: false);
        Assert.Equal(["0", "1"], table.Columns);
        Assert.Equal([2f, 4f], table.ToTensor(["1"]).ToArray<float>());
    }

    [Fact]
    public void Numbers_become_a_tensor_of_the_columns_asked_for()
    {
        var table = CsvTable.Parse("a,b,c\n1, -2.5e-1 ,x\n3,\"4\",y\n");
        var tensor = table.ToTensor(["b", "a"]);
        Assert.Equal(Shape.Of(2, 2), tensor.Shape);
        Assert.Equal([-.25f, 1f, 4f, 3f], tensor.ToArray<float>());
    }

    [Fact]
    public void Missing_numbers_are_errors_unless_a_value_stands_for_them()
    {
        var table = CsvTable.Parse("a,b\n1,?\n,3\n");
        Assert.Contains("line 2, column 2 (b): '?' is not a number", Assert.Throws<DataFileException>(() => table.ToTensor()).Message);
        Assert.Equal([1f, -1f, -1f, 3f], table.ToTensor(missing: -1).ToArray<float>());
        Assert.True(float.IsNaN(table.ToTensor(missing: float.NaN).ToArray<float>()[1]));
    }

    [Fact]
    public void Classes_are_numbered_in_ordinal_order()
    {
        var (labels, classes) = CsvTable.Parse("kind\nsetosa\nVirginica\nsetosa\n").ToClasses("kind");
        Assert.Equal(["Virginica", "setosa"], classes);
        Assert.Equal([1, 0, 1], labels.ToArray<int>());
    }

    [Fact]
    public void Faults_name_line_and_column()
    {
        Assert.Equal("CSV text: line 3 has 1 cells, expected 2 as in the header.", Error("a,b\n1,2\n3\n"));
        Assert.Contains("line 2 has 3 cells, expected 2 as in the first line", Error("1,2\n3,4,5\n", header: false));
        Assert.Contains("line 2, column 2: the quoted cell never ends", Error("a,b\n1,\"x\ny\n"));
        Assert.Contains("line 4, column 1: 'x' follows the closing quote, expected ','", Error("a,b\n\"1\n2\",3\n\"4\"x,5\n"));
        Assert.Contains("the file is empty, expected a header line", Error(""));
        var table = CsvTable.Parse("a,b\n\"x\ny\",1\n\nz,w\n");
        Assert.Contains("line 5, column 2 (b): 'w'", Assert.Throws<DataFileException>(() => table.ToTensor(["b"])).Message);
        Assert.Contains("there is no column 'q'; there are a, b", Assert.Throws<ArgumentException>(() => table[0, "q"]).Message);
    }

    [Fact]
    public void Files_are_read_plain_and_compressed()
    {
        using var folder = new TemporaryFolder();
        const string Text = "a,ä\n1,2\n";
        Assert.Equal("ä", CsvTable.Read(folder.Write("t.csv", Text)).Columns[1]);
        Assert.Equal("ä", CsvTable.Read(folder.WriteGzip("t.csv.gz", Text)).Columns[1]);
        Assert.Equal("a", CsvTable.Read(folder.Write("bom.csv", "\uFEFF" + Text)).Columns[0]);
    }

    [Fact]
    public void A_truncated_compressed_file_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteGzip("t.csv.gz", string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{i * 7919 % 1000}\n")));
        var bytes = File.ReadAllBytes(path);
        foreach (var length in new[] { 20, bytes.Length / 2, bytes.Length - 8, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Contains("t.csv.gz: the compressed file is", Assert.Throws<DataFileException>(() => CsvTable.Read(path, header: false)).Message);
        }
    }
}
