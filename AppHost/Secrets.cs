using TraceDemo.Topology.Settings;

namespace TraceDemo.AppHost;

/// <summary>
/// All secrets, each a parameter of the model: in development, generated once and stored in user secrets; deployed, provided or generated
/// by the deployment tool. Letters and digits only, because some pass through a shell and a connection string.
/// </summary>
internal sealed class Secrets(IDistributedApplicationBuilder builder)
{
    private readonly Dictionary<string, IResourceBuilder<ParameterResource>> _made = new(StringComparer.Ordinal);

    /// <summary>A secret by its name in <see cref="SecretNames"/>.</summary>
    public IResourceBuilder<ParameterResource> this[string name] => OnePer(name, length: 43);

    /// <summary>
    /// The key that encrypts a service's data in Redis. No tool generates 32 bytes in Base64, but each generates letters and digits: 42
    /// of them and an <c>A</c> are such bytes, 250 bits of them random.
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
