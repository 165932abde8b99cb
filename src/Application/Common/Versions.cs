namespace Chat.Application.Common;

/// <summary>Whether what the caller read is still what is stored.</summary>
public static class Versions
{
    /// <summary>The caller does not mind which version it is (If-Match: *).</summary>
    public const long Any = 0;

    /// <summary>A change says which version it was made from, or it would undo somebody else's unseen.</summary>
    public static void Require(long? expected, long stored)
    {
        if (expected is null)
        {
            throw new VersionMissingException();
        }

        Honour(expected, stored);
    }

    /// <summary>A removal may say it.</summary>
    public static void Honour(long? expected, long stored)
    {
        if (expected is { } version && version != Any && version != stored)
        {
            throw new StaleException();
        }
    }
}
