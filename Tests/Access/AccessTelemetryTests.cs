using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceDemo.Contracts.Access;

namespace TraceDemo.Tests.Access;

public sealed class AccessTelemetryTests(DocumentServiceUnderTest service) : IClassFixture<DocumentServiceUnderTest>
{
    [Fact]
    public async Task Granted_delegation_produces_the_span_tree_of_the_contract()
    {
        var spans = await SpansAsync(() => service.DelegatedAsync("alice", "gpt4", "DOC-005"));

        var access = spans["doc.access"];
        Assert.Equal("server", access.Parent!.Kind.ToString().ToLowerInvariant());
        Assert.All(["transaction_token", "permission_intersection", "policy_evaluation"],
            name => Assert.Equal(access.SpanId, spans[name].ParentSpanId));
        Assert.Equal(("gpt4", "DOC-005", true, "delegation_match"),
            (access.GetTagItem("agent.id"), access.GetTagItem("document.id"), access.GetTagItem("access.granted"),
                access.GetTagItem("access.reason")));
        Assert.Equal("granted", spans["transaction_token"].GetTagItem("txn.result"));
        Assert.Equal(["engineering", "finance"], (string[])spans["permission_intersection"].GetTagItem("effective.departments")!);
        Assert.Equal("all", spans["permission_intersection"].GetTagItem("required.match"));
        Assert.Equal(("allow", "delegated", "departments", Facts.Data.Version, "document-access"), Evaluation(spans["policy_evaluation"]));
        Assert.Null(spans["policy_evaluation"].GetTagItem("policy.what_if"));
    }

    [Fact]
    public async Task Denial_is_an_event_and_not_an_error()
    {
        var spans = await SpansAsync(() => service.DelegatedAsync("alice", "summarizer", "DOC-001"));

        var access = spans["doc.access"];
        Assert.Equal((false, "intersection_insufficient", ActivityStatusCode.Unset),
            (access.GetTagItem("access.granted"), access.GetTagItem("access.reason"), access.Status));
        Assert.Equal("intersection_insufficient", access.Events.Single(occurred => occurred.Name == "access.denied").Tags.Single().Value);
        Assert.Equal(["engineering"], (string[])spans["permission_intersection"].GetTagItem("missing.departments")!);
        Assert.Equal(("deny", "delegated", "departments", Facts.Data.Version, "document-access"), Evaluation(spans["policy_evaluation"]));
    }

    [Fact]
    public async Task Refused_caller_is_evaluated_in_full_for_the_trace()
    {
        var spans = await SpansAsync(
            () => service.SendAsync(HttpMethod.Post, "/access", Tokens.Alone("gpt4"), new { documentId = "DOC-007" }));

        Assert.Equal("delegation_required", spans["doc.access"].GetTagItem("access.reason"));
        Assert.Equal("public", ((string[])spans["permission_intersection"].GetTagItem("required.departments")!).Single());
        Assert.Equal(("deny", "service", "identity", Facts.Data.Version, "document-access"), Evaluation(spans["policy_evaluation"]));
    }

    [Fact]
    public async Task What_if_is_marked_as_such()
    {
        var spans = await SpansAsync(
            () => service.SendAsync(HttpMethod.Post, "/policy/evaluate", Tokens.Gateway("alice"), new { documentId = "DOC-001" }));

        Assert.Equal(true, spans["policy_evaluation"].GetTagItem("policy.what_if"));
        Assert.DoesNotContain("doc.access", spans.Keys);
    }

    [Fact]
    public async Task Metrics_count_decisions_but_not_what_ifs()
    {
        var counted = new ConcurrentBag<(string? Trace, string Labels)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == AccessTelemetry.Metrics.Decisions)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, labels, _) =>
            counted.Add((Activity.Current?.TraceId.ToHexString(),
                string.Join(' ', labels.ToArray().Select(label => $"{label.Key}={label.Value}")))));
        listener.Start();

        var denied = await service.DirectAsync("carol", "DOC-001");
        var whatIf = await service.SendAsync(HttpMethod.Post, "/policy/evaluate", Tokens.Gateway("carol"), new { documentId = "DOC-001" });

        Assert.Equal(["decision=deny reason=department_required caller_type=user"],
            counted.Where(count => count.Trace == denied.TraceId).Select(count => count.Labels));
        Assert.DoesNotContain(counted, count => count.Trace == whatIf.TraceId);
    }

    private static (object?, object?, object?, object?, object?) Evaluation(Activity span) => (
        span.GetTagItem("policy.decision"), span.GetTagItem("policy.caller_type"), span.GetTagItem("security_rule.name"),
        span.GetTagItem("security_rule.version"), span.GetTagItem("security_rule.ruleset.name"));

    private static async Task<IReadOnlyDictionary<string, Activity>> SpansAsync(Func<Task<Answer>> send)
    {
        using var collector = new SpanCollector();
        var answer = await send();
        var trace = ActivityTraceId.CreateFromString(answer.TraceId);
        // The server span ends last, after the answer has gone out.
        for (var count = 1; ; count++)
        {
            var spans = await collector.Of(trace, count, TestContext.Current.CancellationToken);
            if (spans.Any(span => span.Kind == ActivityKind.Server))
            {
                return spans.DistinctBy(span => span.OperationName).ToDictionary(span => span.OperationName);
            }
        }
    }
}
