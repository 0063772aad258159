using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.AppHost;

/// <summary>A Redis user for each service, which may touch that service's keys and channels only; Aspire's own user is for its health check and RedisInsight.</summary>
internal static class RedisUsers
{
    /// <summary>The users are arguments of redis-server, their passwords variables that the container's shell puts in.</summary>
    public static IResourceBuilder<RedisResource> WithUsers(this IResourceBuilder<RedisResource> redis, Secrets secrets, IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        var words = new List<string>();
        foreach (var service in services.Select(service => service.Resource.Name))
        {
            var variable = $"{service.ToUpperInvariant().Replace('-', '_')}_REDIS_PASSWORD";
            redis.WithEnvironment(variable, secrets.RedisPassword(service));
            words.Add("--" + string.Join(' ', RedisAccess.UserOf(service, $"${variable}").Split(' ').Select((word, at) => at == 0 ? word : $"\"{word}\"")));
        }

        // AddRedis starts a shell: run, the orchestrator joins the words to its command; published, they are one already.
        var users = string.Join(' ', words);
        return redis.WithArgs(context =>
        {
            if (context.ExecutionContext.IsRunMode)
                context.Args.Add(users);
            else
                context.Args[^1] = $"{context.Args[^1]} {users}";
        });
    }

    /// <summary>Redis behind a service's caches: its own user, and its own key for what it puts there.</summary>
    public static IResourceBuilder<ProjectResource> WithState(this IResourceBuilder<ProjectResource> service, IResourceBuilder<RedisResource> redis, Secrets secrets)
    {
        var name = service.Resource.Name;
        var endpoint = redis.Resource.PrimaryEndpoint;
        // Where a development certificate is trusted, Aspire switches its Redis to TLS.
        var tls = endpoint.GetTlsValue(ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Empty);
        return service.WaitFor(redis).WithReferenceRelationship(redis)
            .WithEnvironment("ConnectionStrings__redis", $"{endpoint.Property(EndpointProperty.HostAndPort)},user={name},password={secrets.RedisPassword(name)}{tls}")
            .WithEnvironment("Redis__Key", secrets.RedisKey(name));
    }
}
