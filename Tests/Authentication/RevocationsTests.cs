using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Authentication;

/// <summary>A sign-out that was told is never forgotten while a token of that session may live, however many there are.</summary>
public sealed class RevocationsTests
{
    private readonly ManualTime _time = new();
    private readonly Revocations _revocations;

    public RevocationsTests() => _revocations = new Revocations(_time, NullLogger<Revocations>.Instance);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_session_without_an_id_and_a_person_ends_nothing(string? subject)
    {
        Assert.Throws<ArgumentException>(() => _revocations.End(new LoggedOutSession(null, subject)));
        Assert.Null(_revocations.Cutoff);
    }

    [Fact]
    public void A_full_list_keeps_every_signed_out_session_refused()
    {
        var alice = Holder("alice");
        _revocations.EndSession("alice", subject: null);
        Flood(RevocationList.Capacity);

        Assert.True(_revocations.Contains(alice));
    }

    [Fact]
    public void With_a_full_list_newer_tokens_are_accepted_and_older_ones_refused()
    {
        var before = Holder("bob");
        Flood(RevocationList.Capacity);
        Assert.False(_revocations.Contains(before));
        Assert.Null(_revocations.Cutoff);
        _time.Advance(TimeSpan.FromSeconds(1));
        Flood(1, "one more");
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.True(_revocations.Contains(before));
        Assert.False(_revocations.Contains(Holder("bob")));
        Assert.True(_revocations.Contains(Holder("one more 0")));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(7), _revocations.Cutoff);
    }

    [Fact]
    public void The_list_is_exact_again_after_all_old_tokens_expired()
    {
        Flood(RevocationList.Capacity + 1);
        _time.Advance(Revocations.MaxTokenLifetime);
        Assert.Null(_revocations.Cutoff);

        Flood(RevocationList.Capacity, "next");
        Assert.Null(_revocations.Cutoff);
        Assert.True(_revocations.Contains(Holder("next 0")));
    }

    [Fact]
    public async Task No_concurrent_sign_out_is_lost()
    {
        using var start = new Barrier(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                Flood(10_000, $"writer {writer}");
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.All(Enumerable.Range(0, 80_000), number => Assert.True(_revocations.Contains(Holder($"writer {number % 8} {number / 8}"))));
    }

    [Fact]
    public void Repeated_notices_of_one_session_take_no_extra_space()
    {
        for (var time = 0; time < 2 * RevocationList.Capacity; time++)
        {
            _revocations.Learn(new Revocation("sid:alice", null, _time.GetUtcNow()));
        }

        Assert.Null(_revocations.Cutoff);
        Assert.True(_revocations.Contains(Holder("alice")));
    }

    [Fact]
    public void Replicas_receive_a_short_form_of_a_long_session_id()
    {
        List<Revocation> told = [];
        _revocations.Revoked += told.Add;
        var name = new string('x', 8_000);
        _revocations.EndSession(name, subject: null);

        Assert.InRange(Assert.Single(told).ToBytes().Length, 1, 250);
        Assert.True(_revocations.Contains(Holder(name)));
        Assert.False(_revocations.Contains(Holder(name + "x")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("sid:alice")]
    [InlineData("""{"At":"-1"}""")]
    [InlineData("""{"Name":"sid:bob","At":"9999-12-31T23:59:59Z"}""")]
    public void An_invalid_entry_refuses_no_token(string content)
    {
        if (Revocation.Read(Encoding.UTF8.GetBytes(content)) is { } entry)
        {
            _revocations.Learn(entry);
        }

        Assert.False(_revocations.Contains(Holder("alice")));
    }

    [Fact]
    public void Endless_sign_outs_of_one_person_invalidate_no_tokens_of_others()
    {
        var (bob, mallory) = (Holder("bob"), Holder("mallory's", "mallory"));
        using var coarsened = Counted.Here(TelemetryNames.Metrics.RevocationsCoarsened);
        for (var number = 0; number < 2 * RevocationList.Capacity; number++)
        {
            _revocations.EndSession($"session {number}", "mallory");
        }

        Assert.Equal(["person"], coarsened.Tags);
        Assert.Null(_revocations.Cutoff);
        Assert.False(_revocations.Contains(bob));
        Assert.True(_revocations.Contains(mallory));
        Assert.All(Enumerable.Range(0, 2 * RevocationList.Capacity),
            number => Assert.True(_revocations.Contains(Holder($"session {number}", "mallory"))));
    }

    [Fact]
    public void A_person_with_too_many_ended_sessions_is_accepted_with_newer_tokens_and_tracked_per_session_again_later()
    {
        for (var number = 0; number <= RevocationList.PersonShare; number++)
        {
            _revocations.EndSession($"session {number}", "mallory");
        }
        Assert.Contains("of this person", _revocations.Check(Holder("another", "mallory"))!.Detail, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(_revocations.Contains(Holder("another", "mallory")));

        _time.Advance(Revocations.MaxTokenLifetime);
        _revocations.EndSession("one more", "mallory");
        Assert.True(_revocations.Contains(Holder("one more", "mallory")));
        Assert.False(_revocations.Contains(Holder("another", "mallory")));
    }

    [Fact]
    public void Within_a_persons_share_sessions_end_individually()
    {
        for (var number = 0; number < RevocationList.PersonShare; number++)
        {
            _revocations.EndSession($"session {number}", "alice");
        }

        Assert.True(_revocations.Contains(Holder("session 0", "alice")));
        Assert.False(_revocations.Contains(Holder("another", "alice")));
    }

    [Fact]
    public void Replicas_receive_one_cutoff_time_for_a_person_with_too_many_ended_sessions()
    {
        List<Revocation> told = [];
        _revocations.Revoked += told.Add;
        for (var number = 0; number < 10 * RevocationList.PersonShare; number++)
        {
            _revocations.EndSession($"session {number}", "mallory");
        }

        Assert.Equal(RevocationList.PersonShare, told.Count(entry => entry.Name is not null));
        Assert.Equal([(null, "mallory")], told.Where(entry => entry.Name is null).Select(entry => (entry.Name, entry.Owner)).Distinct());
        var other = new Revocations(_time, NullLogger<Revocations>.Instance);
        told.ForEach(other.Learn);
        Assert.True(other.Contains(Holder("session 1999", "mallory")));
        Assert.False(other.Contains(Holder("bob")));
    }

    [Fact]
    public void A_replica_whose_clock_is_ahead_refuses_no_tokens_of_the_future()
    {
        _revocations.Learn(new Revocation(null, null, _time.GetUtcNow().AddHours(1)));

        Assert.Equal(_time.GetUtcNow(), _revocations.Cutoff);
    }

    [Fact]
    public async Task A_full_list_is_reported_in_health_log_and_metric_until_all_old_tokens_expire()
    {
        var logs = new LogLines();
        await using var provider = await TestProvider.StartAsync(_time);
        await using var service = await TestService.StartAsync(
            provider, "gateway", app => app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli")),
            builder => builder.Logging.AddProvider(logs), _time);
        var revocations = service.Services.GetRequiredService<Revocations>();
        var token = provider.Sign(TestToken.Person);
        Assert.Equal("healthy", (await HealthAsync(service)).GetProperty("checks").GetProperty("revocations").GetString());
        Assert.Equal(200, (await service.GetAsync("/me", token)).Status);
        using (var coarsened = Counted.Here(TelemetryNames.Metrics.RevocationsCoarsened))
        {
            for (var number = 0; number <= RevocationList.Capacity; number++)
            {
                revocations.EndSession($"session {number}", subject: null);
            }
            Assert.Equal(["everyone"], coarsened.Tags);
        }

        var answer = await service.GetAsync("/me", token);
        Assert.Equal((401, "token_revoked"), (answer.Status, answer.Reason));
        Assert.Contains("get a new one", answer.Detail, StringComparison.Ordinal);
        var health = await HealthAsync(service);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal("The list is full: every token issued until 2026-01-01 12:00:00Z is refused.",
            health.GetProperty("checks").GetProperty("revocations").GetString());
        Assert.Single(logs.Lines, line => line.StartsWith("revocations.coarsened ", StringComparison.Ordinal));

        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await service.GetAsync("/me", provider.Sign(TestToken.Person))).Status);
        _time.Advance(Revocations.MaxTokenLifetime);
        Assert.Equal("healthy", (await HealthAsync(service)).GetProperty("checks").GetProperty("revocations").GetString());
    }

    private static async Task<JsonElement> HealthAsync(TestService service) => (await service.GetAsync("/health", token: null)).Body;

    private void Flood(int count, string name = "somebody")
    {
        for (var number = 0; number < count; number++)
        {
            _revocations.EndSession($"{name} {number}", subject: null);
        }
    }

    private Caller Holder(string session, string subject = "subject") => new TestCaller
    {
        Subject = subject,
        SessionId = session,
        Client = "tracedemo-cli",
        IssuedAt = _time.GetUtcNow(),
        ExpiresAt = _time.GetUtcNow().AddMinutes(2),
    }.Build();
}
