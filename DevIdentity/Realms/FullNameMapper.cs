namespace TraceDemo.DevIdentity.Realms;

internal sealed class FullNameMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context)
    {
        var name = $"{context.User.FirstName} {context.User.LastName}".Trim();
        if (name.Length > 0)
        {
            context.Claims["name"] = name;
        }
    }
}
