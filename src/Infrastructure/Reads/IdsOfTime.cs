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
