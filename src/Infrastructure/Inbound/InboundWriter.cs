using System.Threading.Channels;
using Chat.Application.Ports;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Provider = Chat.Domain.Channels.Provider;

namespace Chat.Infrastructure.Inbound;

/// <summary>
/// The fast path: messages that arrive while a commit is under way share the next one. A texter's messages always go through the same
/// writer, so that within this process they never race each other; across processes the database decides, and the loser looks again.
/// </summary>
internal sealed class InboundWriter(
    InboundStatement statement, Keyring keyring, ITriageRules rules, AfterCommit afterCommit, Wake wake, ILogger<InboundWriter> logger)
    : IInboundWriter, IHostedService
{
    private const int MostInBatch = 128;
    private const int MostWaiting = 4096;
    private const int MostTries = 5;

    private readonly Channel<Pending>[] _lanes = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2))
        .Select(_ => Channel.CreateBounded<Pending>(new BoundedChannelOptions(MostWaiting) { SingleReader = true }))
        .ToArray();

    private Task _writing = Task.CompletedTask;

    public async Task<InboundOutcome> WriteAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(message.Account.AffiliateId.Value, cancellationToken);
        var kind = AddressKind.Of(message.Account.Provider);

        // Read here and not in the lane, where the messages of many wait for each other.
        var reading = rules.Of(message.Account.AffiliateId, message.Program).Read(message.Text);
        var pending = new Pending(message, kind, keys.BlindIndex(kind, message.ExternalId), reading);
        var lane = _lanes[(uint)pending.Texter.GetHashCode() % (uint)_lanes.Length];
        await lane.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Outcome.Task;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.WhenAll(_lanes.Select(lane => Task.Run(() => WriteLaneAsync(lane.Reader), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>What has been taken in is written before the process ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
        {
            lane.Writer.TryComplete();
        }

        return _writing.WaitAsync(cancellationToken);
    }

    private async Task WriteLaneAsync(ChannelReader<Pending> lane)
    {
        var batch = new List<Pending>(MostInBatch);
        while (await lane.WaitToReadAsync())
        {
            while (batch.Count < MostInBatch && lane.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            foreach (var affiliate in batch.GroupBy(pending => pending.Message.Account.AffiliateId.Value))
            {
                await WriteAsync(affiliate.Key, [.. affiliate]);
            }

            batch.Clear();
        }
    }

    private async Task WriteAsync(Guid affiliate, IReadOnlyList<Pending> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // The same message twice in one batch is written once; its twin was known by then.
                var distinct = batch.DistinctBy(pending => pending.ProviderId).ToList();
                var stored = await statement.ExecuteAsync(affiliate, distinct);
                afterCommit.Announce(stored.Announcements);
                if (stored.LeavesWork)
                {
                    wake.Jobs.Set();
                }

                foreach (var pending in batch)
                {
                    var first = stored.Stored.Remove(pending.ProviderId);
                    pending.Outcome.TrySetResult(first ? InboundOutcome.Stored : InboundOutcome.Known);
                }

                return;
            }
            catch (PostgresException lost) when (IsLostRace(lost) && attempt < MostTries)
            {
                statement.Forget(batch);
                if (lost.SqlState == PostgresErrorCodes.ForeignKeyViolation && attempt > 1)
                {
                    // What the keyword leads to may have gone since we read it; the channel's own program has not.
                    batch = [.. batch.Select(pending => pending.WithoutKeyword())];
                }
            }
            catch (Exception failure)
            {
                statement.Forget(batch);
                if (batch.Count > 1)
                {
                    logger.BatchFellApart(batch.Count, failure.Kind());
                    await WriteOneByOneAsync(affiliate, batch);
                }
                else
                {
                    batch[0].Outcome.TrySetException(failure);
                }

                return;
            }
        }
    }

    // One bad message must not take its neighbours with it.
    private async Task WriteOneByOneAsync(Guid affiliate, IReadOnlyList<Pending> batch)
    {
        foreach (var pending in batch)
        {
            await WriteAsync(affiliate, [pending]);
        }
    }

    /// <summary>What we remembered of the conversation no longer holds: it was closed, or opened elsewhere, or we met another transaction.</summary>
    private static bool IsLostRace(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}

/// <summary>A message on its way through the writer.</summary>
internal sealed class Pending(InboundMessage message, string addressKind, byte[] addressHash, MessageReading reading)
{
    public InboundMessage Message { get; } = message;

    public string AddressKind { get; } = addressKind;

    public byte[] AddressHash { get; } = addressHash;

    /// <summary>What triage has found in it by itself.</summary>
    public MessageReading Reading { get; } = reading;

    public TexterKey Texter { get; } = new(message.Account.AffiliateId.Value, message.Account.ChannelId.Value, addressKind, new Guid(addressHash));

    public (Guid Channel, string Id) ProviderId { get; } = (message.Account.ChannelId.Value, message.ProviderMessageId);

    public TaskCompletionSource<InboundOutcome> Outcome { get; private init; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Pending WithoutKeyword() => new(Message with { Keyword = null }, AddressKind, AddressHash, Reading) { Outcome = Outcome };
}

/// <summary>A texter on a channel, by the blind index of their address.</summary>
internal readonly record struct TexterKey(Guid Affiliate, Guid Channel, string Kind, Guid AddressHash);

/// <summary>Which providers know people by the same kind of address: a phone is the same person by SMS whoever carries it.</summary>
internal static class AddressKind
{
    public static string Of(Provider provider) =>
        provider is Provider.Twilio or Provider.Aws or Provider.Whatsapp ? "phone" : Domain.Common.Wire.Name(provider);
}
