using System.Net;
using System.Net.Sockets;
using TraceDemo.Standalone.Instance;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Standalone;

public sealed class PortsTests
{
    [Theory]
    [InlineData(Ports.LowestBase)]
    [InlineData(6000)]
    [InlineData(Ports.HighestBase)]
    public void A_port_base_moves_every_port_to_a_unique_one(int first)
    {
        var ports = Ports.From(first).All.Select(entry => entry.Port);
        Assert.Equal(Enumerable.Range(first, Ports.Count), ports);
        Assert.InRange(first + Ports.Count - 1, Ports.LowestBase, ushort.MaxValue);
    }

    [Fact]
    public void A_port_in_use_on_either_loopback_address_is_not_free()
    {
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Any })
        {
            using var other = new TcpListener(address, 0);
            other.Start();
            Assert.False(FreePorts.IsFree(((IPEndPoint)other.LocalEndpoint).Port), $"{address}");
        }
    }

    [Fact]
    public void A_busy_port_is_reported_with_its_holder_and_a_remedy()
    {
        var ports = FreePorts.Next();
        using var other = new TcpListener(IPAddress.Loopback, ports.AgentService);
        other.Start();

        var report = Preconditions.BusyPorts(ports);

        Assert.Equal(2, report.Count);
        Assert.StartsWith($"Port {ports.AgentService}, meant for agent-service, is in use by ", report[0], StringComparison.Ordinal);
        Assert.Matches(@"^To run on other ports: dotnet run --project Standalone -- --port-base \d+ ", report[1]);
        if (OperatingSystem.IsLinux())
        {
            Assert.EndsWith($"(pid {Environment.ProcessId}).", report[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Free_ports_are_not_reported() => Assert.Empty(Preconditions.BusyPorts(FreePorts.Next()));

    [Fact]
    public void A_free_port_is_returned_once_and_is_outside_the_ephemeral_range()
    {
        var ports = Enumerable.Range(0, 200).Select(_ => FreePorts.NextPort()).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 20000, 31999));
    }
}
