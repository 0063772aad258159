using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>How sensitive a document is, and up to what sensitivity an agent is cleared. In rising order: the policy compares.</summary>
[JsonConverter(typeof(ExactWordConverter<Sensitivity>))]
internal enum Sensitivity
{
    Public,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>Whether one of a document's departments is enough, or all are needed.</summary>
[JsonConverter(typeof(ExactWordConverter<DepartmentMatch>))]
internal enum DepartmentMatch
{
    Any,
    All,
}

/// <summary>Words are lower case and exact, in files and in JSON: neither "HIGH" nor "3" is a sensitivity.</summary>
internal static class Words
{
    public static Sensitivity? Sensitivity(string? word) => word switch
    {
        "public" => Documents.Sensitivity.Public,
        "low" => Documents.Sensitivity.Low,
        "medium" => Documents.Sensitivity.Medium,
        "high" => Documents.Sensitivity.High,
        "critical" => Documents.Sensitivity.Critical,
        _ => null,
    };

    public static string Word(this DepartmentMatch match) => match == DepartmentMatch.All ? "all" : "any";

    public static DepartmentMatch? Match(string? word) => word switch
    {
        "any" => DepartmentMatch.Any,
        "all" => DepartmentMatch.All,
        _ => null,
    };
}
