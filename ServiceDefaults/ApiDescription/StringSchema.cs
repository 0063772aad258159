using Microsoft.OpenApi;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Describes a type whose JSON is a string.</summary>
public static class StringSchema
{
    /// <summary>
    /// Sets type and description. The type excludes null even if it was first seen on an optional member, because references to the
    /// schema add null themselves; the description is fixed, because the schemas of several services are merged.
    /// </summary>
    /// <param name="schema">The schema that the framework created.</param>
    /// <param name="description">The meaning of the string, or null.</param>
    public static void Describe(this OpenApiSchema schema, string? description)
    {
        schema.Type = JsonSchemaType.String;
        schema.Description = description;
    }
}
