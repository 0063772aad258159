using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>The token's person or service account, while the person is signed in.</summary>
internal sealed record TokenOwner(RealmUser User, UserSession? Session);
