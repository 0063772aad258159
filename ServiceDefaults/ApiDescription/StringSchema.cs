using Microsoft.OpenApi;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Describes a type whose JSON is a string.</summary>
public static class StringSchema
{
    /// <summary>
    /// Sets type and description: without null, also where the type was first met as an optional member, because whoever refers to the
    /// schema adds it; and with one description, because the schemas of several services are put together.
    /// </summary>
    /// <param name="schema">The schema that the framework began.</param>
    /// <param name="description">What the string is, or null.</param>
    public static void Describe(this OpenApiSchema schema, string? description) =>
        (schema.Type, schema.Description) = (JsonSchemaType.String, description);
}
