using TraceDemo.Dashboard.Assets;
using TraceDemo.Dashboard.Components;

namespace TraceDemo.Dashboard.Pages;

internal static class PagesExtensions
{
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        var secure = !builder.Environment.IsDevelopment();
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "tracedemo-form";
            antiforgery.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        // The first is the outermost: responses of the steps before ours need the headers too.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, SecurityHeaders>());
        builder.Services.AddSingleton<IStartupFilter, LocalAddresses>();
        return builder;
    }

    public static void UsePages(this IApplicationBuilder app)
    {
        app.UseAntiforgery();
        app.UseStaleForm();
    }

    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAssets();
        endpoints.MapRazorComponents<App>();
        endpoints.MapRawTraces();
    }
}
