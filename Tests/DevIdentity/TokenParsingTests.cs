using FsCheck;
using FsCheck.Fluent;
using TraceDemo.DevIdentity.Keys;

namespace TraceDemo.Tests.DevIdentity;

public sealed class TokenParsingTests
{
    [Fact]
    public void Parsing_any_input_never_throws() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        ArbMap.Default.ArbFor<byte[]>(),
        (text, bytes) =>
        {
            var part = System.Buffers.Text.Base64Url.EncodeToString(bytes);
            foreach (var token in (string[])[text.Get, $"{text.Get}.{text.Get}.{text.Get}", $"{part}.{part}.{part}"])
            {
                if (JsonWebSignature.TryParse(token, out var signature))
                {
                    _ = (signature.Algorithm, signature.KeyId, signature.Payload.Texts("aud"));
                }
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_token_over_16_KiB_is_not_parsed() =>
        Assert.False(JsonWebSignature.TryParse($"e30.e30.{new string('A', 16 * 1024)}", out _));

    [Theory]
    [InlineData("e30.e30.AAAA", true)]
    [InlineData("e30.e30.", true)]
    [InlineData("e30.e30", false)]
    [InlineData("e30.e30.AA.AA", false)]
    [InlineData("W10.e30.AAAA", false)]
    [InlineData("e30.MQ.AAAA", false)]
    [InlineData("e3+.e30.AAAA", false)]
    public void A_token_has_three_parts_of_which_two_are_JSON_objects(string token, bool isToken) =>
        Assert.Equal(isToken, JsonWebSignature.TryParse(token, out _));
}
