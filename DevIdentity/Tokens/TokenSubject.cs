using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>For whom, through which client and with which scopes a token is issued.</summary>
/// <param name="Client">The client that asks; its mappers make the claims.</param>
/// <param name="User">A person or a service account.</param>
/// <param name="Session">Null for service accounts.</param>
/// <param name="Scopes">What was granted.</param>
/// <param name="Acr">"1" when the person has just signed in, "0" when the browser's session was enough.</param>
internal sealed record TokenSubject(RealmClient Client, RealmUser User, UserSession? Session, GrantedScopes Scopes, string Acr)
{
    private static readonly Dictionary<string, string> NoNotes = [];

    /// <summary>A client-credentials login notes the client in its session, and
    /// only there: an exchange of its token loses the claim.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = Session?.Notes ?? NoNotes;

    /// <summary>What the mappers of the granted scopes make of it.</summary>
    public MappingContext Map(TokenKind kind)
    {
        var context = new MappingContext(User, Notes, Acr);
        foreach (var scope in Scopes.Applied)
        {
            foreach (var mapper in scope.Mappers)
            {
                if (mapper.AppliesTo(kind)) { mapper.Apply(context); }
            }
        }

        return context;
    }
}
