namespace TraceDemo.Dashboard.TryIt;

/// <summary>The agents and documents that the form offers.</summary>
internal sealed record Offer(IReadOnlyList<Choice> Agents, IReadOnlyList<Choice> Documents, Reach Reach)
{
    public static Offer Nothing { get; } = new([], [], Reach.Unknown);

    /// <summary>Readable ones first.</summary>
    public IEnumerable<Choice> DocumentsFor(string? agent) =>
        Documents.OrderByDescending(document => Reach.Of(agent).Contains(document.Id));

    /// <summary>The position in the original list.</summary>
    public int PlaceOf(Choice document) => Documents.TakeWhile(other => other != document).Count();

    /// <summary>For the page's script, which sorts the documents in the same way: the
    /// agents that may read it for the person, or the person alone.</summary>
    public string ReadersOf(Choice document) =>
        string.Join(' ', [.. Reach.Of(agent: null).Contains(document.Id) ? ["me"] : Array.Empty<string>(),
            .. Agents.Where(agent => Reach.Of(agent.Id).Contains(document.Id)).Select(agent => $"agent:{agent.Id}")]);

    /// <summary>For each agent of the policy, the documents that it may read for the person.</summary>
    public IReadOnlyList<(string Agent, IReadOnlyList<string> Documents)> AgentReach =>
    [
        .. Agents.Where(agent => Reach.Knows(agent.Id))
            .Select(agent =>
                (agent.Id, (IReadOnlyList<string>)[.. Documents.Select(document => document.Id).Where(Reach.Of(agent.Id).Contains)])),
    ];
}
