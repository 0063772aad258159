using System.Text;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// The second level of the exchange cache: tokens that other replicas of this service have exchanged. Used only on a miss of the
/// first level, and only if Redis is configured.
/// </summary>
internal sealed class SharedExchanges(TimeProvider time, SharedState? state = null)
{
    private const string Area = "exchange";

    /// <summary>The token for exactly this request, or null. It is checked like a response of the provider.</summary>
    public async ValueTask<ExchangedToken?> FindAsync(ExchangeKey key, ExchangeRequest request)
    {
        if (state is null || await state.GetAsync(Area, key.Value) is not { Content: { } content })
        {
            return null;
        }

        return ExchangedToken.Read(Encoding.UTF8.GetString(content)) is { } token && TokenExchanger.Matches(token, request)
            && key.UsableUntil(token) > time.GetUtcNow()
            ? token
            : null;
    }

    /// <summary>Stores a token for the other replicas, without waiting.</summary>
    public void Keep(ExchangeKey key, ExchangedToken token)
    {
        if (state is null)
        {
            return;
        }

        _ = state.SetAsync(Area, key.Value, Encoding.UTF8.GetBytes(token.Token.Reveal()), key.UsableUntil(token) - time.GetUtcNow());
    }
}
