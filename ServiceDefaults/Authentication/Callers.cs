namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Names the callers of an endpoint by the client that acts (<c>azp</c>).</summary>
public static class Callers
{
    /// <summary>One of these clients, on behalf of a person.</summary>
    /// <param name="clients">Client ids.</param>
    public static CallerRule Person(params string[] clients) => new(clients, person: true);

    /// <summary>One of these clients on its own behalf: its service account, without a person.</summary>
    /// <param name="clients">Client ids.</param>
    public static CallerRule Service(params string[] clients) => new(clients, person: false);

    /// <summary>
    /// Any client with a token for this service: the endpoint itself checks person, client and scope, and records the decision.
    /// </summary>
    public static CallerRule DecidedByPolicy { get; } = new([], person: false);
}
