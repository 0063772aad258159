using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TraceDemo.Contracts.Access;

/// <summary>Describes the members that pass through a service as they were received, so that its types do not know them.</summary>
internal sealed class AccessAnswerSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(AccessAnswerBody))
        {
            schema.Description = "The outcome of an access. A denied one also has the members of a problem.";
            schema.Required = new HashSet<string>(StringComparer.Ordinal) { "granted", "reason", "traceId" };
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
            schema.Properties["document"] = Object(
                "The document, when access was granted: `id`, `title`, `sensitivity`, `owner` and `content`.");
            schema.Properties["output"] = Object("What the agent made of the document.");
            schema.Properties["decision"] =
                Object(
                    "The policy's decision record, with the members that a what-if answers in `decision`; absent where the caller may "
                    + "not ask at all.");
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Object(string description) => new()
    {
        Type = JsonSchemaType.Object | JsonSchemaType.Null,
        Description = description,
    };
}
