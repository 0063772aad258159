using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>A caller without a token: change the properties that matter to the test by <c>with</c>.</summary>
internal sealed record TestCaller
{
    public string Subject { get; init; } = "alice-id";

    public string? UserName { get; init; } = "alice";

    public string? SessionId { get; init; }

    public string Client { get; init; } = "gateway";

    public DateTimeOffset IssuedAt { get; init; } = DateTimeOffset.UnixEpoch;

    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    public Caller Build() => new()
    {
        Issuer = "https://id.example",
        Subject = Subject,
        UserName = UserName,
        SessionId = SessionId,
        Client = new ClientId(Client),
        IsPerson = true,
        Pseudonym = "pseudonym",
        Groups = new HashSet<string>(),
        Scopes = new HashSet<string>(),
        Audiences = new HashSet<string> { "gateway" },
        Actors = [],
        IssuedAt = IssuedAt,
        ExpiresAt = ExpiresAt,
        Token = new AccessToken($"{Subject} {SessionId}.b.c"),
    };
}
