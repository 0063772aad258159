using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TraceDemo.ServiceDefaults.ApiDescription;

namespace TraceDemo.Contracts.Access;

/// <summary>Describes ids, which a converter writes and the framework cannot inspect.</summary>
internal sealed class IdSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(AgentId))
        {
            Describe(schema, "^[a-z0-9-]{1,64}$", "The name of an agent.");
        }
        else if (type == typeof(DocumentId))
        {
            Describe(schema, "^[A-Za-z0-9-]{1,64}$", "The name of a document.");
        }

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiSchema schema, string pattern, string description)
    {
        schema.Describe(description);
        schema.Pattern = pattern;
    }
}
