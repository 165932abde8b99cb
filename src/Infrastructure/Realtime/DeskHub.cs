using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Infrastructure.Messaging;

namespace Chat.Infrastructure.Realtime;

/// <summary>
/// Tells the screens connected to this instance that something has happened. What it says is only what is stale: the screen fetches,
/// and is then allowed or not. A screen that does not keep up loses its connection, never the others their time.
/// </summary>
public sealed class DeskHub
{
    private const int MostUnread = 256;
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<DeskSubscription, bool>> _byAffiliate = new();

    public int Connected => _byAffiliate.Values.Sum(subscriptions => subscriptions.Count);

    /// <summary>Whose screens are connected to this instance.</summary>
    internal IEnumerable<(Guid Affiliate, Guid User)> Listening =>
        _byAffiliate.SelectMany(affiliate => affiliate.Value.Keys.Select(subscription => (affiliate.Key, subscription.User)));

    /// <param name="sees">Whether this screen's user may hear of a program's events.</param>
    public DeskSubscription Subscribe(Guid affiliate, Guid user, Func<Guid, bool> sees)
    {
        var subscription = new DeskSubscription(this, affiliate, user, sees, MostUnread);
        _byAffiliate.GetOrAdd(affiliate, _ => new()).TryAdd(subscription, true);
        return subscription;
    }

    internal void Publish(AnnouncedEvent happened)
    {
        if (!_byAffiliate.TryGetValue(happened.AffiliateId, out var subscriptions))
        {
            return;
        }

        foreach (var (subscription, _) in subscriptions)
        {
            subscription.Offer(happened);
        }
    }

    internal void Remove(DeskSubscription subscription)
    {
        if (_byAffiliate.TryGetValue(subscription.Affiliate, out var subscriptions))
        {
            subscriptions.TryRemove(subscription, out _);
        }
    }
}

/// <summary>One screen's ear.</summary>
public sealed class DeskSubscription : IDisposable
{
    private readonly DeskHub _hub;
    private readonly Func<Guid, bool> _sees;
    private readonly Channel<AnnouncedEvent> _events;

    internal DeskSubscription(DeskHub hub, Guid affiliate, Guid user, Func<Guid, bool> sees, int mostUnread)
    {
        (_hub, Affiliate, User, _sees) = (hub, affiliate, user, sees);
        _events = System.Threading.Channels.Channel.CreateBounded<AnnouncedEvent>(new BoundedChannelOptions(mostUnread) { SingleReader = true });
    }

    internal Guid Affiliate { get; }

    internal Guid User { get; }

    internal ChannelReader<AnnouncedEvent> Events => _events.Reader;

    public void Dispose()
    {
        _hub.Remove(this);
        _events.Writer.TryComplete();
    }

    internal void Offer(AnnouncedEvent happened)
    {
        if ((happened.OnlyFor is { } user ? user == User : _sees(happened.ProgramId)) && !_events.Writer.TryWrite(happened))
        {
            Dispose();
        }
    }
}
