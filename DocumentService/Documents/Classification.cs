using System.Collections.Immutable;

namespace TraceDemo.DocumentService.Documents;

/// <summary>The access requirements of a document. Null for a document with doubtful metadata.</summary>
/// <param name="Departments">Sorted; exactly <c>public</c> for a public document.</param>
internal sealed record Classification(ImmutableArray<string> Departments, DepartmentMatch Match, Sensitivity Sensitivity)
{
    /// <summary>Used instead of departments if any signed-in person may read the document.</summary>
    public const string Public = "public";

    public bool IsPublic => Sensitivity == Sensitivity.Public;
}
