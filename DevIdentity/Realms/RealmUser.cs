namespace TraceDemo.DevIdentity.Realms;

internal sealed record RealmUser
{
    public required string Username { get; init; }
    public required string Subject { get; init; }
    public bool Enabled { get; init; } = true;
    public string? Email { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];
    public PasswordHash? Password { get; init; }

    /// <summary>The password equals the name, as for the demo people: it is not secret, so the sign-in page lists them.</summary>
    public bool HasNameAsPassword { get; init; }

    public string? Attribute(string name) => name switch
    {
        "username" => Username,
        "email" => Email,
        "firstName" => FirstName,
        "lastName" => LastName,
        _ => null,
    };
}
