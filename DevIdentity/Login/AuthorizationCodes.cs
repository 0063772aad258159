using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The authorization codes that were issued and have not expired.</summary>
internal sealed class AuthorizationCodes(Realm realm, TimeProvider time)
{
    private const int MaxCodes = 20_000;

    private readonly ExpiringStore<AuthorizationCode> _codes = new(MaxCodes, time);

    /// <summary>Null when too many are out.</summary>
    public string? Issue(AuthorizationCode code)
    {
        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return _codes.TryAdd(value, code, time.GetUtcNow() + realm.AccessCodeLifespan) ? value : null;
    }

    public bool TryFind(string value, [NotNullWhen(true)] out AuthorizationCode? code) => _codes.TryGet(value, out code);
}
