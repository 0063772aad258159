using TraceDemo.SampleAgents.Model;

namespace TraceDemo.Tests.SampleAgents;

public sealed class ModelOptionsTests
{
    private static readonly ModelOptions Valid = new() { Endpoint = new Uri("https://models.example/v1"), Model = "m", Key = "k" };

    [Fact]
    public void Without_an_endpoint_no_other_setting_is_required() => Assert.Empty(new ModelOptions().Errors("gpt4"));

    [Theory]
    [InlineData("https://models.example/v1")]
    [InlineData("http://127.0.0.1:8000/v1")]
    [InlineData("http://localhost:11434/v1")]
    public void An_encrypted_or_local_endpoint_is_accepted(string endpoint) =>
        Assert.Empty((Valid with { Endpoint = new Uri(endpoint) }).Errors("gpt4"));

    [Theory]
    [InlineData("http://models.example/v1")]
    [InlineData("ftp://models.example/v1")]
    [InlineData("models")]
    [InlineData("https://user:pw@models.example/v1")]
    [InlineData("https://models.example/v1?key=abc")]
    public void Any_other_endpoint_is_refused_without_repeating_it(string endpoint)
    {
        var error = Assert.Single((Valid with { Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) }).Errors("gpt4"));
        Assert.StartsWith("Agents__gpt4__Endpoint must", error, StringComparison.Ordinal);
        Assert.DoesNotContain(endpoint, error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_of_all_agents_are_reported_at_once()
    {
        var wrong = Valid with { Model = " ", Key = "two words", Timeout = TimeSpan.FromHours(1) };
        var result = new ModelEndpointsValidator()
            .Validate(null, new ModelEndpoints { ["gpt4"] = wrong, ["claude"] = Valid with { Model = null } });

        Assert.Equal(
            ["Agents__gpt4__Model", "Agents__gpt4__Key", "Agents__gpt4__Timeout", "Agents__claude__Model"],
            result.Failures!.Select(failure => failure.Split(' ')[0]));
        Assert.DoesNotContain("two words", string.Concat(result.Failures!), StringComparison.Ordinal);
    }
}
