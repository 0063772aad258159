using Microsoft.Extensions.Caching.Memory;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The agents and documents that the form offers.</summary>
internal sealed record Offer(IReadOnlyList<Choice> Agents, IReadOnlyList<Choice> Documents);

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
        var (agents, documents) = (gateway.AgentsAsync(token, cancellationToken), gateway.DocumentsAsync(token, cancellationToken));
        await Task.WhenAll(agents, documents);
        return cache.Set(viewer.Pseudonym, new Offer(await agents, await documents), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
    }
}
