using System.Collections.Concurrent;
using Chat.Infrastructure.Messaging;
using Npgsql;

namespace Chat.Api.Tests.Operations;

/// <summary>A consumer within the platform that writes down what it acts on, and cannot act on what the test says.</summary>
internal sealed class RecordingConsumer(string name = "recording") : IEventConsumer
{
    private readonly ConcurrentQueue<OutboxEvent> _acted = new();

    public string Name => name;

    /// <summary>Decides on whom it fails.</summary>
    public Func<OutboxEvent, bool> CannotActOn { get; set; } = _ => false;

    public IReadOnlyCollection<OutboxEvent> Acted => _acted;

    public bool Takes(string type) => type == EventNames.Outbound;

    public Task ConsumeAsync(IReadOnlyList<OutboxEvent> events, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (events.Any(CannotActOn))
        {
            throw new InvalidOperationException("A test wants it so.");
        }

        foreach (var happened in events)
        {
            _acted.Enqueue(happened);
        }

        return Task.CompletedTask;
    }
}
