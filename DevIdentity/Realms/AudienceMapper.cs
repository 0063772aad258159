namespace TraceDemo.DevIdentity.Realms;

internal sealed class AudienceMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    private readonly string? _audience = config.GetValueOrDefault("included.client.audience")
        ?? config.GetValueOrDefault("included.custom.audience");

    public override void Apply(MappingContext context)
    {
        if (_audience is not null)
        {
            context.Audience.Add(_audience);
        }
    }
}
