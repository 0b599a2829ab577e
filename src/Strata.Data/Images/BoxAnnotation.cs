using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Strata.Formats;
using Strata.Formats.Images;

namespace Strata.Data;

/// <summary>The objects of a picture as PASCAL VOC and ImageNet describe them: an XML file with one <c>object</c> element each.</summary>
public static class BoxAnnotation
{
    /// <summary>Reads the names and boxes of the objects.</summary>
    /// <param name="path">The XML file. Its coordinates count from 1 and include both ends.</param>
    /// <exception cref="DataFileException">The file is missing, no XML, or an object has no name or box.</exception>
    public static IReadOnlyList<(string Name, PixelBox Box)> Read(string path)
    {
        if (!File.Exists(path)) throw new DataFileException(path, "there is no such file");
        try
        {
            // A file from outside gets no entities: they could grow without end.
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return
            [
                .. XDocument.Load(reader).Descendants("object").Select(o =>
                {
                    var box = o.Element("bndbox") ?? throw new FormatException("an object has no bndbox");
                    return (o.Element("name")?.Value ?? throw new FormatException("an object has no name"), new PixelBox(Number(box, "xmin") - 1, Number(box, "ymin") - 1, Number(box, "xmax"), Number(box, "ymax")));
                }),
            ];
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException)
        {
            throw new DataFileException(path, e.Message.TrimEnd('.'), e);
        }
    }

    // Some files of VOC have fractions.
    static int Number(XElement box, string name) => double.TryParse(box.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1e6
        ? (int)Math.Round(value)
        : throw new FormatException($"a box has no number {name}");
}
