using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>An exchanger of user-service, against a provider on real HTTP, by a clock that the test moves.</summary>
internal sealed class ExchangeFixture : IAsyncDisposable
{
    private readonly bool _ownsProvider;

    private ExchangeFixture(TestProvider provider, TestService service, ManualTime time, bool ownsProvider)
    {
        Provider = provider;
        Service = service;
        Time = time;
        _ownsProvider = ownsProvider;
    }

    public TestProvider Provider { get; }

    public TestService Service { get; }

    public ManualTime Time { get; }

    public ITokenExchanger Exchanger => Service.Services.GetRequiredService<ITokenExchanger>();

    public static ExchangePlan ToDocuments { get; } = ExchangePlan.For("document-service", "documents:read");

    /// <param name="before">Configures the service before anything is added to it.</param>
    /// <param name="replicaOf">The fixture whose provider and clock to share.</param>
    /// <param name="add">Adds to the service.</param>
    public static async Task<ExchangeFixture> StartAsync(
        Action<WebApplicationBuilder>? before = null, ExchangeFixture? replicaOf = null, Action<WebApplicationBuilder>? add = null)
    {
        var time = replicaOf?.Time ?? new ManualTime();
        var provider = replicaOf?.Provider ?? await TestProvider.StartAsync(time);
        return new ExchangeFixture(provider, await TestService.StartAsync(provider, "user-service", _ => { }, add, time, before),
            time, replicaOf is null);
    }

    public Caller Person(string name = "alice", int lifetime = 120)
    {
        var token = TestToken.Person with
        {
            Audience = "user-service",
            Client = "gateway",
            Subject = $"{name}-id",
            SessionId = $"{name}-session",
            UserName = name,
            Lifetime = TimeSpan.FromSeconds(lifetime),
        };
        var now = Time.GetUtcNow();
        return new Caller
        {
            Issuer = Provider.Issuer,
            Subject = token.Subject!,
            SessionId = token.SessionId,
            UserName = name,
            Client = new ClientId("gateway"),
            IsPerson = true,
            Groups = new HashSet<string>(["engineering"]),
            Scopes = new HashSet<string>(["profile"]),
            Audiences = new HashSet<string>(["user-service"]),
            IssuedAt = now,
            ExpiresAt = now.AddSeconds(lifetime),
            Actors = [],
            Pseudonym = Service.Services.GetRequiredService<Pseudonym>().Of(Provider.Issuer, token.Subject!, name),
            Token = new AccessToken(Provider.Sign(token)),
        };
    }

    public Task<ExchangeResult> ExchangeAsync(Caller subject, ExchangePlan? plan = null) =>
        Exchanger.ExchangeAsync(subject, plan ?? ToDocuments, TestContext.Current.CancellationToken);

    public async Task<ExchangeResult.Refused> RefusedAsync(Caller subject, ExchangePlan? plan = null) =>
        Assert.IsType<ExchangeResult.Refused>(await ExchangeAsync(subject, plan));

    public async Task<ExchangedToken> IssuedAsync(Caller subject, ExchangePlan? plan = null) =>
        Assert.IsType<ExchangeResult.Issued>(await ExchangeAsync(subject, plan)).Token;

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        if (_ownsProvider)
        {
            await Provider.DisposeAsync();
        }
    }
}
