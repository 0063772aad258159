using System.Diagnostics;
using TraceDemo.DevIdentity.Device;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>RFC 8628 §3.4: the device polls until its person has decided.</summary>
internal sealed class DeviceCodeGrant(DeviceAuthorizations devices, SessionStore sessions, TokenResponses responses, TimeProvider time)
    : IGrant
{
    public string Type => "urn:ietf:params:oauth:grant-type:device_code";

    public IResult Handle(RealmClient client, Form form)
    {
        if (!client.DeviceFlow)
        {
            return ProtocolError.InvalidGrant("Client not allowed OAuth 2.0 Device Authorization Grant");
        }
        if (form["device_code"] is not { } code)
        {
            return ProtocolError.InvalidRequest("Missing parameter: device_code");
        }
        if (devices.FindByDeviceCode(code) is not { } device || device.Client.Id != client.Id)
        {
            return ProtocolError.InvalidGrant("Device code not valid");
        }
        if (device.ExpiresAt <= time.GetUtcNow())
        {
            return Waiting("expired_token", "Device code is expired");
        }
        if (!devices.MayPoll(device))
        {
            return Waiting("slow_down", "Slow down");
        }
        return device.State switch
        {
            DeviceState.Pending => Waiting("authorization_pending", "The authorization request is still pending"),
            DeviceState.Denied => Waiting("access_denied", "The end user denied the authorization request"),
            DeviceState.Granted => Grant(client, device, form["code_verifier"]),
            _ => throw new UnreachableException(),
        };
    }

    private IResult Grant(RealmClient client, DeviceAuthorization device, string? verifier)
    {
        if (Pkce.CheckVerifier(device.CodeChallenge, verifier) is { } refused)
        {
            return refused;
        }
        if (!GrantedScopes.TryResolve(client, device.Scope, out var scopes))
        {
            return ProtocolError.InvalidScope(device.Scope);
        }
        if (!sessions.TryFind(device.Session!.Id, out var session))
        {
            return ProtocolError.InvalidGrant("Session not active");
        }
        if (!devices.TryConsume(device))
        {
            return ProtocolError.InvalidGrant("Device code not valid");
        }
        sessions.Touch(session);
        return responses.ForLogin(new TokenSubject(client, session.User, session, scopes, Acr: "1"), nonce: null);
    }

    private static ProtocolError Waiting(string error, string description) => new(400, error, description);
}
