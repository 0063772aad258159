using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// The public keys of all replicas of the Txn-Token service: behind one address, whoever asks one replica for keys may hold a token of
/// another. Only public halves are shared, sealed like everything, so that nobody else can add a key of their own.
/// </summary>
internal sealed class SharedTransactionKeys : BackgroundService
{
    private const string Area = "transaction-keys";
    private const int MostKeys = 64;
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(1);

    // A replica that has gone leaves tokens behind for a minute; a Redis that was away for a while must not cost the others theirs.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly TransactionTokenIssuer _issuer;
    private readonly SharedState? _state;
    private readonly RefetchGate _gate;
    private readonly SemaphoreSlim _wake = new(0);
    private volatile IReadOnlyList<TransactionKey> _others = [];

    public SharedTransactionKeys(TransactionTokenIssuer issuer, TimeProvider time, SharedState? state = null)
    {
        (_issuer, _state, _gate) = (issuer, state, new RefetchGate(time));
        state?.OnConnected(() => _wake.Release());
    }

    /// <summary>The key set for <c>/.well-known/jwks.json</c>. Redis is asked once a second at most, because everybody may ask here.</summary>
    public async Task<TransactionKeySet> KeySetAsync(CancellationToken cancellationToken)
    {
        if (_state is not null) { await _gate.FetchAsync(needless: () => false, _ => ReadAsync(_state), cancellationToken); }
        return new TransactionKeySet([_issuer.PublicKey, .. _others]);
    }

    public override void Dispose()
    {
        base.Dispose();
        _gate.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_state is null) { return; }

        Activity.Current = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            await _state.AddAsync(Area, JsonSerializer.SerializeToUtf8Bytes(_issuer.PublicKey), Lifetime);
            await _wake.WaitAsync(RenewEvery, stoppingToken);
        }
    }

    private async Task ReadAsync(SharedState state)
    {
        if (await state.ReadAllAsync(Area) is not { } found) { return; }

        _others = [.. found.Select(Read).OfType<TransactionKey>().Reverse().DistinctBy(key => key.Kid).Where(key => key.Kid != _issuer.PublicKey.Kid).Take(MostKeys)];
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
