using Microsoft.Extensions.Primitives;

namespace TraceDemo.DevIdentity.Protocol;

/// <summary>The parameters of a form post; empty if the body is not a form.</summary>
internal sealed class Form(IFormCollection fields)
{
    public static async ValueTask<Form> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return new Form(request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty);
        }
        catch (InvalidDataException exception)
        {
            throw new BadHttpRequestException("The form has too many or too long fields, or is malformed.", exception);
        }
    }

    /// <summary>The first value, or null if the parameter is absent; an empty value is present.</summary>
    public string? this[string name] => fields.TryGetValue(name, out var values) ? values[0] : null;

    public StringValues All(string name) => fields[name];

    /// <summary>RFC 6749 §3.2: a parameter is sent once. RFC 8693 §2.1 allows repeating <c>audience</c> and <c>resource</c>.</summary>
    public bool HasDuplicates => fields.Any(pair => pair.Value.Count > 1 && pair.Key is not ("audience" or "resource"));
}
