using System.Text;

namespace Strata.Nn;

/// <summary>Names of types as Keras writes them: <c>BatchNormalization</c> → <c>batch_normalization</c>, <c>Conv2D</c> → <c>conv2d</c>.</summary>
internal static class SnakeCase
{
    /// <summary>The name in snake case.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            // A capital begins a word if a small letter stands before it, or any character before it and a small letter behind it.
            var begins = i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
