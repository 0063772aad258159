using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Tests.Redis;

public sealed class SealTests : IDisposable
{
    private const string Name = "tracedemo:user-service:exchange:1";
    private static readonly DateTimeOffset Expires = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Seal _seal = new(RandomNumberGenerator.GetBytes(32));

    public void Dispose() => _seal.Dispose();

    [Fact]
    public void Sealed_data_opens_with_its_expiry_under_its_own_name_only() =>
        Prop.ForAll<NonNull<string>, NonNull<string>, byte[]>((name, other, content) =>
            _seal.TryOpen(name.Get, _seal.Close(name.Get, content, Expires), out var opened, out var expires)
            && opened.AsSpan().SequenceEqual(content) && expires == Expires
            && _seal.TryOpen(other.Get, _seal.Close(name.Get, content, Expires), out _, out _) == (name.Get == other.Get))
                .QuickCheckThrowOnFailure();

    [Fact]
    public void A_changed_bit_anywhere_is_rejected() =>
        Prop.ForAll<byte[]>(content =>
        {
            var whole = _seal.Close(Name, content, Expires);
            return Enumerable.Range(0, whole.Length * 8).All(bit =>
            {
                var changed = (byte[])whole.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                return !_seal.TryOpen(Name, changed, out _, out _);
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Truncated_or_extended_data_is_rejected()
    {
        var whole = _seal.Close(Name, "content"u8, Expires);

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.False(_seal.TryOpen(Name, whole.AsSpan(0, length), out _, out _)));
        Assert.False(_seal.TryOpen(Name, [.. whole, 0], out _, out _));
    }

    [Fact]
    public void Unsealed_data_is_not_accepted() =>
        Prop.ForAll<byte[]>(found => !_seal.TryOpen(Name, found, out _, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_key_of_another_service_decrypts_nothing()
    {
        using var other = new Seal(RandomNumberGenerator.GetBytes(32));

        Assert.False(other.TryOpen(Name, _seal.Close(Name, "content"u8, Expires), out _, out _));
        Assert.NotEqual(other.Hide("exchange", "id"), _seal.Hide("exchange", "id"));
    }

    [Fact]
    public void Equal_contents_are_sealed_differently_and_equal_ids_are_hashed_equally()
    {
        Assert.Equal(
            1000, Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(_seal.Close(Name, "content"u8, Expires))).Distinct().Count());
        Assert.Equal(_seal.Hide("exchange", "alice"), _seal.Hide("exchange", "alice"));
        Assert.NotEqual(_seal.Hide("exchange", "alice"), _seal.Hide("other", "alice"));
        Assert.DoesNotContain("alice", _seal.Hide("exchange", "alice"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("short", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true)]
    [InlineData("-_-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true)]
    [InlineData("+/+/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("not base64 at all, but a sentence of 43 chars.", false)]
    public void A_key_is_32_bytes_in_base64_or_base64url(string text, bool good) =>
        Assert.Equal(good, RedisOptions.Decode(text) is { Length: 32 });
}
