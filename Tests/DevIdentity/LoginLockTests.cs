using TraceDemo.DevIdentity.Login;

namespace TraceDemo.Tests.DevIdentity;

public sealed class LoginLockTests : IAsyncLifetime
{
    private readonly ManualTime _clock = ManualTime.Calendar();
    private DevIdentityHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_refused_for_a_minute()
    {
        await FailAsync("alice", PersonAuthentication.MaxFailures);
        Assert.Equal((400, "Invalid user credentials"), await SignInAsync("alice", "alice"));
        _clock.Advance(PersonAuthentication.LockTime - TimeSpan.FromSeconds(1));
        Assert.Equal((400, "Invalid user credentials"), await SignInAsync("alice", "alice"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((200, null), await SignInAsync("alice", "alice"));
    }

    [Fact]
    public async Task The_form_and_the_direct_grant_share_one_count()
    {
        using var browser = new Browser(_host.Authority);
        await FailAsync("alice", PersonAuthentication.MaxFailures - 1);
        var page = await browser.LogInAsync(await browser.GetAsync(browser.AuthorizationUrl()), "alice", "wrong");
        page = await browser.LogInAsync(page, "alice");
        Assert.Contains("Invalid username or password.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lockout_affects_one_person_only()
    {
        await FailAsync("alice", PersonAuthentication.MaxFailures);
        Assert.Equal((200, null), await SignInAsync("bob", "bob"));
    }

    [Fact]
    public async Task A_right_password_in_between_resets_the_count()
    {
        await FailAsync("alice", PersonAuthentication.MaxFailures - 1);
        Assert.Equal((200, null), await SignInAsync("alice", "alice"));
        await FailAsync("alice", PersonAuthentication.MaxFailures - 1);
        Assert.Equal((200, null), await SignInAsync("alice", "alice"));
    }

    [Fact]
    public async Task Concurrent_guesses_get_at_most_five_attempts()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FailAsync("alice", 1)));
        Assert.Equal((400, "Invalid user credentials"), await SignInAsync("alice", "alice"));
    }

    private async Task FailAsync(string person, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal((400, "Invalid user credentials"), await SignInAsync(person, "wrong"));
        }
    }

    private async Task<(int, string?)> SignInAsync(string person, string password)
    {
        var answer = await _host.Client.PostAsync("/token", client: null,
            [("grant_type", "password"), ("client_id", "tracedemo-cli"), ("username", person), ("password", password)]);
        return (answer.Status, answer.Description);
    }
}
