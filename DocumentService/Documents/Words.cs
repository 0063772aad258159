namespace TraceDemo.DocumentService.Documents;

/// <summary>Words are exact and in lower case, in files and in JSON: neither "HIGH" nor "3" is a sensitivity.</summary>
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
