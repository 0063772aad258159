using Microsoft.IdentityModel.JsonWebTokens;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>The outcome of validating a token that claims to be the provider's.</summary>
public abstract record ProviderTokenResult
{
    private ProviderTokenResult()
    {
    }

    /// <summary>The provider signed it for the expected audience, and it is within its lifetime.</summary>
    /// <param name="Token">The token.</param>
    public sealed record Valid(JsonWebToken Token) : ProviderTokenResult;

    /// <summary>The token is invalid, permanently.</summary>
    public sealed record Refused : ProviderTokenResult;

    /// <summary>Undecided: the key that the token names is not among those that could be fetched.</summary>
    public sealed record KeyUnknown : ProviderTokenResult;
}
