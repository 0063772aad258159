namespace TraceDemo.DocumentService.Policy;

/// <summary>Section <c>Policy</c>.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>The folder of the agents' files; those that come with the service unless set.</summary>
    public string Agents { get; set; } = Path.Combine(AppContext.BaseDirectory, "agents");

    /// <summary>The list of departments; the one that comes with the service unless set.</summary>
    public string Departments { get; set; } = Path.Combine(AppContext.BaseDirectory, "departments.json");
}
