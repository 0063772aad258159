using Microsoft.Extensions.Caching.Memory;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>
/// Reads the lists from the gateway when the page is opened. A submitted form reuses them, so that its trace contains
/// only the person's request.
/// </summary>
internal sealed class Choices(GatewayClient gateway, ChoiceCache cache)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <exception cref="GatewayRefusedException">The gateway returned no list.</exception>
    public async Task<Offer> ForAsync(Viewer viewer, AccessToken token, bool fresh, CancellationToken cancellationToken)
    {
        if (!fresh && cache.TryGetValue(viewer.Pseudonym, out Offer? known) && known is not null)
        {
            return known;
        }
        var (agents, documents, reach) = (gateway.AgentsAsync(token, cancellationToken), gateway.DocumentsAsync(token, cancellationToken),
            gateway.ReachAsync(token, cancellationToken));
        await Task.WhenAll(agents, documents, reach);
        return cache.Set(viewer.Pseudonym, new Offer(await agents, await documents, await reach),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
    }
}
