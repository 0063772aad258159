using System.Collections.Immutable;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Who may read a document. There is none for a document whose metadata is not beyond doubt.</summary>
/// <param name="Departments">Sorted; exactly <c>public</c> for a public document.</param>
internal sealed record Classification(ImmutableArray<string> Departments, DepartmentMatch Match, Sensitivity Sensitivity)
{
    /// <summary>The word that stands in place of departments when any signed-in person may read.</summary>
    public const string Public = "public";

    public bool IsPublic => Sensitivity == Sensitivity.Public;
}
