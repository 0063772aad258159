using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>The expiry of a ticket's access token, stored beside it as the framework stores it at sign-in.</summary>
internal static class AccessTokenExpiry
{
    private const string Item = "expires_at";

    /// <summary>Null if there is none, or it is no time.</summary>
    public static DateTimeOffset? Read(AuthenticationProperties properties) =>
        DateTimeOffset.TryParse(
            properties.GetTokenValue(Item), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
            ? expires
            : null;

    public static void Update(AuthenticationProperties properties, DateTimeOffset expires) =>
        properties.UpdateTokenValue(Item, expires.ToString("o", CultureInfo.InvariantCulture));
}
