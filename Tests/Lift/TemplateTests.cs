using TraceDemo.Topology;

namespace TraceDemo.Tests.Lift;

/// <summary>A third service, made by the template.</summary>
[Collection(typeof(OnLiftedSolution))]
public sealed class TemplateTests(LiftedSolution solution)
{
    [Fact]
    public async Task A_service_of_the_template_starts_healthy_and_accepts_only_the_client_that_may_call_it()
    {
        var folder = solution.Commands.Solution;
        await solution.Commands.RunAsync(Repository.Root, "dotnet new install templates/tracedemo-service");
        await solution.Commands.RunAsync(folder, "dotnet new tracedemo-service -n PriceList --caller orders --port 5203");
        await solution.Commands.RunAsync(folder, "dotnet sln add PriceList");
        await solution.Commands.RunAsync(folder, "dotnet build PriceList");
        var address = new Uri(LiftedSolution.Local());
        await solution.StartServiceAsync("PriceList", address);

        var health = await solution.Http.AskAsync(HttpMethod.Get, new(address, "/health"), token: null);
        Assert.Equal((200, "healthy"), (health.Status, health.Body.GetProperty("checks").GetProperty("identity").GetString()));
        (await solution.Http.AskAsync(HttpMethod.Get, new(address, "/hello"), token: null)).IsRefused(401, "token_missing");
        (await solution.Http.AskAsync(HttpMethod.Get, new(address, "/hello"), await solution.SignInAsync()))
            .IsRefused(401, "audience_invalid");
        var exchanged = await solution.Provider.ExchangeAsync("orders", await solution.SignInAsync(), "price-list:read", "price-list");
        var hello = await solution.Http.AskAsync(HttpMethod.Get, new(address, "/hello"), exchanged.AccessToken);
        Assert.Equal((200, "alice", "orders"),
            (hello.Status, hello.Body.GetProperty("person").GetString(), hello.Body.GetProperty("client").GetString()));
        Assert.Contains("\"http://localhost:5203\"",
            await File.ReadAllTextAsync(Path.Combine(folder, "PriceList", "Properties", "launchSettings.json"),
                TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_the_sample_and_the_project_name_the_same_version()
    {
        var version = Version("ServiceDefaults/ServiceDefaults.csproj", "<VersionPrefix>", "<");
        Assert.All(
            (string[])
            [
                "templates/tracedemo-service/NewService.csproj", "samples/Lift/Orders/Orders.csproj", "samples/Lift/Stock/Stock.csproj",
            ],
            file => Assert.Equal(version, Version(file, "\"TraceDemo.ServiceDefaults\" Version=\"", "\"")));
    }

    private static string Version(string file, string before, string after) =>
        SourceFiles.Named(file).Text.Split(before, 2)[1].Split(after, 2)[0];
}
