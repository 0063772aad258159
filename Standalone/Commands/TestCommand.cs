using TraceDemo.Standalone.Feed;

namespace TraceDemo.Standalone.Commands;

/// <summary>Builds the whole solution, analyzers on, and runs every test.</summary>
internal sealed class TestCommand(string root, TextWriter output)
{
    private const string Solution = "TraceDemo.sln";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!await new Preparation(root, output, TimeProvider.System).DecideProfileAsync(cancellationToken))
        {
            return 1;
        }

        var dotnet = new DotnetCli(root, TimeProvider.System);
        var built = await dotnet.RunAttachedAsync(["build", Solution, "--tl:off", "-v:minimal"], cancellationToken);
        return built != 0 ? built : await dotnet.RunAttachedAsync(["test", Solution, "--no-build"], cancellationToken);
    }
}
