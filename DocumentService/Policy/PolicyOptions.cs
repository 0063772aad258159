namespace TraceDemo.DocumentService.Policy;

/// <summary>Section <c>Policy</c>.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>The policy data; the file that comes with the service unless set.</summary>
    public string File { get; set; } = Path.Combine(AppContext.BaseDirectory, "Policy", "agents.json");
}
