using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The gateway's response, as the page shows it.</summary>
public sealed record AccessResultView
{
    public required int Status { get; init; }
    public bool Granted { get; init; }
    public string Reason { get; init; } = "";
    public string? Detail { get; init; }
    public string? TraceId { get; init; }
    public string? DocumentTitle { get; init; }
    public string? Content { get; init; }
    public string? Output { get; init; }
    public string? OutputNote { get; init; }
    public IReadOnlyList<Finding> Findings { get; init; } = [];
    public DecisionView? Decision { get; init; }

    /// <summary>The policy decided; otherwise an error prevented a decision.</summary>
    public bool IsDecided => Granted || Decision is not null;

    public bool NeedsSignIn => Status == StatusCodes.Status401Unauthorized;

    internal static AccessResultView Of(GatewayResponse response)
    {
        var body = response.Body;
        var document = body.Member("document") ?? default;
        var output = body.Member("output") ?? default;
        return new AccessResultView
        {
            Status = response.Status,
            Granted = response.Status == StatusCodes.Status200OK && body.Member("granted") is { ValueKind: JsonValueKind.True },
            Reason = body.Text("reason") ?? $"http_{response.Status}",
            Detail = body.Text("detail"),
            TraceId = response.TraceId ?? body.Text("traceId"),
            DocumentTitle = document.Text("title"),
            Content = document.Text("content"),
            Output = output.ValueKind == JsonValueKind.String ? output.GetString() : output.Text("text"),
            OutputNote = output.Text("note"),
            Findings = Finding.Read(output),
            Decision = body.Member("decision") is { ValueKind: JsonValueKind.Object } decision ? DecisionView.Of(decision) : null,
        };
    }
}
