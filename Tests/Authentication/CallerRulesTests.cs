using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Authentication;

/// <summary>Who may call what: each rule violated once.</summary>
public sealed class CallerRulesTests : OnTestService
{
    [Theory]
    [InlineData("/person", 200, null)]
    [InlineData("/scoped", 403, "insufficient_scope")]
    [InlineData("/admins", 403, "admin_required")]
    [InlineData("/others", 403, "caller_not_accepted")]
    [InlineData("/service", 403, "caller_not_accepted")]
    public Task Person_tokens_are_accepted_only_by_endpoints_for_people(string path, int status, string? reason) =>
        ExpectAsync(path, TestToken.Person, status, reason);

    [Theory]
    [InlineData("/person", 403, "delegation_required")]
    [InlineData("/service", 200, null)]
    public Task A_client_alone_is_not_a_person(string path, int status, string? reason) =>
        ExpectAsync(path, TestToken.Service("tracedemo-cli", "gateway", "profile"), status, reason);

    [Fact]
    public Task An_exchanged_service_account_is_not_a_person_although_it_has_a_subject_and_no_client_id() =>
        ExpectAsync("/person", TestToken.Service("tracedemo-cli", "gateway", "profile") with { ClientIdClaim = null }, 403,
            "delegation_required");

    [Fact]
    public Task A_service_account_with_a_session_is_not_a_person() =>
        ExpectAsync("/person", TestToken.Service("tracedemo-cli", "gateway", "profile") with { ClientIdClaim = null, SessionId = "s" }, 403,
            "delegation_required");

    [Fact]
    public Task A_session_with_a_client_id_claim_is_not_a_person() =>
        ExpectAsync("/person", TestToken.Person with { ClientIdClaim = "tracedemo-cli" }, 403, "delegation_required");

    [Fact]
    public Task A_subgroup_named_admin_is_not_the_group_admin() =>
        ExpectAsync("/admins", TestToken.Person with { Groups = ["/hr/admin", "//admin"] }, 403, "admin_required");

    [Fact]
    public Task A_member_of_the_group_admin_is_an_administrator() =>
        ExpectAsync("/admins", TestToken.Person with { Groups = ["/admin"] }, 200, null);

    [Theory]
    [InlineData("/two/a", new[] { "gateway", "agent-a" }, 200)]
    [InlineData("/two/b", new[] { "gateway", "agent-a" }, 401)]
    [InlineData("/two/a", new[] { "gateway" }, 401)]
    [InlineData("/two/a", new[] { "gateway", "agent-a", "document-service" }, 401)]
    public Task An_endpoint_with_a_second_audience_accepts_exactly_these_two(string path, string[] audiences, int status) =>
        ExpectAsync(path, TestToken.Person with { Audience = audiences }, status, status == 200 ? null : "audience_invalid");

    [Fact]
    public async Task An_endpoint_without_declared_callers_prevents_startup()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestService.StartAsync(Provider, "gateway", app => app.MapGet("/open", () => "anybody")));

        Assert.Contains("/open", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Identity:Authority")]
    [InlineData("Identity:ClientId")]
    [InlineData("Identity:ClientSecret")]
    [InlineData("Identity:Provider")]
    public async Task A_service_without_identity_settings_does_not_start(string missing)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => TestService.StartAsync(Provider, "gateway", _ => { }, builder => builder.Configuration[missing] = ""));

        Assert.Contains(missing.Replace(":", "__", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    protected override void Map(WebApplication app)
    {
        app.MapGet("/person", () => "hello").Accept(Callers.Person("tracedemo-cli"));
        app.MapGet("/scoped", () => "hello").Accept(Callers.Person("tracedemo-cli").WithScope("documents:read"));
        app.MapGet("/admins", () => "hello").Accept(Callers.Person("tracedemo-cli").InGroup("admin"));
        app.MapGet("/others", () => "hello").Accept(Callers.Person("dashboard"));
        app.MapGet("/service", () => "hello").Accept(Callers.Service("tracedemo-cli"));
        app.MapGet("/two/{id}", () => "hello").Accept(Callers.Person("tracedemo-cli"))
            .WithSecondAudience(context => new ClientId($"agent-{context.Request.RouteValues["id"]}"));
    }

    private async Task ExpectAsync(string path, TestToken token, int status, string? reason)
    {
        var answer = await Service.GetAsync(path, Provider.Sign(token));

        Assert.Equal(status, answer.Status);
        if (reason is not null)
        {
            Assert.Equal(reason, answer.Reason);
        }
    }

    [Fact]
    public async Task Token_validation_stores_no_data_protection_keys_on_disk()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var service = await TestService.StartAsync(
            provider, "gateway", app => app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli")));

        Assert.Null(service.Services.GetService<IDataProtectionProvider>());
        Assert.Equal(200, (await service.GetAsync("/me", provider.Sign(TestToken.Person))).Status);
    }
}
