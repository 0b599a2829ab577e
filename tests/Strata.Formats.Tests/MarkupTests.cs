using System.Globalization;
using System.Xml.Linq;

namespace Strata.Formats.Tests;

public class MarkupTests
{
    [Fact]
    public void Interpolated_strings_are_escaped_and_literals_are_not() =>
        Assert.Equal("<b title=\"&lt;&quot;&#39;&amp;&gt;\">x</b>", new Markup().Add($"""<b title="{"<\"'&>"}">{"x"}</b>""").ToString());

    [Fact]
    public void Characters_that_xml_forbids_become_the_replacement_character()
    {
        var text = new Markup().Add($"<a>{"\0\u001b\ud800\u0085\ufffeä😀\n"}</a>").ToString();
        Assert.Equal("�����ä😀\n", XElement.Parse(text).Value);
    }

    [Fact]
    public void Numbers_have_two_decimals_at_most_in_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            Assert.Equal("-1.23 4 -7", new Markup().Add($"{-1.2345} {4.0} {-7}").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
