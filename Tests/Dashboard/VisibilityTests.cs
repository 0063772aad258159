using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;

namespace TraceDemo.Tests.Dashboard;

public sealed class VisibilityTests
{
    private static readonly Span[] Alice =
    [
        Of("dashboard", "POST /try", 1, kind: SpanKind.Server, person: "alice"),
        Of("dashboard", "POST", 2, 1, SpanKind.Client, "alice"),
        Entry(3, "alice", 2),
        Of("gateway", "jwt_validation", 4, 3),
        Of("user-service", "POST /delegate", 5, 3, SpanKind.Server, "alice"),
        Of("user-service", "user.direct_access", 6, 5),
    ];

    [Fact]
    public void The_proxys_span_without_a_user_name_does_not_end_visibility() =>
        Assert.Equal([1, 2, 3],
            Seen("alice", [Entry(1, "alice"), Of("gateway", "proxy.forwarder", 2, 1, SpanKind.Server),
                Of("user-service", "POST /delegate", 3, 2, SpanKind.Server, "alice")]));

    [Fact]
    public void An_anonymous_request_inside_a_persons_trace_is_not_theirs() =>
        Assert.Equal(
            [1], Seen("alice", [Entry(1, "alice"), Entry(2, "alice", 1) with { Attributes = [] }, Of("gateway", "jwt_validation", 3, 2)]));

    [Fact]
    public void A_person_sees_what_lies_below_their_own_request() => Assert.Equal([1, 2, 3, 4, 5, 6], Seen("alice", Alice));

    [Fact]
    public void Other_people_see_no_span_of_the_request()
    {
        Assert.Empty(Seen("bob", Alice));
        Assert.Null(Snapshot(Alice).SeenBy(new Viewer("bob", SeesAll: false)));
    }

    [Fact]
    public void An_admin_sees_every_span() => Assert.Equal([1, 2, 3, 4, 5, 6], Seen("bob", Alice, admin: true));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void Joining_somebodys_trace_reveals_nothing(ulong parent)
    {
        Span[] joined = [.. Alice, Entry(10, "mallory", parent), Of("user-service", "POST /delegate", 11, 10, SpanKind.Server, "mallory")];
        Assert.Equal([10, 11], Seen("mallory", joined));
        Assert.Equal([1, 2, 3, 4, 5, 6], Seen("alice", joined));
    }

    [Fact]
    public void Above_the_gateway_a_person_sees_only_spans_with_their_name()
    {
        Span[] shared = [Of("dashboard", "POST /try", 1, kind: SpanKind.Server, person: "bob"),
            Of("dashboard", "POST", 2, 1, SpanKind.Client), Entry(3, "alice", 2)];
        Assert.Equal([3], Seen("alice", shared));
    }

    [Fact]
    public void Another_service_cannot_create_an_entry_span() =>
        Assert.Empty(
            Seen("mallory", [.. Alice, Of("agent-service", "POST /x", 10, 3, SpanKind.Server, "mallory"),
                Of("gateway", "client", 11, 3, SpanKind.Client, "mallory")]));

    [Fact]
    public void A_duplicate_span_id_reveals_nothing()
    {
        // A forged span below mallory's own entry bears the id of alice's gateway span, so that alice's children would hang below it.
        Span[] forged = [.. Alice, Entry(10, "mallory"), Of("agent-service", "forged", 3, 10)];
        Assert.Equal([10], Seen("mallory", forged));
        Assert.Equal([1, 2, 3, 4, 5, 6], Seen("alice", forged));
    }

    [Fact]
    public void A_log_is_visible_only_with_its_span()
    {
        var trace = Snapshot(Alice) with { Logs = [Log(4, "gateway"), Log(99, "gateway"), Log(0, "gateway")] };
        Assert.Equal(4UL, Assert.Single(trace.SeenBy(new Viewer("alice", SeesAll: false))!.Logs).SpanId.Value);
    }

    [Fact]
    public void No_span_tree_shows_a_person_spans_with_another_name() => Prop.ForAll(Trees.ToArbitrary(), spans =>
        Snapshot([.. spans]).SeenBy(new Viewer("alice", SeesAll: false))?.Spans.All(span => span.Person() is null or "alice") ?? true)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Gen<Span[]> Trees { get; } =
        (from id in Gen.Choose(1, 12)
         from parent in Gen.Choose(0, 12)
         from person in Gen.Elements("alice", "bob", null)
         from service in Gen.Elements("gateway", "user-service", "agent-service", "document-service")
         from kind in Gen.Elements(SpanKind.Server, SpanKind.Internal)
         select Of(service, "x", (ulong)id, (ulong)parent, kind, person) with { Scope = "Microsoft.AspNetCore" }).ArrayOf();

    private static LogRecord Log(ulong span, string service) => new() { TraceId = Trace, SpanId = new SpanId(span), Service = service };

    private static ulong[] Seen(string person, Span[] spans, bool admin = false) =>
        [.. (Snapshot(spans).SeenBy(new Viewer(person, admin))?.Spans ?? []).Select(span => span.Id.Value).Order()];

    [Fact]
    public void Visibility_of_a_version_is_computed_once_for_pages_streams_and_downloads()
    {
        var alice = new Viewer("alice", SeesAll: false);
        var store = new TraceStore(Microsoft.Extensions.Options.Options.Create(new TraceStoreOptions()), TimeProvider.System);
        store.Add([Entry(1, "alice"), Entry(2, "bob")], []);
        var seen = new TraceQuery(store).Find(Trace, alice)!;
        Assert.Same(seen, store.Find(Trace)!.SeenBy(alice));

        // Who sees nothing of it changes nothing.
        Assert.Null(store.Find(Trace)!.SeenBy(new Viewer("mallory", SeesAll: false)));
        Assert.Same(seen, store.Find(Trace)!.SeenBy(alice));
        Assert.Equal(2UL, Assert.Single(store.Find(Trace)!.SeenBy(new Viewer("bob", SeesAll: false))!.Spans).Id.Value);

        store.Add([Of("user-service", "work", 3, 1, SpanKind.Server, "alice")], []);
        Assert.Equal(2, store.Find(Trace)!.SeenBy(alice)!.Spans.Count);
    }

    [Fact]
    public void A_changed_copy_of_a_trace_is_evaluated_again()
    {
        var alice = new Viewer("alice", SeesAll: false);
        var trace = Snapshot(Entry(1, "alice"));
        Assert.Single(trace.SeenBy(alice)!.Spans);
        Assert.Null((trace with { Spans = [Entry(1, "bob")] }).SeenBy(alice));
    }
}
