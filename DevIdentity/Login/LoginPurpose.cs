using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The purpose of a sign-in: an application in this browser, or another device.</summary>
internal abstract record LoginPurpose(string ClientId)
{
    /// <summary>True if the browser's existing session is not enough.</summary>
    public virtual bool NeedsPassword => false;

    public abstract JsonObject ToJson();
}
