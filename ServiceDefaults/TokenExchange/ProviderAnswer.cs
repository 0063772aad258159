namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The provider's response to a token request.</summary>
internal abstract record ProviderAnswer
{
    public sealed record Token(string Raw, int ExpiresInSeconds) : ProviderAnswer;

    public sealed record Refused(string Error, string? Description) : ProviderAnswer;

    public sealed record Unavailable : ProviderAnswer;
}
