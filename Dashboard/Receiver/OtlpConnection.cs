using Microsoft.AspNetCore.Connections;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>A connection of the receiver's listener, and its position among others.</summary>
internal sealed class OtlpConnection
{
    public OtlpConnection(ConnectionContext context, string address)
    {
        Context = context;
        Address = address;
        Place = new(this);
    }

    public ConnectionContext Context { get; }
    public string Address { get; }
    public LinkedListNode<OtlpConnection> Place { get; }

    /// <summary>The sender of the last key; null before the first.</summary>
    public string? Sender { get; set; }
}
