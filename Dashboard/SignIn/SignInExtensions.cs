using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

internal static class SignInExtensions
{
    private const string Scheme = "provider";

    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var development = builder.Environment.IsDevelopment();
        services.AddIdentityProvider();
        // Spans replace one log line per sign-in.
        builder.Logging.AddFilter(typeof(CodeFlow).FullName, LogLevel.Warning);
        services.AddSingleton<IdTokens>();
        services.AddSingleton<ProviderSession>();
        services.AddHostedService(provider => provider.GetRequiredService<ProviderSession>());
        services.AddSingleton<SharedTickets>();
        services.AddSingleton<EndedSessions>();
        services.AddHostedService(provider => provider.GetRequiredService<EndedSessions>());
        services.AddRevocationsCheck(provider => provider.GetRequiredService<EndedSessions>().Cutoff);
        services.AddSingleton<TicketStore>();
        services.AddSingleton<TokenRefresh>();
        services.AddSingleton<GatewaySession>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewaySession>());
        services.AddSingleton<EndedSignIn>();
        services.AddSingleton<SignOuts>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<ProviderLogout>();
        services.AddSingleton<SessionAudit>();
        services.AddSingleton<SessionEvents>();
        services.AddSingleton<People>();

        services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = Scheme;
            })
            .AddCookie()
            .AddOAuth<OAuthOptions, CodeFlow>(Scheme, oauth => ConfigureOAuth(oauth, development));
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<TicketStore>((cookie, tickets) => ConfigureCookie(cookie, tickets, development));
        services.AddOptions<OAuthOptions>(Scheme).Configure<IOptions<IdentityOptions>>(ConfigureClient);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, TicketStore tickets, bool development)
    {
        cookie.SessionStore = tickets;
        cookie.EventsType = typeof(SessionEvents);
        cookie.ExpireTimeSpan = TicketStore.MaxSessionLifetime;
        cookie.SlidingExpiration = false;
        cookie.Cookie.Name = "tracedemo";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = Secure(development);
    }

    private static void ConfigureOAuth(OAuthOptions oauth, bool development)
    {
        oauth.CallbackPath = "/signin";
        oauth.UsePkce = true;
        oauth.SaveTokens = true;
        oauth.Scope.Add("openid");
        oauth.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = Secure(development);
        oauth.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect(CodeFlow.FailedPath);
            context.HandleResponse();
            return Task.CompletedTask;
        };
        oauth.Events.OnTicketReceived = async context =>
        {
            if (!LocalAddress.IsLocal(context.ReturnUri))
            {
                context.ReturnUri = "/";
            }
            var services = context.HttpContext.RequestServices;
            if (await services.GetRequiredService<EndedSignIn>().RefuseAsync(context))
            {
                return;
            }
            await services.GetRequiredService<SessionAudit>().SignedInAsync(context.Principal!);
        };
    }

    // The endpoints only satisfy the framework's own check: CodeFlow uses those from the provider's metadata.
    private static void ConfigureClient(OAuthOptions oauth, IOptions<IdentityOptions> identity)
    {
        oauth.ClaimsIssuer = identity.Value.Authority;
        oauth.ClientId = identity.Value.ClientId;
        oauth.ClientSecret = identity.Value.ClientSecret;
        oauth.AuthorizationEndpoint = identity.Value.Authority;
        oauth.TokenEndpoint = identity.Value.Authority;
    }

    // Plain http exists on localhost in Development only.
    private static CookieSecurePolicy Secure(bool development) => development
        ? CookieSecurePolicy.SameAsRequest
        : CookieSecurePolicy.Always;
}
