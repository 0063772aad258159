namespace TraceDemo.Tests.Framework.Published;

/// <summary>The good chart with one thing wrong.</summary>
internal static class ChartChange
{
    public const string Pod = "templates/gateway/deployment.yaml";
    public const string Config = "templates/gateway/config.yaml";
    public const string Secrets = "templates/gateway/secrets.yaml";

    /// <summary>Of Keycloak, whose address nobody in the good chart has.</summary>
    public const string Service = "templates/keycloak/service.yaml";

    public const string RedisPod = "templates/redis/deployment.yaml";
    public const string Claim = "templates/redis/claim.yaml";
    public const string Disk = "templates/redis/disk.yaml";
    public const string More = "templates/more.yaml";

    public const string Workload = "Deployment gateway-deployment";
    public const string Container = $"{Workload}, container gateway";
    public const string RedisContainer = "StatefulSet redis-deployment, container redis";

    public static HelmChart Of(string file, string part, string instead, params ReadOnlySpan<(string Part, string Instead)> more)
    {
        var text = Replaced(GoodChart.Files[file], part, instead);
        foreach (var other in more)
        {
            text = Replaced(text, other.Part, other.Instead);
        }

        return HelmChart.Parse(new Dictionary<string, string>(GoodChart.Files) { [file] = text });
    }

    /// <summary>The part stands there once, so that it is one thing that is wrong.</summary>
    private static string Replaced(string text, string part, string instead)
    {
        Assert.Equal(2, text.Split(part).Length);
        return text.Replace(part, instead, StringComparison.Ordinal);
    }
}
