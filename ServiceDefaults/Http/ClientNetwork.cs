using System.Net;
using System.Net.Sockets;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// The address that counts as one client. An IPv6 subscriber has at least a /64 (RFC 6177) and could use another address for every
/// request, so all of its addresses count as one.
/// </summary>
public static class ClientNetwork
{
    private const int NetworkBytes = 8;

    /// <summary>The network of an IPv6 address, the IPv4 address that is mapped to one, or the address itself.</summary>
    /// <param name="address">The sender's address, or null.</param>
    public static IPAddress? Of(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address;
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
