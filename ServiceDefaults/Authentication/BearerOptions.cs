using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>How an access token is checked (RFC 9068 §4): as <see cref="ProviderTokens"/> checks every token, and by its type.</summary>
internal sealed class BearerOptions(IOptions<IdentityOptions> identity, ProviderTokens tokens) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        var settings = identity.Value;
        options.EventsType = typeof(BearerEvents);
        options.SaveToken = false;
        options.IncludeErrorDetails = false;
        // Claims keep the names of the standard.
        options.MapInboundClaims = false;
        // AudienceRule then refuses tokens that are meant for others too.
        options.TokenValidationParameters = tokens.Rules(settings.OwnAudience);
        // An ID token, a logout token or a Txn-Token must never pass for an access token (RFC 8725 §3.11, RFC 9068 §4).
        options.TokenValidationParameters.ValidTypes =
            settings.AcceptJwtType ? ["at+jwt", "application/at+jwt", "JWT"] : ["at+jwt", "application/at+jwt"];
    }
}
