using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>The subject, client and scopes of a token to be issued.</summary>
/// <param name="Client">The requesting client; its mappers create the claims.</param>
/// <param name="User">A person or a service account.</param>
/// <param name="Session">Null for service accounts.</param>
/// <param name="Scopes">The granted scopes.</param>
/// <param name="Acr">"1" when the person has just signed in, "0" when the browser's session was enough.</param>
internal sealed record TokenSubject(RealmClient Client, RealmUser User, UserSession? Session, GrantedScopes Scopes, string Acr)
{
    private static readonly Dictionary<string, string> NoNotes = [];

    /// <summary>A client-credentials login notes the client in its session only,
    /// so an exchange of its token loses the claim.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = Session?.Notes ?? NoNotes;

    /// <summary>The claims created by the mappers of the granted scopes.</summary>
    public MappingContext Map(TokenKind kind)
    {
        var context = new MappingContext(User, Notes, Acr);
        foreach (var scope in Scopes.Applied)
        {
            foreach (var mapper in scope.Mappers)
            {
                if (mapper.AppliesTo(kind))
                {
                    mapper.Apply(context);
                }
            }
        }

        return context;
    }
}
