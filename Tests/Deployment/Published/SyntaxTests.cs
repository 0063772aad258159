using TraceDemo.Tests.Framework.Published;

namespace TraceDemo.Tests.Deployment.Published;

/// <summary>What the rules are made of: expressions of Helm, quantities, names.</summary>
public sealed class SyntaxTests
{
    private static readonly HelmTemplate Template = new(
        YamlPath.Documents("config: { gateway: { port: 8080, name: \"x\", none: \"\", nothing: } }").Single(),
        YamlPath.Documents("{ name: \"chart\", version: \"1.2.3\" }").Single());

    [Theory]
    [InlineData("{{ .Values.config.gateway.name }}", "x")]
    [InlineData("{{.Values.config.gateway.port|int}}", "8080")]
    [InlineData("a{{- .Values.config.gateway.port | int | toString -}}b", "a8080b")]
    [InlineData("{{ .Values.config.gateway.none | int }}", "0")]
    [InlineData("{{ .Values.config.gateway.none }}", "")]
    [InlineData("{{ .Chart.Name }}-{{ .Chart.Version }}-{{ .Release.Name }}", "chart-1.2.3-release-name")]
    public void An_expression_is_rendered_as_Helm_does(string text, string rendered)
    {
        var (actual, findings) = Template.Render(text);

        Assert.Equal(rendered, actual);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("{{ .Values.config.gateway.other }}")]
    [InlineData("{{ .Values.config.gateway.nothing }}")]
    [InlineData("{{ .Values.config.gateway }}")]
    [InlineData("{{ .Values.config.user-service.name }}")]
    [InlineData("{{ .Values.config.gateway.name | title }}")]
    [InlineData("{{ .Chart.AppVersion }}")]
    [InlineData("{{ if .Values.config }}")]
    public void An_expression_that_does_not_resolve_is_reported(string text) =>
        Assert.Equal([$"{text} does not resolve"], Template.Render(text).Findings);

    [Theory]
    [InlineData("0.50", 0.5)]
    [InlineData("100m", 0.1)]
    [InlineData("128M", 128_000_000)]
    [InlineData("1Gi", 1_073_741_824)]
    [InlineData("1e3", 1000)]
    public void A_quantity_is_a_number_with_a_unit(string text, double expected) => Assert.Equal((decimal)expected, Quantity.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("512MB")]
    [InlineData("1gi")]
    [InlineData("-1")]
    [InlineData("1 M")]
    [InlineData("M")]
    public void An_invalid_quantity_has_no_number(string text) => Assert.Null(Quantity.Parse(text));

    [Theory]
    [InlineData("redis-data", true)]
    [InlineData("0redis", true)]
    [InlineData("redis.data", false)]
    [InlineData("Redis", false)]
    [InlineData("redis-", false)]
    [InlineData("redis\n", false)]
    [InlineData("", false)]
    public void A_DNS_label_has_neither_dots_nor_capitals(string name, bool valid) =>
        Assert.Equal(valid, KubernetesNames.IsDns1123Label(name));

    [Theory]
    [InlineData("app.kubernetes.io/name", true)]
    [InlineData("tier", true)]
    [InlineData("App/name", false)]
    [InlineData("app/", false)]
    [InlineData("a/b/c", false)]
    public void A_key_of_a_label_may_have_a_prefix(string key, bool valid) => Assert.Equal(valid, KubernetesNames.IsLabelKey(key));
}
