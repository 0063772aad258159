using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Login;

/// <param name="Request">What the application asked for.</param>
/// <param name="Reauthenticates">
/// The application demanded that the person signs in now (OpenID Connect Core §3.1.2.1, <c>prompt=login</c> and <c>max_age</c>). It travels
/// with the form, because whoever opens the form again by its address sends those parameters no more.
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
