using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Keys;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>The address that a browser is redirected to after sign-out.</summary>
internal sealed record LogoutRequest(string? RedirectUri, string? State)
{
    public JsonObject ToJson() => new() { ["ru"] = RedirectUri, ["st"] = State };

    public static LogoutRequest FromJson(JsonElement content) => new(content.Text("ru"), content.Text("st"));
}
