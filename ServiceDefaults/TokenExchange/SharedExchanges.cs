using System.Text;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// The second level of the exchange cache: what another replica of this service has exchanged already. Only asked where the first level
/// has nothing, and only where there is a Redis.
/// </summary>
internal sealed class SharedExchanges(TimeProvider time, SharedState? state = null)
{
    private const string Area = "exchange";

    /// <summary>The token that answers this very request, or null. What comes back is looked at as if the provider had sent it.</summary>
    public async ValueTask<ExchangedToken?> FindAsync(ExchangeKey key, ExchangeRequest request)
    {
        if (state is null || await state.GetAsync(Area, key.Value) is not { Content: { } content }) { return null; }

        return ExchangedToken.Read(Encoding.UTF8.GetString(content)) is { } token && TokenExchanger.Matches(token, request)
            && key.UsableUntil(token) > time.GetUtcNow()
            ? token
            : null;
    }

    /// <summary>Keeps a token for the other replicas. Nobody waits for that.</summary>
    public void Keep(ExchangeKey key, ExchangedToken token)
    {
        if (state is null) { return; }

        _ = state.SetAsync(Area, key.Value, Encoding.UTF8.GetBytes(token.Token.Reveal()), key.UsableUntil(token) - time.GetUtcNow());
    }
}
