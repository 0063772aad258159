using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Redis;

internal sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(RedisOptions options)
    {
        if (RedisOptions.Decode(options.Key) is null)
        {
            yield return "Redis__Key must be 32 random bytes as base64url, the service's own; `openssl rand -base64 32` makes one.";
        }
        if (options.Patience <= TimeSpan.Zero || options.Patience > TimeSpan.FromSeconds(30))
        {
            yield return "Redis__Patience must be more than nothing and 30 seconds at most.";
        }
        if (!IsName(options.Prefix)) { yield return "Redis__Prefix must be a word in lower case with hyphens."; }
        if (!IsName(options.Service))
        {
            yield return "Identity__ClientId must be the service's name, in lower case with hyphens: its keys in Redis begin with it.";
        }

        // The text may hold a password: it is not repeated.
        if (!RedisClient.Understands(options.Address))
        {
            yield return "ConnectionStrings__redis must be 'host:port', with options such as user=, password= and ssl=true behind commas.";
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
