namespace TraceDemo.DevIdentity.Realms;

internal sealed class SubjectMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context) => context.Claims["sub"] = context.User.Subject;
}
