using Microsoft.Extensions.Caching.Memory;

namespace TraceDemo.Dashboard.TryIt;

internal sealed class ChoiceCache() : MemoryCache(new MemoryCacheOptions { SizeLimit = 1000 });
