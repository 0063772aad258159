using System.Security.Cryptography;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.DevIdentity.Device;

/// <summary>
/// The devices that wait. Anybody may start one, and on the loopback an address tells nobody apart, so when there are too many, those
/// give way first that show the least sign of life: a device that polls is never pushed out by any number that were only started, and one
/// whose person has been asked for consent gives way to that person's others alone.
/// </summary>
internal sealed class DeviceAuthorizations(TimeProvider time)
{
    public const int Share = 20_000;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Started = "started";
    private const string Polling = "polling";

    private readonly ExpiringMap<DeviceAuthorization> _devices =
        new(new MapBounds { EntriesPerOwner = Share }, time);

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>It is remembered beyond its end, so that the device hears "expired" and not "unknown".</summary>
    public DeviceAuthorization Start(DeviceRequest request)
    {
        while (true)
        {
            var userCode = $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";
            var device = new DeviceAuthorization(request, userCode, time.GetUtcNow() + Lifetime);
            if (_devices.Add(Started, userCode, device, device.ExpiresAt + Lifetime) == Addition.Added) { return device; }
        }
    }

    public DeviceAuthorization? FindByUserCode(string? code) =>
        _devices.TryGet(code?.Trim().ToUpperInvariant(), out var device) && device.State == DeviceState.Pending
            && device.ExpiresAt > time.GetUtcNow() ? device : null;

    public DeviceAuthorization? FindByDeviceCode(string code) =>
        _devices.TryGet(code[(code.LastIndexOf('.') + 1)..], out var device) && device.Is(code) ? device : null;

    /// <summary>False when it asks too often, which is no sign of life either.</summary>
    public bool MayPoll(DeviceAuthorization device)
    {
        if (!device.MayPoll(time.GetUtcNow())) { return false; }
        Keep(device);
        return true;
    }

    /// <summary>From now on it counts as this person's.</summary>
    public void Ask(DeviceAuthorization device, RealmUser person)
    {
        device.Person = person;
        Keep(device);
    }

    /// <summary>True for the one poll that gets the tokens.</summary>
    public bool TryConsume(DeviceAuthorization device) => _devices.TryTake(device.UserCode, out _);

    private void Keep(DeviceAuthorization device) =>
        _devices.Move(device.UserCode, device.Person is { } person ? $"person {person.Username}" : Polling);
}
