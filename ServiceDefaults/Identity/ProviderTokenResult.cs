using Microsoft.IdentityModel.JsonWebTokens;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>What became of the check of a token that the provider is said to have signed.</summary>
public abstract record ProviderTokenResult
{
    private ProviderTokenResult()
    {
    }

    /// <summary>The provider signed it for the expected audience, and it is alive.</summary>
    /// <param name="Token">The token.</param>
    public sealed record Valid(JsonWebToken Token) : ProviderTokenResult;

    /// <summary>It is not, and never will be.</summary>
    public sealed record Refused : ProviderTokenResult;

    /// <summary>Nobody can tell: the provider's keys, as far as they could be fetched, lack the one it names.</summary>
    public sealed record KeyUnknown : ProviderTokenResult;
}
