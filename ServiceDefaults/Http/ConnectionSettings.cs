namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Connection settings for our own services and the provider.</summary>
public static class ConnectionSettings
{
    /// <summary>Pooled connections that detect a changed address within minutes; no cookies,
    /// redirects or proxies, none of which a service may follow.</summary>
    /// <param name="handler">The handler to configure.</param>
    public static void Apply(SocketsHttpHandler handler)
    {
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        handler.MaxConnectionsPerServer = 256;
        handler.UseCookies = false;
        handler.AllowAutoRedirect = false;
        handler.UseProxy = false;
    }
}
