namespace TraceDemo.DevIdentity.Realms;

internal sealed class SessionNoteMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    private readonly string _note = config.GetValueOrDefault("user.session.note", "");

    public override void Apply(MappingContext context)
    {
        if (context.Notes.TryGetValue(_note, out var value))
        {
            context.Claims[ClaimName] = Typed(value);
        }
    }
}
