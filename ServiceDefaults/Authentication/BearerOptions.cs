using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Validation of access tokens (RFC 9068 §4): the checks of <see cref="ProviderTokens"/>, and the token type.</summary>
internal sealed class BearerOptions(IOptions<IdentityOptions> identity, ProviderTokens tokens) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        var settings = identity.Value;
        options.EventsType = typeof(BearerEvents);
        options.SaveToken = false;
        options.IncludeErrorDetails = false;
        // Claims keep the standard's names.
        options.MapInboundClaims = false;
        // AudienceRule then rejects tokens with further audiences.
        options.TokenValidationParameters = tokens.Rules(settings.OwnAudience);
        // Never accept an ID token, a logout token or a Txn-Token as an access token (RFC 8725 §3.11, RFC 9068 §4).
        options.TokenValidationParameters.ValidTypes =
            settings.AcceptJwtType ? ["at+jwt", "application/at+jwt", "JWT"] : ["at+jwt", "application/at+jwt"];
    }
}
