namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The provider's response to a token request.</summary>
internal abstract record TokenEndpointResult
{
    public sealed record Token(string Raw, int ExpiresInSeconds) : TokenEndpointResult;

    public sealed record Refused(string Error, string? Description) : TokenEndpointResult;

    public sealed record Unavailable : TokenEndpointResult;
}
