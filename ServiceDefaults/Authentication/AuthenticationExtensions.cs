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
    /// Validates the bearer token of every request and makes the <see cref="Caller"/> known. Everything is denied unless an endpoint
    /// names whom it accepts. Fails the start when section <c>Identity</c> is incomplete.
    /// </summary>
    /// <param name="builder">The application.</param>
    public static WebApplicationBuilder AddJwtValidation(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityProvider(builder.Configuration);
        services.TryAddSingleton<ValidatedTokens>();
        services.AddRevocations();
        services.AddSingleton<BearerEvents>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerOptions>();
        // The core alone: AddAuthentication also adds data protection, whose keys nothing here uses and a read-only disk cannot take.
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
    /// The bearer handler reads this configuration after <see cref="BearerOptions"/>, and would replace every check by what a section
    /// <c>Authentication:Schemes:Bearer</c> names. It always reads an empty one.
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
