using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.Tests.Framework.Hosts;
using TraceDemo.Tests.Framework.Redis;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>The parts of ServiceDefaults that user-service uses, inside this process with a
/// real DevIdentity, for measuring single steps.</summary>
internal sealed class InProcessService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InProcessService(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public static async Task<InProcessService> StartAsync(RealSystem provider, CancellationToken cancellationToken, string? redis = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Identity:BackchannelAddress"] = provider.BackchannelAddress,
            ["Identity:ClientSecret"] = provider.Secrets.Client(Service.UserService.Name),
            ["ConnectionStrings:redis"] = redis,
            ["Redis:Key"] = RedisServer.NewKey(),
        };
        var app = TestService.Builder(provider.Authority, Service.UserService.Name,
            before: builder => builder.Configuration.AddInMemoryCollection(settings)).Build();
        app.MapDefaultEndpoints();
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<SigningKeys>().RefreshAsync(cancellationToken);
        return new InProcessService(app);
    }

    /// <summary>Runs the bearer scheme for one request; returns the caller, or throws if the token is refused.</summary>
    public async ValueTask<Caller> AuthenticateAsync(string authorization)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Authorization = authorization;
        var result = await scope.ServiceProvider.GetRequiredService<IAuthenticationService>()
            .AuthenticateAsync(context, JwtBearerDefaults.AuthenticationScheme);
        return result.Succeeded
            ? Caller.Find(context)!
            : throw new InvalidOperationException($"The token was refused: {result.Failure?.Message}");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
