namespace TraceDemo.Topology.Settings;

/// <summary>One environment variable of a process.</summary>
/// <param name="Name">The variable, with Aspire's name if there is one.</param>
/// <param name="Value">Its value.</param>
public sealed record Setting(string Name, SettingValue Value);
