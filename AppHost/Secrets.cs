using TraceDemo.Topology.Settings;

namespace TraceDemo.AppHost;

/// <summary>
/// Everything secret, each a parameter of the model: made once and kept in the user secrets of whoever develops; deployed, given or made by
/// the tool that deploys. Letters and digits only, because some pass through a shell and a connection string.
/// </summary>
internal sealed class Secrets(IDistributedApplicationBuilder builder)
{
    private readonly Dictionary<string, IResourceBuilder<ParameterResource>> _made = new(StringComparer.Ordinal);

    /// <summary>A secret by its name in <see cref="SecretNames"/>.</summary>
    public IResourceBuilder<ParameterResource> this[string name] => OnePer(name, length: 43);

    /// <summary>
    /// The key that seals what a service puts into Redis. No tool makes 32 bytes in Base64, but every tool makes letters and digits: 42 of
    /// them and an <c>A</c> are such bytes, 250 bits of them random.
    /// </summary>
    public ReferenceExpression RedisKey(string service) =>
        ReferenceExpression.Create($"{OnePer(SecretNames.RedisKey(service), length: 42)}A");

    private IResourceBuilder<ParameterResource> OnePer(string name, int length)
    {
        if (!_made.TryGetValue(name, out var parameter))
        {
            var value = new GenerateParameterDefault { MinLength = length, Special = false };
            _made[name] = parameter = builder.AddParameter(name, value, secret: true, persist: true);
        }

        return parameter;
    }
}
