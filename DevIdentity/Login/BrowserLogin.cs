using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Login;

/// <param name="Request">The application's request.</param>
/// <param name="Reauthenticates">
/// The application requires the person to sign in now (OpenID Connect Core §3.1.2.1, <c>prompt=login</c> and <c>max_age</c>). The form
/// contains this, because reopening the form by its address does not send those parameters.
/// </param>
internal sealed record BrowserLogin(AuthorizationRequest Request, bool Reauthenticates) : LoginPurpose(Request.Client.Id)
{
    public const string Member = "re";

    public override bool NeedsPassword => Reauthenticates;

    public override JsonObject ToJson()
    {
        var content = Request.ToJson();
        content[Member] = Reauthenticates;
        return content;
    }
}
