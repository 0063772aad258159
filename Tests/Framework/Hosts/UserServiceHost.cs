using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceDemo.Contracts.Registry;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Identity;
using TraceDemo.Tests.Framework.Peers;
using TraceDemo.UserService.Delegation;
using TraceDemo.UserService.DirectAccess;
using TraceDemo.UserService.Profile;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>user-service as its Program sets it up; provider, agent-service and
/// document-service are the test's own, all on real HTTP.</summary>
internal sealed class UserServiceHost : IAsyncDisposable
{
    private const string Registered =
        """[{"id":"gpt4","name":"GPT-4","enabled":true},{"id":"claude","name":"Claude","enabled":false},"""
            + """{"id":"external","name":"External","enabled":true}]""";

    private UserServiceHost(TestProvider provider, RecordingPeer peer, TestService service)
    {
        Provider = provider;
        Peer = peer;
        Service = service;
    }

    public TestProvider Provider { get; }

    /// <summary>agent-service and document-service in one; the registry is answered apart.</summary>
    public RecordingPeer Peer { get; }

    public TestService Service { get; }

    /// <summary>The requests that the peer received, except reads of the registry.</summary>
    public IEnumerable<ReceivedRequest> Received => Peer.Received.Where(request => request.Path != "/agents");

    /// <summary>Exchanges asked for; the service's own tokens don't count.</summary>
    public IEnumerable<IFormCollection> Exchanges => Provider.TokenRequests.Where(form => form.ContainsKey("subject_token"));

    /// <summary>Answers everything but the registry.</summary>
    public RequestDelegate Answer { get; set; } = RecordingPeer.Says(200, AgentServiceHost.Granted);

    /// <summary>The token that the gateway sends for alice.</summary>
    public static TestToken Alice { get; } = TestToken.Person with { Client = "gateway", Audience = "user-service" };

    public static async Task<UserServiceHost> StartAsync(bool withRegistry = true)
    {
        var provider = await TestProvider.StartAsync();
        var peer = await RecordingPeer.AnsweringAsync(500, "");
        var service = await TestService.StartAsync(
            provider,
            "user-service",
            app =>
            {
                app.MapProfile();
                app.MapDirectAccess();
                app.MapDelegation();
            },
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["services:agent-service:http:0"] = peer.Address.ToString(),
                    ["services:document-service:http:0"] = peer.Address.ToString(),
                    ["Agents:external:ClientId"] = "partner-bot",
                });
                builder.AddDirectAccess();
                builder.AddDelegation();
            });
        var host = new UserServiceHost(provider, peer, service);
        if (withRegistry)
        {
            await host.ReadRegistryAsync();
        }

        return host;
    }

    public Task<Answer> SendAsync(HttpMethod method, string path, TestToken? token, object? body = null) =>
        Service.SendAsync(method, path, Provider.Sign(token), body);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Peer.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private Task ReadRegistryAsync()
    {
        var registry = RecordingPeer.Says(200, Registered);
        Peer.Answer = context => context.Request.Path == "/agents" ? registry(context) : Answer(context);
        var refresh = Service.Services.GetServices<IHostedService>().OfType<RegistryRefresh>().Single();
        return refresh.RefreshAsync(TestContext.Current.CancellationToken);
    }
}
