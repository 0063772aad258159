namespace TraceDemo.Topology.Settings;

/// <summary>One variable in the environment of a process.</summary>
/// <param name="Name">The variable, under the name that Aspire gives it where there is one.</param>
/// <param name="Value">What it holds.</param>
public sealed record Setting(string Name, SettingValue Value);
