using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>The public keys of the Txn-Token service. Without a token's key the delegation is denied.</summary>
internal sealed partial class TransactionKeys(TransactionKeyClient client, TimeProvider time, ILogger<TransactionKeys> logger)
    : FetchedKeys(time)
{
    protected override async Task<IEnumerable<SecurityKey>> ReadAsync(CancellationToken cancellationToken) =>
        ((await client.GetAsync(cancellationToken))?.Keys ?? []).Where(key => key.Curve == "P-256").Select(key => key.ToSecurityKey());

    protected override void OnKeysChanged(int count) => LogChanged(count);

    protected override void OnFetchFailed(Exception failure) => LogFetchFailed(failure.GetType().Name);

    [LoggerMessage(EventName = "transaction_keys.changed", Level = LogLevel.Debug,
        Message = "The Txn-Token service signs with {Count} keys")]
    private partial void LogChanged(int count);

    [LoggerMessage(EventName = "transaction_keys.fetch_failed", Level = LogLevel.Warning,
        Message = "Fetching the Txn-Token service's keys failed ({Error})")]
    private partial void LogFetchFailed(string error);
}
