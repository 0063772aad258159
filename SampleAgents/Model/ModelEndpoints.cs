using System.ComponentModel.DataAnnotations;

namespace TraceDemo.SampleAgents.Model;

/// <summary>The model settings of all agents, by agent id.</summary>
internal sealed class ModelEndpoints : Dictionary<string, ModelOptions>, IValidatableObject
{
    public const string Section = "Agents";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        this.SelectMany(entry => entry.Value.Errors(entry.Key)).Select(error => new ValidationResult(error));
}
