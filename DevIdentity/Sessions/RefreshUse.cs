namespace TraceDemo.DevIdentity.Sessions;

internal enum RefreshUse { Accepted, Reused, Stale }
