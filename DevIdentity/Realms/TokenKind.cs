namespace TraceDemo.DevIdentity.Realms;

internal enum TokenKind { Access, Id, UserInfo }
