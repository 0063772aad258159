using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Clients;

/// <summary>The client that calls, or the error to answer.</summary>
internal readonly struct Authenticated
{
    private readonly RealmClient? _client;
    private readonly ProtocolError? _error;

    private Authenticated(RealmClient? client, ProtocolError? error)
    {
        _client = client;
        _error = error;
    }

    public bool IsClient([NotNullWhen(true)] out RealmClient? client, [NotNullWhen(false)] out ProtocolError? error)
    {
        client = _client;
        if (client is not null)
        {
            error = null;
            return true;
        }

        error = _error ?? throw new UnreachableException();
        return false;
    }

    public static implicit operator Authenticated(RealmClient client) => new(client, null);
    public static implicit operator Authenticated(ProtocolError error) => new(null, error);
}
