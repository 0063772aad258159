using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Senders choose their span ids: what one of them sends must neither hide nor open what another sent.</summary>
public sealed class SpanIdentityTests
{
    private static readonly Span[] Alice =
    [
        Entry(1, "alice"),
        Of("gateway", "POST", 2, 1, SpanKind.Client),
        Of("user-service", "POST /delegate", 3, 2, SpanKind.Server, "alice"),
        Of("user-service", "POST", 4, 3, SpanKind.Client),
        Of("agent-service", "POST /agents/{id}/access", 5, 4, SpanKind.Server, "alice"),
        Of("agent-service", "POST", 6, 5, SpanKind.Client),
        Of("document-service", "POST /access", 7, 6, SpanKind.Server, "alice"),
        Of("document-service", "policy_evaluation", 8, 7),
        Of("keycloak", "POST /token", 9, 6, SpanKind.Server),
    ];

    private static readonly Span[] AgentServicesOwn = [.. Alice.Where(span => span.Service == "agent-service")];

    [Fact]
    public void A_person_sees_the_whole_request() => Assert.Equal(Alice, Seen("alice", Alice));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_sender_that_reuses_the_span_id_of_another_sender_hides_nothing(ulong id)
    {
        Span[] kinds = [.. Enum.GetValues<SpanKind>().Select(kind => Of("agent-service", "forged", id, 99, kind))];
        Assert.All(kinds, forged =>
        {
            Assert.Superset(Alice.ToHashSet(), Seen("alice", [forged, .. Alice]).ToHashSet());
            Assert.Superset(Alice.ToHashSet(), Seen("alice", [.. Alice, forged]).ToHashSet());
        });
    }

    [Fact]
    public void A_sender_that_omits_its_own_spans_does_not_hide_spans_of_others()
    {
        Span[] others = [.. Alice.Except(AgentServicesOwn)];
        Assert.Equal([1, 2, 3, 4, 7, 8], Seen("alice", others).Select(span => span.Id.Value));
    }

    [Fact]
    public void A_sender_that_attaches_its_spans_elsewhere_does_not_hide_spans_of_others()
    {
        Span[] moved = [.. Alice.Select(span => span.Service == "agent-service" ? span with { ParentId = new SpanId(77) } : span)];
        Assert.Superset(Alice.Where(span => span.Service != "keycloak" && span.Id.Value != 6).Select(span => span.Id).ToHashSet(),
            Seen("alice", moved).Select(span => span.Id).ToHashSet());
    }

    [Fact]
    public void The_parent_of_a_server_span_is_from_its_caller_and_of_any_other_span_from_its_own_sender()
    {
        // All with one id: only the gateway calls user-service, and an internal span's parent is in the same process.
        Span[] same =
        [
            Of("agent-service", "agents", 2), Of("document-service", "documents", 2), Of("gateway", "gateways", 2),
            Of("user-service", "users", 2),
            Of("user-service", "server", 10, 2, SpanKind.Server), Of("user-service", "inner", 11, 2),
            Of("keycloak", "token", 12, 2, SpanKind.Server),
        ];
        Assert.Equal(
            [("agents", 0), ("documents", 0), ("gateways", 0), ("server", 1), ("token", 1), ("users", 0), ("inner", 1)],
            Waterfall.Rows(Snapshot(same)).Select(row => (row.Span.Name, row.Depth)));
    }

    [Fact]
    public void Of_two_client_spans_with_the_same_id_the_one_nearer_to_the_person_is_the_parent()
    {
        // user-service takes both for callers. Mallory's span has the id of the gateway's, and would have alice's work below it.
        Span[] joined = [Entry(20, "mallory"), Of("document-service", "POST /access", 2, 20, SpanKind.Server, "mallory"), .. Alice];
        Assert.Equal([2UL, 20UL], Seen("mallory", joined).Select(span => span.Id.Value).Order().ToArray());
    }

    [Fact]
    public void Spans_of_two_senders_with_the_same_id_are_both_kept_and_shown()
    {
        var store = new TraceStore(Microsoft.Extensions.Options.Options.Create(new TraceStoreOptions()), TimeProvider.System);
        store.Add([.. Alice, Of("agent-service", "forged", 1, 5)], []);
        var shown = store.Find(Trace)!.SeenBy(new Viewer("alice", SeesAll: false))!;
        Assert.Equal(["POST /api/access-delegated", "forged"], shown.Spans.Where(span => span.Id.Value == 1).Select(span => span.Name));
        Assert.Equal(Alice.Length + 1, Waterfall.Rows(shown).Count);
    }

    [Fact]
    public void A_log_belongs_to_the_span_of_its_own_sender()
    {
        LogRecord[] logs = [Log("agent-service"), Log("gateway")];
        var seen = (Snapshot([Entry(1, "alice")]) with { Logs = logs }).SeenBy(new Viewer("alice", SeesAll: false))!;
        Assert.Equal("gateway", Assert.Single(seen.Logs).Service);
    }

    private static LogRecord Log(string service) => new() { TraceId = Trace, SpanId = new SpanId(1), Service = service };

    private static IReadOnlyList<Span> Seen(string person, Span[] spans) =>
        Snapshot(spans).SeenBy(new Viewer(person, SeesAll: false))?.Spans ?? [];
}
