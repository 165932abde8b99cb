using Chat.Application.Common;
using Chat.Infrastructure.Messaging;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Keys;

/// <summary>
/// The keys of one purpose: one seals, and each that has not been destroyed still opens what it sealed. While a key is replaced there is
/// more than one.
/// </summary>
internal sealed class SealingKeys(SealingKey current, IReadOnlyCollection<SealingKey> all, ILogger logger)
{
    private readonly Dictionary<Guid, SealingKey> _all = all.ToDictionary(key => key.Id);

    public SealingKey Current => current;

    public bool Knows(byte[] envelope) => envelope.Length >= Envelope.Overhead && _all.ContainsKey(Envelope.KeyIdOf(envelope));

    public SealingKey For(byte[] envelope) =>
        _all.GetValueOrDefault(Envelope.KeyIdOf(envelope)) ?? throw new UnreadableException("The value was sealed with a key that is not here.");

    public byte[] Seal(Place place, ReadOnlySpan<byte> plain) => Envelope.Seal(current, place, plain);

    public byte[] Seal(Place place, string plain) => Envelope.Seal(current, place, plain);

    public byte[] Open(Place place, byte[] envelope) => Envelope.Open(For(envelope), place, envelope);

    public string OpenText(Place place, byte[] envelope) => Envelope.OpenText(For(envelope), place, envelope);

    /// <summary>For showing: null where it does not open, for one damaged value must not hide the others.</summary>
    public string? OpenTextOrNull(Place place, byte[]? envelope)
    {
        try
        {
            return envelope is null ? null : OpenText(place, envelope);
        }
        catch (UnreadableException failure)
        {
            logger.TellUnreadable(place, failure);
            return null;
        }
    }
}

/// <summary>What is shown of a value that does not open: nothing, once it has been told to whoever runs the installation.</summary>
internal static class UnreadableValues
{
    /// <summary>Null where there is no key any more, or where it does not open.</summary>
    public static string? OpenOrNull(this ILogger logger, SealingKey? key, Place place, byte[]? envelope)
    {
        try
        {
            return key is null || envelope is null ? null : Envelope.OpenText(key, place, envelope);
        }
        catch (UnreadableException failure)
        {
            logger.TellUnreadable(place, failure);
            return null;
        }
    }

    public static void TellUnreadable(this ILogger logger, Place place, UnreadableException failure)
    {
        logger.Unreadable(place.Table, failure.Message);
        Figures.Unreadable.Add(1, new KeyValuePair<string, object?>("table", place.Table));
    }
}
