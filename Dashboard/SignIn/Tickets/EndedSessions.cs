using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>
/// Which tickets, sessions and people's sign-ins have ended, at whichever replica. It only grows, until the last ticket it could concern
/// is over: so it does not matter in which order a sign-out, a renewal and a look into Redis come, what has ended stays so.
/// </summary>
internal sealed class EndedSessions(SharedState? shared, TimeProvider time) : ReplicatedState(shared, Area, time, Interval)
{
    public const int Most = 50_000;
    private const string Area = "ended";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Between replicas.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lifetime = SignInExtensions.LongestSession + ClockDifference;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private Action _changed = () => { };
    private volatile bool _read;

    /// <summary>Calls back when there may be more.</summary>
    public void OnChanged(Action callback) => _changed += callback;

    public static string Ticket(string id) => $"ticket:{id}";

    public static string Session(string sid) => $"sid:{sid}";

    public static string Person(string sub) => $"sub:{sub}";

    /// <summary>Whether what other replicas ended is known since the connection began, so that a ticket from Redis may be trusted.</summary>
    public async Task<bool> IsKnownAsync() => _read || await SynchronizeAsync();

    public bool Contains(string id, AuthenticationTicket ticket) =>
        _ended.ContainsKey(Ticket(id))
        || (Claim(ticket, "sid") is { } sid && _ended.ContainsKey(Session(sid)))
        // Who was signed out everywhere may sign in again.
        || (Claim(ticket, "sub") is { } sub && _ended.TryGetValue(Person(sub), out var at) && !(ticket.Properties.IssuedUtc > at + ClockDifference));

    /// <summary>Here at once; at the others at once if Redis is there, else when it is back.</summary>
    public async Task EndAsync(string name)
    {
        var ending = new Ending(name, Time.GetUtcNow());
        Add(ending);
        _changed();
        if (await AddAsync(ending))
            await TellAsync(Bytes(ending));
        else
            Want();
    }

    protected override void Connected()
    {
        _read = false;
        base.Connected();
    }

    protected override void Receive(byte[] message)
    {
        Add(Read(message));
        _changed();
    }

    protected override async Task<bool> SynchronizeAsync(SharedState state)
    {
        if (await state.ReadAllAsync(Area) is not { } found)
            return false;
        var there = found.Select(Read).OfType<Ending>().ToList();
        there.ForEach(Add);
        _read = true;
        _changed();
        var names = there.Select(ending => ending.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, at) in _ended.Where(entry => !names.Contains(entry.Key)))
        {
            if (!await AddAsync(new Ending(name, at)))
                return false;
            await TellAsync(Bytes(new Ending(name, at)));
        }

        return true;
    }

    private async Task<bool> AddAsync(Ending ending) =>
        Shared is null || ending.At + Lifetime <= Time.GetUtcNow() || await Shared.AddAsync(Area, Bytes(ending), ending.At + Lifetime - Time.GetUtcNow());

    private void Add(Ending? ending)
    {
        if (ending is null || ending.At + Lifetime <= Time.GetUtcNow())
            return;
        if (_ended.Count >= Most)
            MakeRoom();
        _ended.AddOrUpdate(ending.Name, ending.At, (_, known) => known > ending.At ? known : ending.At);
    }

    private void MakeRoom()
    {
        // A tenth at once, so that a full list is not sorted with every sign-out.
        foreach (var entry in _ended.OrderBy(entry => entry.Value).Take(Most / 10).ToArray())
            _ended.TryRemove(entry);
    }

    private static string? Claim(AuthenticationTicket ticket, string type) => ticket.Principal.FindFirstValue(type);

    private static byte[] Bytes(Ending ending) => JsonSerializer.SerializeToUtf8Bytes(ending);

    private static Ending? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<Ending>(content) is { Name.Length: > 0 } ending ? ending : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Ending(string Name, DateTimeOffset At);
}
