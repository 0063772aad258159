using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>Every log line there was, at every level.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{eventId.Name} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
