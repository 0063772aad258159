using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Dashboard.KeyRing;

/// <summary>
/// The keys that protect cookies and forms, the same in all replicas and after a restart. The framework reads them during
/// requests, so they are served from memory, and new keys are written to Redis, encrypted, in the background.
/// </summary>
internal sealed class SharedKeys(SharedState state, TimeProvider time) : ReplicatedState(state, Area, time, Interval), IXmlRepository
{
    private const string Area = "protection-keys";
    private const string First = "first";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(10);

    // The framework keeps old keys, to read data that they protect.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);

    private readonly Lock _lock = new();
    private ImmutableDictionary<string, XElement> _elements = ImmutableDictionary<string, XElement>.Empty;

    /// <summary>Raised when keys of another replica have arrived.</summary>
    public event Action? Changed;

    public bool IsEmpty => Volatile.Read(ref _elements).IsEmpty;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Volatile.Read(ref _elements).Values.Select(element => new XElement(element))];

    public void StoreElement(XElement element, string friendlyName)
    {
        Add([element]);
        RequestSynchronization();
    }

    /// <summary>The right to create the first key. False while another replica
    /// holds it; if Redis is unavailable, no other replica can hold it.</summary>
    public async Task<bool> ClaimFirstAsync() => Shared is null || await Shared.ClaimAsync(Area, First, ClaimLifetime) is not false;

    public async Task ReleaseFirstAsync()
    {
        if (Shared is not null)
        {
            await Shared.DeleteAsync(Area, First);
        }
    }

    protected override async Task<bool> SynchronizeAsync(SharedState state)
    {
        if (await state.ReadAllAsync(Area) is not { } found)
        {
            return false;
        }

        var there = found.Select(Read).OfType<XElement>().ToList();
        if (Add(there))
        {
            Changed?.Invoke();
        }

        var missing = Volatile.Read(ref _elements).RemoveRange(there.Select(Text));
        foreach (var text in missing.Keys)
        {
            if (!await state.AddAsync(Area, Encoding.UTF8.GetBytes(text), Lifetime))
            {
                return false;
            }
        }

        if (!missing.IsEmpty)
        {
            await PublishAsync(default);
        }

        return true;
    }

    private bool Add(IEnumerable<XElement> elements)
    {
        lock (_lock)
        {
            var before = _elements;
            _elements = before.SetItems(
                elements.Select(element => KeyValuePair.Create(Text(element), element)).Where(entry => !before.ContainsKey(entry.Key)));
            return _elements != before;
        }
    }

    private static string Text(XElement element) => element.ToString(SaveOptions.DisableFormatting);

    private static XElement? Read(byte[] content)
    {
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(content));
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
