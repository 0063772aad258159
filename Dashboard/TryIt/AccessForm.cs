using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>What the form asks for.</summary>
internal sealed class AccessForm
{
    public string? Agent { get; set; }
    public string? Document { get; set; }
    public string? Action { get; set; }
    public string? ReviewType { get; set; }

    public bool IsDelegated => !string.IsNullOrEmpty(Agent);

    public string? Error =>
        !DocumentId.TryParse(Document, null, out _) ? "Choose a document."
        : IsDelegated && !AgentId.TryParse(Agent, null, out _) ? "Choose an agent of the list, or none."
        : null;
}
