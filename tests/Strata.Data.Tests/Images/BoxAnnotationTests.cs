using Strata.Formats;
using Strata.Formats.Images;

namespace Strata.Data.Tests.Images;

public sealed class BoxAnnotationTests : IDisposable
{
    readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Objects_have_names_and_boxes_that_count_from_zero()
    {
        File.WriteAllText(path, """
            <annotation><folder>n01440764</folder><size><width>500</width><height>375</height></size>
            <object><name>n01440764</name><bndbox><xmin>111</xmin><ymin>108</ymin><xmax>404</xmax><ymax>245</ymax></bndbox></object>
            <object><name>dog</name><bndbox><xmax>3</xmax><xmin>1.2</xmin><ymin>1</ymin><ymax>2</ymax></bndbox></object></annotation>
            """);
        Assert.Equal([("n01440764", new PixelBox(110, 107, 404, 245)), ("dog", new PixelBox(0, 0, 3, 2))], BoxAnnotation.Read(path));
    }

    [Theory]
    [InlineData("<annotation><object><name>a</name></object></annotation>", "an object has no bndbox")]
    [InlineData("<annotation><object><name>a</name><bndbox><xmin>x</xmin></bndbox></object></annotation>", "a box has no number xmin")]
    [InlineData("<annotation><object>", "object")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "DTD")]
    [InlineData("", "Root element")]
    public void What_is_no_annotation_is_refused_in_a_sentence(string text, string part)
    {
        File.WriteAllText(path, text);
        var error = Assert.Throws<DataFileException>(() => BoxAnnotation.Read(path));
        Assert.Contains(part, error.Message);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("nowhere.xml", Assert.Throws<DataFileException>(() => BoxAnnotation.Read("nowhere.xml")).Message);
}
