using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// The provider's signing keys. An unknown <c>kid</c> asks the provider again, at most once a second, so that a rotation is noticed at
/// once and made-up kids cost nothing; known keys stay while the provider is away.
/// </summary>
internal sealed partial class SigningKeys(
    IdentityProviderClient provider, IOptions<IdentityOptions> options, TimeProvider time, ILogger<SigningKeys> logger) : IDisposable
{
    private readonly RefetchGate _gate = new(time);
    private readonly PeerOutage _outage = new(time);
    private volatile Snapshot? _snapshot;

    private Action _changed = () => { };

    public ProviderMetadata? Metadata => _snapshot?.Metadata;

    /// <summary>Calls back when the set of keys has changed: what was validated with a key that is gone must be validated again.</summary>
    public void OnChanged(Action callback) => _changed += callback;

    public SecurityKey? Find(string? keyId) => keyId is not null && _snapshot is { } snapshot ? snapshot.Keys.GetValueOrDefault(keyId) : null;

    /// <summary>Makes the key known if the provider has it. A provider that is away is no error here: the key just stays unknown.</summary>
    public async ValueTask EnsureAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (keyId is null || Find(keyId) is not null) { return; }

        await _gate.FetchAsync(needless: () => Find(keyId) is not null, FetchAsync, cancellationToken);
    }

    /// <summary>Fetches the keys again, at most once a second.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => _gate.FetchAsync(needless: () => false, FetchAsync, cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        using var span = RefreshSpan.Start(TelemetryNames.Refresh.KeySetSpan);
        try
        {
            var metadata = _snapshot?.Metadata
                ?? ProviderMetadata.Read(await provider.GetJsonAsync(new Uri(options.Value.MetadataAddress), cancellationToken), options.Value);
            if (Replace(metadata, await provider.GetJsonAsync(metadata.KeySetAddress, cancellationToken))) { span.Changed(); }
            _outage.Answered();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the provider answers, or does not: the keys at hand go on working.
            span.Failed(exception);
            if (_outage.Failed()) { LogFetchFailed(exception.GetType().Name, exception.Message); }
        }
    }

    /// <summary>True when other keys are known now.</summary>
    private bool Replace(ProviderMetadata metadata, JsonElement keySet)
    {
        // The set also holds encryption keys (RFC 7517 §4.2): only keys for signatures may verify one.
        var keys = new JsonWebKeySet(keySet.GetRawText()).Keys
            .Where(key => key.Use is null or "" or "sig" && key.Kty is "RSA" or "EC" && !string.IsNullOrEmpty(key.Kid))
            .GroupBy(key => key.Kid, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => (SecurityKey)group.First(), StringComparer.Ordinal);
        if (keys.Count == 0) { throw new InvalidOperationException("The provider's key set holds no signing key."); }

        var before = _snapshot;
        _snapshot = new Snapshot(metadata, keys);
        if (before is not null && before.Keys.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(keys.Keys)) { return false; }

        LogKeysChanged(keys.Count);
        _changed();
        return true;
    }

    [LoggerMessage(EventName = "signing_keys.changed", Level = LogLevel.Information, Message = "The provider signs with {Count} keys")]
    private partial void LogKeysChanged(int count);

    [LoggerMessage(EventName = "signing_keys.fetch_failed", Level = LogLevel.Warning, Message = "Fetching the provider's keys failed; known keys keep working ({Error}: {Reason})")]
    private partial void LogFetchFailed(string error, string reason);

    private sealed record Snapshot(ProviderMetadata Metadata, FrozenDictionary<string, SecurityKey> Keys);
}
