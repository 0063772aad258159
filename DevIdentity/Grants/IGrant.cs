using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>One <c>grant_type</c> of the token endpoint; the client is already authenticated.</summary>
internal interface IGrant
{
    string Type { get; }

    /// <summary>Returns a <c>TokenResponse</c> or a <c>ProtocolError</c>.</summary>
    IResult Handle(RealmClient client, Form form);
}
