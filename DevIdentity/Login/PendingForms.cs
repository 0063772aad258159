using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>A form that a browser has open: what it is for, and the code that only this form's post carries.</summary>
internal sealed class PendingForm<T>(string tab, string browserId, T purpose)
{
    private string _code = NewCode();

    public string Tab { get; } = tab;
    public T Purpose { get; } = purpose;
    public string Code => Volatile.Read(ref _code);

    /// <summary>Whether the post comes from this browser and this form; a right code is used up by asking.</summary>
    public bool TryUse(string? browser, string? code)
    {
        var expected = Code;
        return IsFrom(browser) && Same(expected, code) && Interlocked.CompareExchange(ref _code, NewCode(), expected) == expected;
    }

    public bool IsFrom(string? browser) => Same(browserId, browser);

    private static bool Same(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static string NewCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

/// <summary>The forms that are open, each for half an hour at most.</summary>
internal sealed class PendingForms<T>(TimeProvider time)
{
    private const int MaxForms = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly ExpiringStore<PendingForm<T>> _forms = new(MaxForms, time);

    /// <summary>Null when too many are open.</summary>
    public PendingForm<T>? Open(string browserId, T purpose)
    {
        var form = new PendingForm<T>(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8)), browserId, purpose);
        return _forms.TryAdd(form.Tab, form, time.GetUtcNow() + Lifetime) ? form : null;
    }

    public PendingForm<T>? Find(string? tab, string? browserId) => _forms.TryGet(tab, out var form) && form.IsFrom(browserId) ? form : null;

    public void Close(PendingForm<T> form) => _forms.TryTake(form.Tab, out _);
}
