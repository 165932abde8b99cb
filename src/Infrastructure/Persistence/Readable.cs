using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Persistence;

/// <summary>One damaged value must not hide the others: it is noted, and the rest is shown.</summary>
internal static class Readable
{
    public static T? OrNull<T>(this ILogger logger, string table, Func<T> open)
        where T : class
    {
        try
        {
            return open();
        }
        catch (UnreadableException failure)
        {
            logger.Unreadable(table, failure.Message);
            Figures.Unreadable.Add(1, new KeyValuePair<string, object?>("table", table));
            return null;
        }
    }
}
