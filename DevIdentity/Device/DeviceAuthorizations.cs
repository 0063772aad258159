using System.Buffers.Text;
using System.Security.Cryptography;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Device;

/// <summary>The devices that wait, by the code they hold and by the code their person types.</summary>
internal sealed class DeviceAuthorizations(TimeProvider time)
{
    private const int MaxDevices = 1_000;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly ExpiringStore<DeviceAuthorization> _byDeviceCode = new(MaxDevices, time);
    private readonly ExpiringStore<DeviceAuthorization> _byUserCode = new(MaxDevices, time);

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>False when too many wait. A code is remembered beyond its end, so that the device hears "expired" and not "unknown".</summary>
    public bool TryAdd(DeviceAuthorization device, out string deviceCode, out string userCode)
    {
        deviceCode = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        userCode = $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";
        return _byUserCode.TryAdd(userCode, device, device.ExpiresAt) && _byDeviceCode.TryAdd(deviceCode, device, device.ExpiresAt + Lifetime);
    }

    public DeviceAuthorization? FindByUserCode(string? code) =>
        _byUserCode.TryGet(code?.Trim().ToUpperInvariant(), out var device) && device.State == DeviceState.Pending ? device : null;

    public DeviceAuthorization? FindByDeviceCode(string code) => _byDeviceCode.TryGet(code, out var device) ? device : null;

    /// <summary>True for the one poll that gets the tokens.</summary>
    public bool TryConsume(string deviceCode) => _byDeviceCode.TryTake(deviceCode, out _);
}
