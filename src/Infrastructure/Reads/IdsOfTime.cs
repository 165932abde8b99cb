using System.Buffers.Binary;

namespace Chat.Infrastructure.Reads;

/// <summary>Ids begin with the millisecond in which they were made, so that an index of ids finds a span of time too.</summary>
internal static class IdsOfTime
{
    public static Guid? FirstOf(long? millisecond)
    {
        if (millisecond is null)
        {
            return null;
        }

        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(0, millisecond.Value) << 16);
        return new Guid(id, bigEndian: true);
    }
}

/// <summary>From when to when a report goes: the last 30 days, unless it is said otherwise.</summary>
internal static class SpanOfReport
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    public static (DateTimeOffset From, DateTimeOffset To) Of(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var begin = from?.ToUniversalTime();
        var end = to?.ToUniversalTime() ?? (begin is { } first && first + Usual < now ? first + Usual : now);
        return (begin ?? end - Usual, end);
    }
}
