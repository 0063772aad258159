namespace TraceDemo.AppHost;

/// <summary>A Redis user for each service, which may touch that service's keys and channels only. Aspire's own user is for its health check and RedisInsight.</summary>
internal static class RedisUsers
{
    public static IResourceBuilder<RedisResource> WithUsers(this IResourceBuilder<RedisResource> redis, Secrets secrets, IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        var names = services.Select(service => service.Resource.Name).ToList();
        foreach (var name in names)
            redis.WithEnvironment(RedisArguments.PasswordVariable(name), secrets.RedisPassword(name));
        // AddRedis starts a shell: run, the orchestrator joins the words to its command; published, they are one already.
        return redis.WithArgs(context =>
        {
            if (context.ExecutionContext.IsRunMode)
                context.Args.Add(RedisArguments.UsersOf(names));
            else
                context.Args[^1] = $"{context.Args[^1]} {RedisArguments.UsersOf(names)} {RedisArguments.Memory}";
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
