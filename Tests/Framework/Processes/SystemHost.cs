namespace TraceDemo.Tests.Framework.Processes;

/// <summary>Runs the whole system: as Standalone's processes, or with Aspire.</summary>
public abstract class SystemHost : IAsyncDisposable
{
    /// <summary>The issuer: http://localhost:…/realms/tracedemo.</summary>
    public abstract string Authority { get; }

    public abstract bool IsKeycloak { get; }

    /// <summary>The name of the provider's process: <c>identity</c> or <c>keycloak</c>.</summary>
    public abstract string ProviderName { get; }

    /// <summary>Whether something of the host's own listens in front of each process.</summary>
    public abstract bool HasProxies { get; }

    /// <summary>Whatever the processes have written so far, one line each.</summary>
    public abstract IReadOnlyCollection<string> Output { get; }

    public abstract Uri Address(string service);

    public abstract string ClientSecret(string clientId);

    /// <summary>Stops one process for as long as the test needs it gone.</summary>
    public abstract Task StopAsync(string name);

    /// <summary>Returns when it is healthy.</summary>
    public abstract Task StartAgainAsync(string name);

    public abstract ValueTask DisposeAsync();
}
