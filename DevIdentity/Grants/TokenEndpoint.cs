using System.Collections.Frozen;
using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>RFC 6749 §3.2. The checks are in Keycloak's order, so that a request with two faults gets the same error.</summary>
internal sealed class TokenEndpoint(ClientAuthentication clients, IEnumerable<IGrant> grants)
{
    private readonly FrozenDictionary<string, IGrant> _grants = grants.ToFrozenDictionary(grant => grant.Type, StringComparer.Ordinal);

    public IEnumerable<string> GrantTypes => _grants.Keys.Order(StringComparer.Ordinal);

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(request, cancellationToken);
        if (form["grant_type"] is not { } type)
        {
            return ProtocolError.InvalidRequest("Missing form parameter: grant_type");
        }
        if (!_grants.TryGetValue(type, out var grant))
        {
            return new ProtocolError(400, "unsupported_grant_type", "Unsupported grant_type");
        }
        var authentication = await clients.AuthenticateAsync(request, cancellationToken);
        if (!authentication.IsClient(out var client, out var error))
        {
            return error;
        }
        if (form.HasDuplicates)
        {
            return ProtocolError.InvalidRequest("duplicated parameter");
        }
        return grant.Handle(client, form);
    }
}
