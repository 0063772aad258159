using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>What a login needs besides its pages.</summary>
internal sealed record LoginParts(PersonAuthentication People, SessionStore Sessions, AuthorizationCodes Codes);
