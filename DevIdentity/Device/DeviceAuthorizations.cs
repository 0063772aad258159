using System.Buffers.Text;
using System.Security.Cryptography;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Device;

/// <summary>What the device polls with, and what its person types.</summary>
internal sealed record DeviceCodes(string DeviceCode, string UserCode);

/// <summary>The devices that wait, by the code they hold and by the code their person types.</summary>
internal sealed class DeviceAuthorizations(TimeProvider time)
{
    private const int MaxDevices = 1_000;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly ExpiringStore<DeviceAuthorization> _byDeviceCode = new(MaxDevices, time);
    private readonly ExpiringStore<DeviceAuthorization> _byUserCode = new(MaxDevices, time);

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Null when too many wait. A code is remembered beyond its end, so that the device hears "expired" and not "unknown".</summary>
    public DeviceCodes? Start(RealmClient client, string? scope, string codeChallenge)
    {
        var device = new DeviceAuthorization(client, scope, codeChallenge, time.GetUtcNow() + Lifetime);
        var deviceCode = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var userCode = $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";
        var added = _byUserCode.TryAdd(userCode, device, device.ExpiresAt) && _byDeviceCode.TryAdd(deviceCode, device, device.ExpiresAt + Lifetime);
        return added ? new DeviceCodes(deviceCode, userCode) : null;
    }

    public DeviceAuthorization? FindByUserCode(string? code) =>
        _byUserCode.TryGet(code?.Trim().ToUpperInvariant(), out var device) && device.State == DeviceState.Pending ? device : null;

    public DeviceAuthorization? FindByDeviceCode(string code) => _byDeviceCode.TryGet(code, out var device) ? device : null;

    /// <summary>True for the one poll that gets the tokens.</summary>
    public bool TryConsume(string deviceCode) => _byDeviceCode.TryTake(deviceCode, out _);
}
