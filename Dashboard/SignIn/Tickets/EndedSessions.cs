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

    // Stands for all those the list had no room for: nobody whose ticket was issued until then is let in.
    private const string Everybody = "everybody";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Between replicas.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lifetime = SignInExtensions.LongestSession + ClockDifference;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private readonly Lock _makingRoom = new();
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
        || IsIssuedUntil(Everybody, ticket)
        || (Claim(ticket, "sid") is { } sid && _ended.ContainsKey(Session(sid)))
        // Who was signed out everywhere may sign in again.
        || (Claim(ticket, "sub") is { } sub && IsIssuedUntil(Person(sub), ticket));

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
        var known = there.GroupBy(ending => ending.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(ending => ending.At), StringComparer.Ordinal);
        foreach (var (name, at) in _ended.Where(entry => !known.TryGetValue(entry.Key, out var told) || told < entry.Value))
        {
            if (!await AddAsync(new Ending(name, at)))
                return false;
            await TellAsync(Bytes(new Ending(name, at)));
        }

        return true;
    }

    private async Task<bool> AddAsync(Ending ending) =>
        Shared is null || ending.At + Lifetime <= Time.GetUtcNow()
        || (await Shared.AddAsync(Area, Bytes(ending), ending.At + Lifetime - Time.GetUtcNow())
            && await Shared.CondenseAsync(Area, until => Bytes(new Ending(Everybody, until - Lifetime)), Lifetime));

    private void Add(Ending? ending)
    {
        if (ending is null || ending.At + Lifetime <= Time.GetUtcNow())
            return;
        if (_ended.Count >= Most)
            MakeRoom();
        Keep(ending.Name, ending.At);
    }

    private void Keep(string name, DateTimeOffset at) => _ended.AddOrUpdate(name, at, (_, known) => known > at ? known : at);

    private void MakeRoom()
    {
        lock (_makingRoom)
        {
            if (_ended.Count < Most)
                return;
            // A tenth at once, so that a full list is not sorted with every sign-out. Of a snapshot: the list goes on changing.
            foreach (var entry in _ended.ToArray().Where(entry => entry.Key != Everybody).OrderBy(entry => entry.Value).Take(Most / 10))
            {
                // What is over concerns nobody.
                if (entry.Value + Lifetime > Time.GetUtcNow())
                    Keep(Everybody, entry.Value);
                _ended.TryRemove(entry);
            }
        }
    }

    private bool IsIssuedUntil(string name, AuthenticationTicket ticket) =>
        _ended.TryGetValue(name, out var at) && !(ticket.Properties.IssuedUtc > at + ClockDifference);

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
