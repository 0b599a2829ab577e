using System.Diagnostics;

namespace Strata.Compilation;

/// <summary>The line of the user's code that an operation was called from.</summary>
internal static class CallSite
{
    static readonly string[] libraries = ["Strata", "Strata.Nn", "Strata.Data", "Strata.Formats", "Strata.Reinforcement"];

    /// <summary>The innermost frame that is neither the framework's nor .NET's, as in <c>called at Training.cs:31</c>; null if there is none.</summary>
    public static string? Of(StackTrace trace)
    {
        foreach (var frame in trace.GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method) continue;
            var assembly = method.DeclaringAssemblyName.Split(',')[0];
            if (Array.IndexOf(libraries, assembly) >= 0 || assembly.StartsWith("System", StringComparison.Ordinal)) continue;
            return frame.GetFileName() is { } file
                ? $"called at {Path.GetFileName(file)}:{frame.GetFileLineNumber()}"
                : $"called in {method.DeclaringTypeName}.{method.Name}";
        }

        return null;
    }
}
