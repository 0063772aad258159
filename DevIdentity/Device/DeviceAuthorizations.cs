using System.Security.Cryptography;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.DevIdentity.Device;

/// <summary>
/// The pending devices. Anyone may start one, and loopback addresses do not distinguish callers, so when there are too many, the
/// least active are evicted first: no number of merely started devices evicts one that polls, and one whose
/// person has been asked for consent is evicted only by other devices of that person.
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

    /// <summary>Kept beyond its expiry, so that the device receives "expired" and not "unknown".</summary>
    public DeviceAuthorization Start(DeviceRequest request)
    {
        while (true)
        {
            var userCode = $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";
            var device = new DeviceAuthorization(request, userCode, time.GetUtcNow() + Lifetime);
            if (_devices.Add(Started, userCode, device, device.ExpiresAt + Lifetime) == Addition.Added)
            {
                return device;
            }
        }
    }

    public DeviceAuthorization? FindByUserCode(string? code) =>
        _devices.TryGet(code?.Trim().ToUpperInvariant(), out var device) && device.State == DeviceState.Pending
            && device.ExpiresAt > time.GetUtcNow() ? device : null;

    public DeviceAuthorization? FindByDeviceCode(string code) =>
        _devices.TryGet(code[(code.LastIndexOf('.') + 1)..], out var device) && device.Is(code) ? device : null;

    /// <summary>False if it polls too often, which does not count as activity.</summary>
    public bool MayPoll(DeviceAuthorization device)
    {
        if (!device.MayPoll(time.GetUtcNow()))
        {
            return false;
        }
        Keep(device);
        return true;
    }

    /// <summary>From now on it counts towards this person's share.</summary>
    public void Ask(DeviceAuthorization device, RealmUser person)
    {
        device.Person = person;
        Keep(device);
    }

    /// <summary>True for the one poll that receives the tokens.</summary>
    public bool TryConsume(DeviceAuthorization device) => _devices.TryTake(device.UserCode, out _);

    private void Keep(DeviceAuthorization device) =>
        _devices.Move(device.UserCode, device.Person is { } person ? $"person {person.Username}" : Polling);
}
