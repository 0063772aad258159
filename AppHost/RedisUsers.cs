using TraceDemo.Topology.Redis;
using TraceDemo.Topology.Services;
using TraceDemo.Topology.Settings;

namespace TraceDemo.AppHost;

/// <summary>A Redis user for each service, limited to that service's keys and channels.
/// Aspire's own user is for its health check and RedisInsight.</summary>
internal static class RedisUsers
{
    public static IResourceBuilder<RedisResource> WithUsers(this IResourceBuilder<RedisResource> redis, Secrets secrets)
    {
        var names = Service.Relying.Select(service => service.Name).ToList();
        foreach (var name in names)
        {
            redis.WithEnvironment(RedisArguments.PasswordVariable(name), secrets[SecretNames.RedisPassword(name)]);
        }

        // AddRedis starts a shell: when run, the orchestrator joins the words to its command; when published, they are one already.
        return redis.WithArgs(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                context.Args.Add(RedisArguments.UsersOf(names));
            }
            else
            {
                context.Args[^1] = $"{context.Args[^1]} {RedisArguments.UsersOf(names)} {RedisArguments.Memory}";
            }
        });
    }

    /// <summary>The Redis user of a service.</summary>
    public static ReferenceExpression ConnectionOf(this IResourceBuilder<RedisResource> redis, Service service, Secrets secrets)
    {
        var endpoint = redis.Resource.PrimaryEndpoint;
        var password = secrets[SecretNames.RedisPassword(service.Name)];
        // If a development certificate is trusted, Aspire switches its Redis to TLS.
        var tls = endpoint.GetTlsValue(ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Empty);
        return ReferenceExpression.Create(
            $"{endpoint.Property(EndpointProperty.HostAndPort)},user={service.Name},password={password}{tls}");
    }
}
