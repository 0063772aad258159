using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Hosting;

/// <summary>The realm's public address: configured, or <c>localhost</c> with the port that is listened on.</summary>
internal sealed class Issuer(IServer server, Realm realm, IOptions<DevIdentityOptions> options)
{
    private string? _value;

    public string Value => _value ??= options.Value.Issuer ?? $"http://localhost:{Port()}/realms/{realm.Name}";

    public string Protocol => $"{Value}/protocol/openid-connect";

    /// <summary>Where cookies and forms of the realm live.</summary>
    public string Path => new Uri(Value).AbsolutePath;

    private int Port()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException(
                "The issuer is known when the server listens: set DevIdentity__Issuer to have it before.");
        return BindingAddress.Parse(address).Port;
    }
}
