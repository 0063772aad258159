using TraceDemo.Contracts;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The submitted form.</summary>
internal sealed class AccessForm
{
    /// <summary>The step that only shows what the chosen agent may read; any other step runs.</summary>
    public const string Offer = "offer";

    public string? Step { get; set; }
    public string? Agent { get; set; }
    public string? Document { get; set; }
    public string? Action { get; set; }
    public string? ReviewType { get; set; }

    public bool IsRun => Step != Offer;

    public bool IsDelegated => !string.IsNullOrEmpty(Agent);

    public string? Error =>
        !DocumentId.TryParse(Document, null, out _) ? "Choose a document."
        : IsDelegated && !AgentId.TryParse(Agent, null, out _) ? "Choose an agent from the list, or none."
        : null;
}
