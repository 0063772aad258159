using System.Net;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Tests.Gateway;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    [InlineData("fe80::1%3", "fe80::")]
    [InlineData("::1", "::")]
    public void An_IPv6_address_counts_as_its_network_of_64_bits(string address, string network) =>
        Assert.Equal(IPAddress.Parse(network), ClientNetwork.Of(IPAddress.Parse(address)));

    [Fact]
    public async Task All_addresses_of_one_network_share_one_limit_and_another_network_has_its_own()
    {
        await using var gateway = await GatewayHost.StartAsync(
            ("Limits:PerSecond", "1"), ("Limits:Burst", "3"), ("Gateway:KnownProxies:0", "127.0.0.1"));
        var statuses = new List<int>();
        for (var host = 1; host <= 10; host++)
        {
            statuses.Add(await StatusAsync(gateway, $"2001:db8:0:1::{host:x}"));
        }

        Assert.Contains(429, statuses);
        Assert.Equal(401, await StatusAsync(gateway, "2001:db8:0:2::1"));
        Assert.Equal(401, await StatusAsync(gateway, "198.51.100.1"));
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, string address)
    {
        gateway.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        gateway.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token: null)).Status;
    }
}
