namespace TraceDemo.DocumentService.Access;

internal static class AccessActionWords
{
    /// <summary>The word in a transaction token's <c>tctx</c>.</summary>
    public static string Word(this AccessAction action) => action switch
    {
        AccessAction.Read => "read",
        AccessAction.Summarize => "summarize",
        AccessAction.Review => "review",
        AccessAction.Create => "create",
        AccessAction.Write => "write",
        AccessAction.Delete => "delete",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };
}
