namespace TraceDemo.DevIdentity.Realms;

internal sealed class UserAttributeMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    private readonly string _attribute = config.GetValueOrDefault("user.attribute", "");

    public override void Apply(MappingContext context)
    {
        if (context.User.Attribute(_attribute) is { } value)
        {
            context.Claims[ClaimName] = Typed(value);
        }
    }
}
