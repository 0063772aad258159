namespace TraceDemo.SampleAgents.Model;

/// <summary>The model settings of all agents, by agent id.</summary>
internal sealed class ModelEndpoints : Dictionary<string, ModelOptions>;
