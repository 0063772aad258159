using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.AgentService.Registry;

/// <summary>
/// Synchronizes the registry between replicas and across restarts through Redis, if configured. Before the first read it is unknown
/// which agents are disabled, so none may act. Later, while Redis is unavailable, an agent can be disabled: here immediately, and at the
/// others when Redis is back. It cannot be enabled, because another replica may just have disabled it.
/// </summary>
internal sealed partial class SharedRegistry(
    AgentRegistry registry, TimeProvider time, ILogger<SharedRegistry> logger, SharedState? state = null)
    : ReplicatedState(state, Area, time, Interval)
{
    private const string Area = "registry";
    private const string Entry = "decisions";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);

    private readonly Lock _lock = new();
    private readonly HashSet<AgentId> _disabledMeanwhile = [];
    private volatile bool _read;

    public bool IsKnown => _read || Shared is null;

    public async Task<StateChange> SetEnabledAsync(AgentId id, bool enabled, string person)
    {
        if (registry.Find(id) is null)
        {
            return new StateChange.NoSuchAgent();
        }

        if (enabled && !await SynchronizeAsync())
        {
            return new StateChange.NotShared();
        }

        Change(id, enabled);
        if (!await SynchronizeAsync() && enabled)
        {
            Change(id, enabled: false);
            return new StateChange.NotShared();
        }

        LogStateSet(id.Value, enabled ? "enabled" : "disabled", person);
        return new StateChange.Done(registry.Find(id)!);
    }

    protected override async Task<bool> SynchronizeAsync(SharedState state)
    {
        var found = await state.GetAsync(Area, Entry);
        if (!found.Answered)
        {
            return false;
        }

        var decisions = Take(RegistryDecisions.Read(found.Content), out var disabled);
        var content = decisions.ToUtf8Json();
        if (found.Content is { } there ? !content.AsSpan().SequenceEqual(there) : !decisions.IsEmpty)
        {
            if (!await state.SetAsync(Area, Entry, content, Lifetime))
            {
                return false;
            }

            await PublishAsync(default);
        }

        lock (_lock)
        {
            _disabledMeanwhile.ExceptWith(disabled);
        }

        return true;
    }

    private void Change(AgentId id, bool enabled)
    {
        lock (_lock)
        {
            registry.SetEnabled(id, enabled);
            if (!enabled && Shared is not null)
            {
                _disabledMeanwhile.Add(id);
            }
        }
    }

    /// <summary>A replica that enabled an agent did not know of an unsent decision here to disable it.</summary>
    private RegistryDecisions Take(RegistryDecisions others, out IReadOnlyList<AgentId> disabled)
    {
        lock (_lock)
        {
            registry.Merge(others);
            disabled = [.. _disabledMeanwhile];
            foreach (var id in disabled)
            {
                registry.SetEnabled(id, false);
            }

            _read = true;
            return registry.Current.Decisions;
        }
    }

    [LoggerMessage(EventName = "agent.state_set", Level = LogLevel.Information, Message = "Agent {Agent} was {State} by {Person}")]
    private partial void LogStateSet(string agent, string state, string person);
}
