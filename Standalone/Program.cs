Console.WriteLine("TraceDemo");
