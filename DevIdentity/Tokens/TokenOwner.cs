using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>Whose token it is, as far as the person is still signed in.</summary>
internal sealed record TokenOwner(RealmUser User, UserSession? Session);
