using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Protocol;

internal static class NotFound
{
    public static IResult Because(string error) =>
        Results.Json(new JsonObject { ["error"] = error }, statusCode: StatusCodes.Status404NotFound);
}
