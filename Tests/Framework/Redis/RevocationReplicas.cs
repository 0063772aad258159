using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.Tests.Framework.Hosts;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Redis;

/// <summary>Gateways that share revocations by a Redis of their own: one, and as many more as a test starts.</summary>
internal sealed class RevocationReplicas : IAsyncDisposable
{
    public const string Set = "tracedemo:gateway:revocations";

    private readonly string _key = RedisServer.NewKey();

    private RevocationReplicas(RedisServer redis, TestProvider provider)
    {
        Redis = redis;
        Provider = provider;
    }

    public RedisServer Redis { get; }

    public TestProvider Provider { get; }

    public TestService One { get; private set; } = null!;

    public static async Task<RevocationReplicas> StartAsync()
    {
        var replicas = new RevocationReplicas(await RedisServer.StartAsync(), await TestProvider.StartAsync());
        replicas.One = await replicas.AddAsync(replicas.Redis.Address);
        return replicas;
    }

    public static Revocations Of(TestService service) => service.Services.GetRequiredService<Revocations>();

    /// <param name="address">The address of Redis.</param>
    public async Task<TestService> AddAsync(string address)
    {
        var service = await TestService.StartAsync(Provider, "gateway", app =>
        {
            app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli"));
            app.MapBackchannelLogout("tracedemo-cli");
        }, before: builder =>
        {
            Redis.Configure(builder, "gateway", _key);
            builder.Configuration["ConnectionStrings:redis"] = Redis.ConnectionOf("gateway")
                .Replace(Redis.Address, address, StringComparison.Ordinal);
        });
        await Replica.UntilConnectedAsync(service.Services);
        return service;
    }

    public Task<TestService> AddAsync() => AddAsync(Redis.Address);

    public static async Task UntilRefusedAsync(TestService service, string token)
    {
        await Replica.UntilAsync(async () => (await service.GetAsync("/me", token)).Status != 200);
        Assert.Equal("token_revoked", (await service.GetAsync("/me", token)).Reason);
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Provider.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
