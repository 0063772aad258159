namespace TraceDemo.Standalone.Processes;

/// <summary>The supervisor's output: a live table, plain lines, or a test's memory.</summary>
internal interface ISystemDisplay
{
    void Log(string name, string line, bool isError);

    void Changed(SupervisedChild child);
}
