using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>One kind of caller that an endpoint accepts. Build it with <see cref="Callers"/>.</summary>
public sealed record CallerRule
{
    internal CallerRule(IReadOnlyCollection<string> clients, bool person)
    {
        Clients = clients;
        Person = person;
    }

    internal IReadOnlyCollection<string> Clients { get; }

    internal bool Person { get; }

    internal string? Scope { get; init; }

    internal string? Group { get; init; }

    /// <summary>Also requires this scope; otherwise 403 <c>insufficient_scope</c>.</summary>
    /// <param name="scope">One scope.</param>
    public CallerRule WithScope(string scope) => this with { Scope = scope };

    /// <summary>Also requires that the person is in this group; otherwise 403 <c>admin_required</c>.</summary>
    /// <param name="group">A top-level group of the realm.</param>
    public CallerRule InGroup(string group) => this with { Group = group };

    internal bool Names(Caller caller) => Clients.Count == 0 || Clients.Contains(caller.Client.Value, StringComparer.Ordinal);

    internal Refusal? Check(Caller caller)
    {
        if (Person && !caller.IsPerson)
        {
            return new Refusal(ReasonCode.DelegationRequired, "This request requires a person; a client alone may not make it.");
        }

        if (Scope is not null && !caller.Scopes.Contains(Scope))
        {
            return new Refusal(ReasonCode.InsufficientScope, $"The token lacks the scope '{Scope}'.");
        }

        return Group is not null && !caller.Groups.Contains(Group)
            ? new Refusal(ReasonCode.AdminRequired, $"Only members of the group '{Group}' may do this.")
            : null;
    }
}
