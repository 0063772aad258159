using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.Tests.DevIdentity;

public sealed class PlaceholderTests
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["SET"] = "value", ["EMPTY"] = "", ["QUOTED"] = "\"}\n{" }).Build();

    [Theory]
    [InlineData("${SET:default}", "value")]
    [InlineData("${UNSET:default}", "default")]
    [InlineData("${EMPTY:default}", "default")]
    [InlineData("${UNSET:http://localhost:5000}/*", "http://localhost:5000/*")]
    [InlineData("${UNSET:}", "")]
    [InlineData("${UNSET}", "${UNSET}")]
    [InlineData("a ${SET} b ${SET:x}", "a value b value")]
    [InlineData("$SET {SET} ${", "$SET {SET} ${")]
    public void A_placeholder_resolves_to_its_value_or_default_or_stays(string text, string expected) =>
        Assert.Equal(expected, Placeholders.Resolve(text, Configuration));

    [Fact]
    public void A_value_cannot_break_out_of_its_string()
    {
        var node = JsonNode.Parse("""{"a":["${QUOTED}",1,null],"b":{"c":"${SET}"}}""")!;
        Placeholders.Resolve(node, Configuration);
        Assert.Equal("\"}\n{", (string?)node["a"]![0]);
        Assert.Equal("value", (string?)node["b"]!["c"]);
    }

    [Fact]
    public void Text_without_a_placeholder_is_unchanged() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text => text.Get.Contains("${", StringComparison.Ordinal) || Placeholders.Resolve(text.Get, Configuration) == text.Get)
            .Check(Config.QuickThrowOnFailure);
}
