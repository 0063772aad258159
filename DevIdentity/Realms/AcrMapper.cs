namespace TraceDemo.DevIdentity.Realms;

internal sealed class AcrMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context) => context.Claims["acr"] = context.Acr;
}
