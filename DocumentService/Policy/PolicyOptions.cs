using System.ComponentModel.DataAnnotations;

namespace TraceDemo.DocumentService.Policy;

/// <summary>Section <c>Policy</c>.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>The folder of the agents' files; defaults to those shipped with the service.</summary>
    [Required]
    public string Agents { get; set; } = Path.Combine(AppContext.BaseDirectory, "agents");

    /// <summary>The list of departments; defaults to the one shipped with the service.</summary>
    [Required]
    public string Departments { get; set; } = Path.Combine(AppContext.BaseDirectory, "departments.json");
}
