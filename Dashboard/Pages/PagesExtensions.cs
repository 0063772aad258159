using TraceDemo.Dashboard.Assets;
using TraceDemo.Dashboard.Components;

namespace TraceDemo.Dashboard.Pages;

internal static class PagesExtensions
{
    public static void AddPages(this WebApplicationBuilder builder)
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
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.UseStaleForm();
        app.MapAssets();
        app.MapRazorComponents<App>();
        app.MapRawTraces();
    }
}
