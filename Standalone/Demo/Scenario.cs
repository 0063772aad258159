using TraceDemo.Standalone.Instance;

namespace TraceDemo.Standalone.Demo;

/// <summary>One of the four scenarios, with its expected outcome.</summary>
internal sealed record Scenario(string Title, bool Granted, string Reason, IReadOnlyList<string> Missing)
{
    /// <summary>The person who makes the request; null if no person takes part.</summary>
    public string? Person { get; init; }

    public required Func<DemoClient, InstanceState, CancellationToken, Task<DemoResponse>> Play { get; init; }

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("alice reads DOC-001 herself", Granted: true, "department_match", [])
        {
            Person = "alice",
            Play = async (client, system, cancellationToken) => await client.PostAsync(
                $"{system.Gateway}/api/access-direct", await client.SignInAsync("alice", cancellationToken),
                new { documentId = "DOC-001" }, cancellationToken),
        },
        new("alice lets gpt4 read DOC-005", Granted: true, "delegation_match", [])
        {
            Person = "alice",
            Play = (client, system, cancellationToken) => DelegateAsync(client, system, "gpt4", "DOC-005", cancellationToken),
        },
        new("alice lets summarizer read DOC-001: she may, the agent may not", Granted: false, "intersection_insufficient", ["engineering"])
        {
            Person = "alice",
            Play = (client, system, cancellationToken) => DelegateAsync(client, system, "summarizer", "DOC-001", cancellationToken),
        },
        new("an agent without a person asks for DOC-007", Granted: false, "delegation_required", [])
        {
            Play = async (client, system, cancellationToken) => await client.PostAsync(
                $"{system.DocumentService}/access", await client.SignInAgentAsync(cancellationToken),
                new { documentId = "DOC-007" }, cancellationToken),
        },
    ];

    public bool IsAsExpected(DemoResponse response) =>
        response.Granted == Granted
        && response.Status == (Granted ? 200 : 403)
        && response.Reason == Reason
        && response.Missing.Order(StringComparer.Ordinal).SequenceEqual(Missing)
        && response.TraceId is not null;

    private static async Task<DemoResponse> DelegateAsync(
        DemoClient client, InstanceState system, string agentId, string documentId, CancellationToken cancellationToken) =>
        await client.PostAsync(
            $"{system.Gateway}/api/access-delegated", await client.SignInAsync("alice", cancellationToken),
            new { agentId, documentId, action = "read" }, cancellationToken);
}
