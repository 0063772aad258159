using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Adds validation of access tokens.</summary>
public static class AuthenticationExtensions
{
    /// <summary>
    /// Validates the bearer token of every request and provides the <see cref="Caller"/>. Everything is denied unless an endpoint
    /// names its callers. An incomplete section <c>Identity</c> prevents startup.
    /// </summary>
    /// <param name="builder">The application.</param>
    public static WebApplicationBuilder AddJwtValidation(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityProvider();
        services.TryAddSingleton<ValidatedTokens>();
        services.AddRevocations();
        services.AddSingleton<BearerEvents>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerOptions>();
        // Core only: AddAuthentication also adds data protection, whose keys are unused here and cannot be stored on a read-only disk.
        services.AddAuthenticationCore(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme).AddWebEncoders();
        services.AddSingleton<IAuthenticationConfigurationProvider, NoConfiguredSchemes>();
        new AuthenticationBuilder(services).AddJwtBearer();

        var policy = new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser()
            .AddRequirements(new CallerRequirement())
            .Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(policy).SetFallbackPolicy(policy);
        services.AddSingleton<IAuthorizationHandler, CallerRulesHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalWriter>();
        services.AddSingleton<IStartupFilter, EndpointCheckFilter>();
        return builder;
    }

    /// <summary>
    /// The bearer handler reads this configuration after <see cref="BearerOptions"/>, and a section <c>Authentication:Schemes:Bearer</c>
    /// would replace every check. This one is always empty.
    /// </summary>
    private sealed class NoConfiguredSchemes : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }

    private sealed class EndpointCheckFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            EndpointCheck.EnsureEveryEndpointNamesItsCallers(app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
        };
    }
}
