using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Hosting;

/// <summary>The realm's public address: configured, or <c>localhost</c> with the listening port.</summary>
internal sealed class Issuer(IServer server, Realm realm, IOptions<DevIdentityOptions> options)
{
    private string? _value;

    public string Value => _value ??= options.Value.Issuer ?? $"http://localhost:{Port()}/realms/{realm.Name}";

    public string Protocol => $"{Value}/protocol/openid-connect";

    /// <summary>The path of the realm's cookies and forms.</summary>
    public string Path => new Uri(Value).AbsolutePath;

    private int Port()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException(
                "The issuer is unknown until the server listens; set DevIdentity__Issuer to know it earlier.");
        return BindingAddress.Parse(address).Port;
    }
}
