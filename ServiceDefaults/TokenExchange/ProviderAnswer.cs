namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>What the provider said to a request for a token.</summary>
internal abstract record ProviderAnswer
{
    public sealed record Token(string Raw, int ExpiresInSeconds) : ProviderAnswer;

    public sealed record Refused(string Error, string? Description) : ProviderAnswer;

    public sealed record Unavailable : ProviderAnswer;
}
