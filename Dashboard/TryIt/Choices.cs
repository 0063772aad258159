using Microsoft.Extensions.Caching.Memory;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The agents and documents that the form offers.</summary>
internal sealed record Offer(IReadOnlyList<Choice> Agents, IReadOnlyList<Choice> Documents, Reach Reach)
{
    public static Offer Nothing { get; } = new([], [], Reach.Unknown);

    /// <summary>Those that may be read first.</summary>
    public IEnumerable<Choice> DocumentsFor(string? agent) => Documents.OrderByDescending(document => Reach.Of(agent).Contains(document.Id));

    /// <summary>Where it stands in the list as it came.</summary>
    public int PlaceOf(Choice document) => Documents.TakeWhile(other => other != document).Count();

    /// <summary>For the page's script, which offers the documents in the same order: the person alone, and the agents that may read it for them.</summary>
    public string ReadersOf(Choice document) =>
        string.Join(' ', [.. Reach.Of(agent: null).Contains(document.Id) ? ["me"] : Array.Empty<string>(), .. Agents.Where(agent => Reach.Of(agent.Id).Contains(document.Id)).Select(agent => $"agent:{agent.Id}")]);

    /// <summary>For each agent that the policy knows, the documents that it may read for the person.</summary>
    public IReadOnlyList<(string Agent, IReadOnlyList<string> Documents)> AgentReach =>
    [
        .. Agents.Where(agent => Reach.Knows(agent.Id))
            .Select(agent => (agent.Id, (IReadOnlyList<string>)[.. Documents.Select(document => document.Id).Where(Reach.Of(agent.Id).Contains)])),
    ];
}

internal sealed class ChoiceCache() : MemoryCache(new MemoryCacheOptions { SizeLimit = 1000 });

/// <summary>
/// Asks the gateway when the page is opened. When the form comes back the same lists will do, and the trace of that request holds
/// nothing but what the person asked for.
/// </summary>
internal sealed class Choices(GatewayClient gateway, ChoiceCache cache)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <exception cref="GatewayRefusedException">The gateway gave no list.</exception>
    public async Task<Offer> ForAsync(Viewer viewer, AccessToken token, bool fresh, CancellationToken cancellationToken)
    {
        if (!fresh && cache.TryGetValue(viewer.Pseudonym, out Offer? known)) { return known!; }
        var (agents, documents, reach) = (gateway.AgentsAsync(token, cancellationToken), gateway.DocumentsAsync(token, cancellationToken), gateway.ReachAsync(token, cancellationToken));
        await Task.WhenAll(agents, documents, reach);
        return cache.Set(viewer.Pseudonym, new Offer(await agents, await documents, await reach), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
    }
}
