using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Clients;

/// <summary>The caller: exactly one of the two members is set.</summary>
internal readonly record struct Authenticated(RealmClient? Client, ProtocolError? Error)
{
    public static implicit operator Authenticated(RealmClient client) => new(client, null);
    public static implicit operator Authenticated(ProtocolError error) => new(null, error);
}
