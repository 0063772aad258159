using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Describes the types whose JSON a converter writes, of which the framework knows nothing but that they are values.</summary>
internal sealed class VocabularySchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            SetWords(schema, Enum.GetValues(type).Cast<object>()
                .Select(value => JsonSerializer.SerializeToNode(value, type, context.JsonTypeInfo.Options)!));
        }
        else if (type == typeof(ReasonCode))
        {
            SetWords(schema, ReasonCode.All.Select(reason => (JsonNode)reason.Value));
        }
        else if (type == typeof(AgentId))
        {
            SetPattern(schema, "^[a-z0-9-]{1,64}$", "The name of an agent.");
        }
        else if (type == typeof(DocumentId))
        {
            SetPattern(schema, "^[A-Za-z0-9-]{1,64}$", "The name of a document.");
        }

        return Task.CompletedTask;
    }

    private static void SetWords(OpenApiSchema schema, IEnumerable<JsonNode> words)
    {
        SetString(schema, null);
        schema.Enum = [.. words];
    }

    private static void SetPattern(OpenApiSchema schema, string pattern, string description)
    {
        SetString(schema, description);
        schema.Pattern = pattern;
    }

    /// <summary>
    /// Without null, also where the type was first met as an optional member: whoever refers to the schema adds it. And with one
    /// description, wherever the type was first met, because the schemas of several services are put together.
    /// </summary>
    private static void SetString(OpenApiSchema schema, string? description) =>
        (schema.Type, schema.Description) = (JsonSchemaType.String, description);
}
