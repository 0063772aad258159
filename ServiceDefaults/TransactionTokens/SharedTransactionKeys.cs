using System.Text.Json;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// The public keys of all replicas of the Txn-Token service: behind one address, a client that fetches keys from one replica may hold a
/// token of another. Only public keys are shared, encrypted, so that nobody else can add a key.
/// </summary>
internal sealed class SharedTransactionKeys(TransactionTokenIssuer issuer, TimeProvider time, SharedState? state = null)
    : ReplicatedState(state, Area, time, RenewEvery)
{
    private const string Area = "transaction-keys";
    private const int MaxKeys = 64;
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(1);

    // Tokens of a stopped replica remain valid for a minute, and an outage of Redis must not invalidate the other replicas' tokens.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly RefetchGate _gate = new(time);
    private volatile IReadOnlyList<TransactionKey> _others = [];

    /// <summary>The key set for <c>/.well-known/jwks.json</c>. Redis is read at most
    /// once a second, because the endpoint is anonymous.</summary>
    public async Task<TransactionKeySet> KeySetAsync(CancellationToken cancellationToken)
    {
        if (Shared is not null)
        {
            await _gate.FetchAsync(needless: () => false, _ => ReadAsync(Shared), cancellationToken);
        }
        return new TransactionKeySet([issuer.PublicKey, .. _others]);
    }

    public override void Dispose()
    {
        base.Dispose();
        _gate.Dispose();
    }

    protected override Task<bool> SynchronizeAsync(SharedState state) =>
        state.AddAsync(Area, JsonSerializer.SerializeToUtf8Bytes(issuer.PublicKey), Lifetime);

    private async Task ReadAsync(SharedState state)
    {
        if (await state.ReadAllAsync(Area) is not { } found)
        {
            return;
        }

        _others = [.. found.Select(Read).OfType<TransactionKey>().Reverse().DistinctBy(key => key.Kid)
            .Where(key => key.Kid != issuer.PublicKey.Kid).Take(MaxKeys)];
    }

    private static TransactionKey? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<TransactionKey>(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
