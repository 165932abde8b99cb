using System.Data;
using System.Text.Json;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Realtime;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Infrastructure.Messaging;

/// <summary>
/// Lets this instance's screens hear what other instances have committed: one notification for a batch of the relay's, never one inside
/// a message's own transaction, where it would make commits wait for each other.
/// </summary>
internal sealed class DeskListener(Databases databases, DeskHub hub, Instance instance, ILogger<DeskListener> logger) : BackgroundService
{
    private const string Notifications = "chat_desk";

    // PostgreSQL takes 8,000 bytes; one line takes some 250.
    private const int MostInNotification = 25;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    public static Task TellOthersAsync(NpgsqlConnection connection, IEnumerable<OutboxEvent> events, CancellationToken cancellationToken) =>
        TellOthersAsync(connection, events.Select(DeskLine.Of).OfType<DeskLine>(), cancellationToken);

    public static async Task TellOthersAsync(NpgsqlConnection connection, IEnumerable<DeskLine> lines, CancellationToken cancellationToken)
    {
        const string sql = "select pg_notify(@Notifications, payload) from unnest(@payloads) as payload";

        var payloads = lines.Distinct().Chunk(MostInNotification).Select(some => JsonSerializer.Serialize(some)).ToArray();
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Notifications, payloads }, cancellationToken: cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.ListeningFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Publish(notification.Payload);
        await connection.ExecuteAsync(new CommandDefinition($"listen {Notifications}", cancellationToken: cancellationToken));
        try
        {
            while (true)
            {
                await connection.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            // It goes back to the others as it is, and they are not to hear what is said here.
            if (connection.FullState == ConnectionState.Open)
            {
                await connection.ExecuteAsync("unlisten *");
            }
        }
    }

    private void Publish(string payload)
    {
        foreach (var line in JsonSerializer.Deserialize<DeskLine[]>(payload)!.Where(line => line.Origin != instance.Id))
        {
            hub.Publish(new AnnouncedEvent(line.Affiliate, line.Type, line.Conversation, line.Program, Nothing, line.OnlyFor));
        }
    }
}

/// <summary>What one instance tells the others' screens.</summary>
internal sealed record DeskLine(Guid Affiliate, string Type, Guid Conversation, Guid Program, Guid Origin, Guid? OnlyFor = null)
{
    /// <summary>Null for an event that is not of the form we write: it must not hold up the others.</summary>
    public static DeskLine? Of(OutboxEvent happened)
    {
        using var data = JsonDocument.Parse(happened.Data);
        return data.RootElement.ValueKind == JsonValueKind.Object && data.RootElement.TryGetProperty("programId", out var program)
            && program.ValueKind == JsonValueKind.String && program.TryGetGuid(out var id)
            ? new DeskLine(happened.AffiliateId, happened.Type, happened.Subject, id, happened.Origin)
            : null;
    }
}
