namespace Strata.Formats;

/// <summary>A file of data is missing, damaged, of another kind than asked for, or beyond a stated limit. The message is one sentence that
/// names the file, what was found and what was expected.</summary>
public sealed class DataFileException : StrataException
{
    /// <summary>Creates the exception; the message becomes <c>source: problem</c>.</summary>
    /// <param name="source">The path of the file, or what stands for it when the bytes came from elsewhere (<c>PNG image</c>).</param>
    /// <param name="problem">What was found and what was expected, without a full stop.</param>
    /// <param name="inner">The error below, if there is one.</param>
    public DataFileException(string source, string problem, Exception? inner = null)
        : base($"{source}: {problem}.", inner)
    {
        FileName = source;
        Problem = problem;
    }

    /// <summary>The path of the file, or what stands for it.</summary>
    public string FileName { get; }

    /// <summary>What was found and what was expected, without the file's name.</summary>
    public string Problem { get; }
}
