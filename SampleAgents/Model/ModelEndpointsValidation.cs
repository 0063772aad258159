using Microsoft.Extensions.Options;

namespace TraceDemo.SampleAgents.Model;

internal sealed class ModelEndpointsValidation : IValidateOptions<ModelEndpoints>
{
    public ValidateOptionsResult Validate(string? name, ModelEndpoints options)
    {
        var errors = options.SelectMany(entry => entry.Value.Errors(entry.Key)).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
