namespace Strata.Data;

/// <summary>What lies outside a picture abcd.</summary>
public enum FillMode
{
    /// <summary>One value: kkkk|abcd|kkkk.</summary>
    Constant,

    /// <summary>The pixel of the border: aaaa|abcd|dddd.</summary>
    Nearest,

    /// <summary>The picture mirrored: dcba|abcd|dcba.</summary>
    Reflect,

    /// <summary>The picture again: abcd|abcd|abcd.</summary>
    Wrap,
}
