namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The details of a span and its logs in a row: large values are truncated, so that they do not displace the rows of
/// others. Short values, such as outcomes and reasons, are always shown. The download contains everything.
/// </summary>
internal sealed record RowDetails(Span Span, IReadOnlyList<LogRecord> Logs, int Characters, bool IsCut)
{
    public const int MaxCharacters = 16 * 1024;

    private const int ShortValue = 128;

    // The markup of an item, besides its texts.
    private const int Frame = 64;

    public static RowDetails Of(Span span, IReadOnlyList<LogRecord> logs)
    {
        var characters = span.Name.Length + span.StatusMessage.Length + SizeOf(span.Attributes) + span.Events.Sum(SizeOf)
            + span.Links.Sum(SizeOf) + logs.Sum(SizeOf);
        return characters <= MaxCharacters ? new RowDetails(span, logs, characters, IsCut: false) : Cut(span, logs);
    }

    public static int SizeOf(LogRecord log) => Frame + log.Severity.Length + log.EventName.Length + log.Body.Length;

    private static RowDetails Cut(Span span, IReadOnlyList<LogRecord> logs)
    {
        var left = MaxCharacters - span.Name.Length - span.StatusMessage.Length;
        var attributes = Array.ConvertAll(span.Attributes, tag =>
        {
            var shown = Shorten(tag, Math.Max(ShortValue, left));
            left -= SizeOf(shown);
            return shown;
        });
        var events = span.Events.TakeWhile(item => Fits(SizeOf(item), ref left)).ToArray();
        var links = span.Links.TakeWhile(link => Fits(SizeOf(link), ref left)).ToArray();
        var shownLogs = logs.TakeWhile(log => Fits(SizeOf(log), ref left)).ToArray();
        return new RowDetails(span with { Attributes = attributes, Events = events, Links = links }, shownLogs,
            MaxCharacters - left, IsCut: true);
    }

    /// <summary>A value that does not fit does not affect the following ones.</summary>
    private static bool Fits(int characters, ref int left)
    {
        if (characters > left)
        {
            return false;
        }

        left -= characters;
        return true;
    }

    private static Tag Shorten(Tag tag, int length) => tag.Value.Length <= length ? tag : tag with { Value = tag.Value[..length] + "…" };

    private static int SizeOf(Tag tag) => Frame + tag.Key.Length + tag.Value.Length;

    private static int SizeOf(Tag[] tags) => tags.Sum(SizeOf);

    private static int SizeOf(SpanEvent item) => Frame + item.Name.Length + SizeOf(item.Attributes);

    private static int SizeOf(SpanLink link) => Frame + SizeOf(link.Attributes);
}
