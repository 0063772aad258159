using System.Diagnostics;
using System.Runtime.InteropServices;
using Spectre.Console;
using TraceDemo.Standalone.Commands;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology;

// A guard starts with every child and must be up immediately, so it skips everything below.
if (args is ["guard", "--", _, ..])
{
    return await Guard.RunAsync(args[2..], Console.OpenStandardInput(), CancellationToken.None);
}

switch (CommandLine.Parse(args))
{
    case CommandLine.Rejected(var reason):
        await Console.Error.WriteLineAsync($"{reason} Options: dotnet run --project Standalone -- --help");
        return 2;
    case CommandLine.Accepted({ Verb: Verb.Help }):
        Console.WriteLine(Help.Text);
        return 0;
    case CommandLine.Accepted(var options):
        return await RunAsync(options);
    default:
        throw new UnreachableException();
}

static async Task<int> RunAsync(RunOptions options)
{
    using var stop = new CancellationTokenSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
    var root = Repository.Root;
    try
    {
        return options.Verb switch
        {
            Verb.Test => await new TestCommand(root, Console.Out).RunAsync(stop.Token),
            Verb.AddAgent => await new AgentCommand(root, options, Environment.GetEnvironmentVariable, Console.Out).RunAsync(stop.Token),
            Verb.Realm => RealmCommand.Run(root, options, Console.Out),
            Verb.Demo => await new DemoCommand(root, options, Console.Out).RunAsync(stop.Token),
            Verb.Up => await new UpCommand(root, options, AnsiConsole.Console).RunAsync(stop.Token),
            _ => throw new UnreachableException(),
        };
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        return 130;
    }
    // For an invalid file the message is enough; the stack trace does not help.
    catch (Exception failure) when (failure is StartFailedException or InvalidDataException)
    {
        await Console.Error.WriteLineAsync(failure.Message);
        return 1;
    }

    // The second signal is not handled: it ends this process, and the guards end the rest.
    void Stop(PosixSignalContext context)
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}
