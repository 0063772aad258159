using Microsoft.AspNetCore.Connections;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>A connection of the receiver's listener, and where it stands among others.</summary>
internal sealed class OtlpConnection
{
    public OtlpConnection(ConnectionContext context, string address)
    {
        (Context, Address) = (context, address);
        Place = new(this);
    }

    public ConnectionContext Context { get; }
    public string Address { get; }
    public LinkedListNode<OtlpConnection> Place { get; }

    /// <summary>Whose key it showed last; null before the first.</summary>
    public string? Sender { get; set; }
}
