using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The issued authorization codes that have not expired.</summary>
internal sealed class AuthorizationCodes(Realm realm, TimeProvider time)
{
    private const int MaxPerPerson = 500;

    private readonly ExpiringMap<AuthorizationCode> _codes =
        new(new MapBounds { EntriesPerOwner = MaxPerPerson }, time);

    public string Issue(AuthorizationCode code)
    {
        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _codes.Add(code.Session.User.Username, value, code, time.GetUtcNow() + realm.AccessCodeLifespan);
        return value;
    }

    public bool TryFind(string value, [NotNullWhen(true)] out AuthorizationCode? code) => _codes.TryGet(value, out code);
}
