using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Why somebody signs in: for an application in this browser, or for a device elsewhere.</summary>
internal abstract record LoginPurpose(string ClientId)
{
    /// <summary>True when a session that the browser has already is not enough.</summary>
    public virtual bool NeedsPassword => false;

    public abstract JsonObject ToJson();
}
