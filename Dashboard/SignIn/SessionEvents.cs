using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>For each request of a signed-in person: renews the tokens in time, ends a
/// session that the provider ended, names the person on the span.</summary>
internal sealed class SessionEvents(TokenRefresh refresh, TicketStore tickets, People people) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (refresh.IsDue(context.Properties) && !await RenewAsync(context))
        {
            context.RejectPrincipal();
            return;
        }

        context.HttpContext.Features.Get<IHttpActivityFeature>()?.Activity
            .SetTag(TelemetryNames.Server.EnduserPseudoId, people.Viewer(context.Principal!).Pseudonym);
    }

    private async Task<bool> RenewAsync(CookieValidatePrincipalContext context)
    {
        if (TicketStore.KeyOf(context.Properties) is not { } key)
        {
            return false;
        }
        switch (await refresh.RenewAsync(key, context.HttpContext.RequestAborted))
        {
            case Refreshed.Renewed when await tickets.RetrieveAsync(key) is { } renewed:
                context.ReplacePrincipal(renewed.Principal);
                context.Properties.StoreTokens(renewed.Properties.GetTokens());
                return true;
            case Refreshed.Unavailable:
                return !refresh.IsExpired(context.Properties);
            default:
                return false;
        }
    }
}
