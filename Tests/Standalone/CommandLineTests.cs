using TraceDemo.Standalone.Commands;

namespace TraceDemo.Tests.Standalone;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--ports 3", "Unknown option \"--ports\".")]
    [InlineData("run", "Unknown option \"run\".")]
    [InlineData("guard", "Unknown option \"guard\".")]
    [InlineData("--port-base", "--port-base needs a value.")]
    [InlineData("--port-base --redis localhost:6379", "--port-base needs a value.")]
    [InlineData("--port-base 80", "--port-base needs a number from 1024 to 65528, not \"80\".")]
    [InlineData("--port-base 65529", "--port-base needs a number from 1024 to 65528, not \"65529\".")]
    [InlineData("--port-base -6000", "--port-base needs a number from 1024 to 65528, not \"-6000\".")]
    [InlineData("--port-base 6000.0", "--port-base needs a number from 1024 to 65528, not \"6000.0\".")]
    [InlineData("--redis localhost", "--redis needs host:port, such as localhost:6379, not \"localhost\".")]
    [InlineData("--redis :6379", "--redis needs host:port, such as localhost:6379, not \":6379\".")]
    [InlineData("--redis localhost:0", "--redis needs host:port, such as localhost:6379, not \"localhost:0\".")]
    [InlineData("--redis localhost:6379,password=x", "--redis needs host:port, such as localhost:6379, not \"localhost:6379,password=x\".")]
    [InlineData("--keycloak /no/such/folder", "/no/such/folder is no Keycloak distribution: it lacks bin/kc.sh and lib/quarkus.")]
    [InlineData("--port-base 6000 demo", "\"demo\" must come first.")]
    [InlineData("test --port-base 6000", "\"test\" takes no options: the tests choose free ports themselves.")]
    [InlineData("realm --port-base 6000", "\"realm\" takes --with-cli only: it writes a file and starts nothing.")]
    [InlineData("--with-cli", "--with-cli belongs to \"realm\".")]
    [InlineData("agent", "\"agent\" must be followed by \"add\" and the name of a file in agents/, without .json.")]
    [InlineData("agent remove x", "\"agent\" must be followed by \"add\" and the name of a file in agents/, without .json.")]
    [InlineData("agent add --realm", "\"agent\" must be followed by \"add\" and the name of a file in agents/, without .json.")]
    [InlineData("agent add x --port-base 6000", "\"agent add\" takes --server and --realm only.")]
    [InlineData("agent add x --server http://id.example.org",
        "--server needs Keycloak's address, https or on this machine, not \"http://id.example.org\".")]
    [InlineData("agent add x --server https://admin:pw@id.example.org",
        "--server needs Keycloak's address, https or on this machine, not \"https://admin:pw@id.example.org\".")]
    [InlineData("demo --realm other", "--server and --realm belong to \"agent add\".")]
    [InlineData("demo --with-cli", "--with-cli belongs to \"realm\".")]
    public void Unknown_arguments_are_refused_with_a_reason(string words, string reason)
    {
        var rejected = Assert.IsType<CommandLine.Rejected>(CommandLine.Parse(words.Split(' ')));
        Assert.Equal(reason, rejected.Reason);
    }

    [Fact]
    public void Without_arguments_the_system_starts_on_its_default_ports() =>
        Assert.Equal(new RunOptions { Verb = Verb.Up }, Accepted([]));

    [Theory]
    [InlineData("up", "Up")]
    [InlineData("demo", "Demo")]
    [InlineData("test", "Test")]
    [InlineData("realm", "Realm")]
    [InlineData("realm --with-cli", "Realm")]
    [InlineData("agent add fifth", "AddAgent")]
    [InlineData("agent add fifth --server https://id.example.org/auth --realm other", "AddAgent")]
    [InlineData("--help", "Help")]
    [InlineData("demo --help", "Help")]
    public void The_first_argument_selects_the_command(string words, string verb) =>
        Assert.Equal(verb, Accepted(words.Split(' ')).Verb.ToString());

    [Fact]
    public void Options_may_come_in_any_order()
    {
        var expected = new RunOptions { Verb = Verb.Demo, PortBase = 6000, Redis = "[::1]:6379" };
        Assert.Equal(expected, Accepted(["demo", "--port-base", "6000", "--redis", "[::1]:6379"]));
        Assert.Equal(expected, Accepted(["demo", "--redis", "[::1]:6379", "--port-base", "6000"]));
    }

    [Fact]
    public void Help_names_every_option_and_every_port()
    {
        foreach (var word in new[] { "--port-base", "--keycloak", "--redis", "--help", "demo", "test", "realm", "--with-cli", "agent add",
            "--server", "--realm" })
        {
            Assert.Contains(word, Help.Text, StringComparison.Ordinal);
        }

        Assert.Contains("N+0 dashboard", Help.Text, StringComparison.Ordinal);
        Assert.Contains("N+7 otlp", Help.Text, StringComparison.Ordinal);
        Assert.Contains("gateway 5100", Help.Text, StringComparison.Ordinal);
    }

    private static RunOptions Accepted(string[] words) => Assert.IsType<CommandLine.Accepted>(CommandLine.Parse(words)).Options;
}
