using System.Diagnostics;
using TraceDemo.ServiceDefaults.ApiDescription;

namespace TraceDemo.Tests.ApiDescription;

/// <summary>How often a description is made, and for whom.</summary>
public sealed class SharedDescriptionTests
{
    private static readonly byte[] Made = [1, 2, 3];

    private readonly ManualTime _time = new();
    private readonly SharedDescription _description;
    private TaskCompletionSource<byte[]> _result = new();
    private int _times;

    public SharedDescriptionTests() => _description = new SharedDescription(
        () =>
        {
            Interlocked.Increment(ref _times);
            return _result.Task;
        },
        TimeSpan.FromMinutes(1),
        _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_description_is_built_once_for_all_callers_and_rebuilt_after_it_expires()
    {
        _result.SetResult(Made);
        for (var number = 0; number < 10; number++)
        {
            Assert.Same(Made, await _description.GetAsync(Cancellation));
        }
        Assert.Equal(1, _times);

        _time.Advance(TimeSpan.FromMinutes(1));
        await _description.GetAsync(Cancellation);
        Assert.Equal(2, _times);
    }

    [Fact]
    public async Task A_failure_is_shared_by_all_callers_for_five_seconds_only()
    {
        _result.SetException(new InvalidOperationException("away"));
        for (var number = 0; number < 10; number++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => _description.GetAsync(Cancellation));
        }
        Assert.Equal(1, _times);

        _result = new();
        _result.SetResult(Made);
        _time.Advance(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _description.GetAsync(Cancellation));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(Made, await _description.GetAsync(Cancellation));
        Assert.Equal(2, _times);
    }

    [Fact]
    public async Task A_build_that_outlasts_its_lifetime_is_not_started_twice_concurrently()
    {
        var first = _description.GetAsync(Cancellation);
        _time.Advance(TimeSpan.FromMinutes(5));
        var second = _description.GetAsync(Cancellation);
        _result.SetResult(Made);

        Assert.Same(await first, await second);
        Assert.Equal(1, _times);
    }

    [Fact]
    public async Task The_description_is_built_outside_the_callers_trace()
    {
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        Activity? during = request;
        var description = new SharedDescription(
            () =>
            {
                during = Activity.Current;
                return Task.FromResult(Made);
            },
            TimeSpan.FromMinutes(1),
            _time);

        await description.GetAsync(Cancellation);

        Assert.Null(during);
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public async Task A_disconnecting_caller_cancels_only_its_own_wait()
    {
        using var leaving = new CancellationTokenSource();
        var (first, second) = (_description.GetAsync(leaving.Token), _description.GetAsync(Cancellation));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        _result.SetResult(Made);
        Assert.Same(Made, await second);
    }
}
