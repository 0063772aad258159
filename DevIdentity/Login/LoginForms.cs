using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TraceDemo.DevIdentity.Device;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Opens login forms and validates submitted ones; only forms that were used to sign in are stored.</summary>
internal sealed class LoginForms(FormSeal seal, KeyRing keys, Realm realm, DeviceAuthorizations devices, TimeProvider time)
{
    private const string Type = "Login";
    private const int MaxUsedPerPerson = 1_000;

    private readonly ExpiringMap<bool> _used =
        new(new MapBounds { EntriesPerOwner = MaxUsedPerPerson }, time);

    public LoginForm Open(string browserId, LoginPurpose purpose)
    {
        var tab = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));
        var content = purpose.ToJson();
        content["tab"] = tab;
        return new LoginForm(tab, purpose, seal.Seal(Type, browserId, content));
    }

    public LoginForm? Find(string? text, string? browserId) =>
        seal.Open(Type, browserId, text) is { } content && content.Text("tab") is { } tab && Purpose(content) is { } purpose
            ? new LoginForm(tab, purpose, text!) : null;

    /// <summary>A value known only to a page with this form and, with a session, only to one that was shown to that session.</summary>
    public string Code(LoginForm form, UserSession? session) =>
        Base64Url.EncodeToString(keys.Sealing.Sign(Encoding.UTF8.GetBytes($"form code {form.Tab} {session?.Id}")).AsSpan(0, 32));

    public bool IsCode(LoginForm form, UserSession? session, string? given) =>
        given is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(form, session)), Encoding.UTF8.GetBytes(given));

    /// <summary>True for the first sign-in by this form.</summary>
    public bool TryUse(LoginForm form, RealmUser user) =>
        _used.Add(user.Username, form.Tab, value: true, time.GetUtcNow() + FormSeal.Lifetime) == Addition.Added;

    private LoginPurpose? Purpose(JsonElement content)
    {
        if (content.Text(DeviceLogin.Member) is { } userCode)
        {
            return devices.FindByUserCode(userCode) is { } device ? new DeviceLogin(device) : null;
        }
        // A form that does not state otherwise requires a password.
        var reauthenticates = !content.TryGetProperty(BrowserLogin.Member, out var demanded) || demanded.ValueKind != JsonValueKind.False;
        return AuthorizationRequest.FromJson(content, realm) is { } request ? new BrowserLogin(request, reauthenticates) : null;
    }
}
