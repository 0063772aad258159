using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TraceDemo.Contracts.Access;

/// <summary>Describes the members that a service forwards unchanged, so that its types do not contain them.</summary>
internal sealed class AccessAnswerSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(AccessAnswerBody))
        {
            schema.Description = "The outcome of an access. A denied access also has the members of a problem.";
            schema.Required = new HashSet<string>(StringComparer.Ordinal) { "granted", "reason", "traceId" };
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
            schema.Properties["document"] = Object(
                "The document, when access was granted: `id`, `title`, `sensitivity`, `owner` and `content`.");
            schema.Properties["output"] = Object("The agent's output.");
            schema.Properties["decision"] =
                Object(
                    "The policy's decision record, with the same members as `decision` of a what-if response; absent if a caller rule "
                    + "denied the request.");
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Object(string description) => new()
    {
        Type = JsonSchemaType.Object | JsonSchemaType.Null,
        Description = description,
    };
}
