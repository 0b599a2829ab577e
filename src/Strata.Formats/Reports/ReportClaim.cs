namespace Strata.Formats.Reports;

/// <summary>One claim of a run as a report shows it.</summary>
/// <param name="Sentence">What is claimed.</param>
/// <param name="Measured">What this run measured, with the unit.</param>
/// <param name="Bound">What it had to reach: <c>"≥ 0.97"</c>.</param>
/// <param name="Control">What the ablation or baseline reached; empty: none.</param>
/// <param name="Holds">Whether the claim holds.</param>
public sealed record ReportClaim(string Sentence, string Measured, string Bound, string Control, bool Holds);
