namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>An OAuth client as the provider names it: the <c>azp</c> of a token it
/// requested, or a member of <c>aud</c> (RFC 9068 §2.2).</summary>
/// <param name="Value">The client id, compared byte by byte.</param>
public readonly record struct ClientId(string Value)
{
    /// <summary>The client id itself.</summary>
    public override string ToString() => Value;
}
