namespace TraceDemo.SampleAgents.Model;

/// <summary>The endpoint of an agent's model: any OpenAI-compatible API, e.g.
/// <c>https://api.openai.com/v1</c>. Bound from <c>Agents:{id}</c>.</summary>
internal sealed record ModelOptions
{
    /// <summary>The base address, to which <c>/chat/completions</c> is appended; without it, the agent works without a model.</summary>
    public Uri? Endpoint { get; init; }

    public string? Model { get; init; }

    public string? Key { get; init; }

    /// <summary>If increased, also increase ServiceClients__TotalTimeout of user-service
    /// and Gateway__UpstreamTimeout, or they time out first.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All errors, each naming its setting.</summary>
    public IEnumerable<string> Errors(string agent)
    {
        if (Endpoint is null)
        {
            yield break;
        }

        if (!Endpoint.IsAbsoluteUri
            || (Endpoint.Scheme != Uri.UriSchemeHttps && !(Endpoint.Scheme == Uri.UriSchemeHttp && Endpoint.IsLoopback)))
        {
            yield return $"Agents__{agent}__Endpoint must be an https address (http only on this machine)";
        }
        else if (Endpoint.UserInfo.Length > 0 || Endpoint.Query.Length > 0 || Endpoint.Fragment.Length > 0)
        {
            yield return $"Agents__{agent}__Endpoint must have no user, query or fragment; set the key in Agents__{agent}__Key";
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return $"Agents__{agent}__Model is missing";
        }

        if (Key is not null && !Key.All(c => c is > ' ' and <= '~'))
        {
            yield return $"Agents__{agent}__Key must be printable ASCII without spaces";
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(5))
        {
            yield return $"Agents__{agent}__Timeout must be between 1 second and 5 minutes";
        }
    }
}
