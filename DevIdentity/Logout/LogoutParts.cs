using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Logout;

internal sealed record LogoutParts(Realm Realm, TokenVerifier Verifier, SessionStore Sessions, BackchannelLogout Logout);
