using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.DevIdentity;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.ServiceDefaults;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>A real DevIdentity on Kestrel in this process, reached by real HTTP.</summary>
internal sealed class DevIdentityHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _realmFile;

    private DevIdentityHost(WebApplication app, string? realmFile)
    {
        _app = app;
        _realmFile = realmFile;
        Authority = app.Services.GetRequiredService<Issuer>().Value;
        Client = new ProviderClient(Authority);
    }

    /// <summary>The issuer, which is the realm's address too.</summary>
    public string Authority { get; }

    /// <summary>Asks it for tokens.</summary>
    public ProviderClient Client { get; }

    public static async Task<DevIdentityHost> StartAsync(DevIdentitySettings? settings = null)
    {
        settings ??= new DevIdentitySettings();
        var realmFile = settings.Realm is null ? null : await WriteRealmAsync(settings.Realm);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = settings.Environment, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = settings.Urls;
        if (realmFile is not null)
        {
            builder.Configuration["Identity:RealmFile"] = realmFile;
        }
        foreach (var (name, value) in settings.Configuration)
        {
            builder.Configuration[name] = value;
        }
        builder.Services.AddSingleton(settings.Time);
        builder.AddDevIdentity();
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapDevIdentity();
        app.MapDefaultEndpoints();
        await app.StartAsync();
        return new DevIdentityHost(app, realmFile);
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Signs with a new key from now on.</summary>
    public string RotateKeys() => Service<KeyRing>().Rotate().Id;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        if (_realmFile is not null)
        {
            File.Delete(_realmFile);
        }
    }

    private static async Task<string> WriteRealmAsync(Action<JsonObject> change)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}-realm.json");
        await File.WriteAllTextAsync(file, await RealmEdits.ApplyAsync(change));
        return file;
    }
}
