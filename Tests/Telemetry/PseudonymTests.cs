using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Telemetry;

public sealed class PseudonymTests
{
    private const string Key = "a-key-of-more-than-thirty-two-characters";
    private const string Issuer = "https://id.example/realms/tracedemo";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("too-short")]
    [InlineData(TelemetryOptionsDefaults.DevelopmentKey)]
    public void Outside_development_no_service_starts_without_its_own_key(string? key) =>
        Assert.Throws<OptionsValidationException>(() => Create("Production", key, null));

    [Fact]
    public void A_pseudonym_is_sixteen_hex_digits_and_the_same_in_every_service_of_one_key()
    {
        var name = Create("Production", Key, null).Of(Issuer, "subject", "alice");

        // printf 'https://id.example/realms/tracedemo\nsubject' | openssl dgst -sha256 -hmac "$KEY"
        Assert.Equal("f08327762585abf8", name);
        Assert.Equal(name, Create("Production", Key, "pseudonym").Of(Issuer, "subject", "renamed"));
    }

    [Fact]
    public void A_different_issuer_subject_or_key_gives_a_different_pseudonym()
    {
        var pseudonym = Create("Production", Key, null);

        string[] names =
        [
            pseudonym.Of(Issuer, "subject", null), pseudonym.Of(Issuer, "subject2", null), pseudonym.Of($"{Issuer}2", "subject", null),
            Create("Production", $"{Key}2", null).Of(Issuer, "subject", null),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [InlineData("Development", null, "alice")]
    [InlineData("Production", "username", "alice")]
    public void The_user_name_is_shown_in_development_or_if_configured(string environment, string? identity, string expected) =>
        Assert.Equal(expected, Create(environment, Key, identity).Of(Issuer, "subject", "alice"));

    [Theory]
    [InlineData("Development", "pseudonym", "alice")]
    [InlineData("Production", null, "alice")]
    [InlineData("Development", null, null)]
    public void In_all_other_cases_the_pseudonym_is_shown(string environment, string? identity, string? userName) =>
        Assert.Matches("^[0-9a-f]{16}$", Create(environment, Key, identity).Of(Issuer, "subject", userName));

    private static Pseudonym Create(string environment, string? key, string? identity)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        var settings = new Dictionary<string, string?> { ["Telemetry:PseudonymKey"] = key, ["Telemetry:Identity"] = identity };
        builder.Configuration.AddInMemoryCollection(settings.Where(setting => setting.Value is not null));
        builder.AddTelemetry();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<Pseudonym>();
    }
}
