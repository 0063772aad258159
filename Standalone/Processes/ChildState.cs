namespace TraceDemo.Standalone.Processes;

internal enum ChildState
{
    Stopped,
    Starting,
    Healthy,
    Restarting,
}
