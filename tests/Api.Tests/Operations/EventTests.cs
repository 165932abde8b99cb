using System.Text.Json;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Startup;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Chat.Api.Tests.Operations;

/// <summary>What becomes of events within the platform, without a broker.</summary>
[Collection(ApiSuite.Name)]
public sealed class EventTests(ChatApi api)
{
    [Fact]
    public async Task An_event_that_arrives_again_is_acted_on_once()
    {
        var consumer = new RecordingConsumer();
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Start(database, consumer);
        await Flood.PourAsync(database.Superuser, Guid.CreateVersion7(), events: 200, conversations: 20);
        await UntilAllAreSentAsync(database);

        await ExecuteAsync(database, "update outbox set published_at = null");
        await UntilAllAreSentAsync(database);

        Assert.Equal(200, consumer.Acted.Count);
        Assert.All(consumer.Acted.GroupBy(happened => happened.Subject), ofConversation => Assert.Equal(Enumerable.Range(1, 10), ofConversation.Select(happened => (int)happened.Sequence)));
    }

    [Fact]
    public async Task What_an_event_came_to_is_rolled_back_when_somebody_cannot_act_on_it_and_the_others_go_on()
    {
        var isBroken = true;
        var consumer = new RecordingConsumer();
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Start(database, consumer);
        var affiliate = Guid.CreateVersion7();
        consumer.CannotActOn = happened => isBroken && happened.Sequence == 3 && happened.AffiliateId == affiliate;
        await Flood.PourAsync(database.Superuser, affiliate, events: 5, conversations: 1);
        await Flood.PourAsync(database.Superuser, Guid.CreateVersion7(), events: 50, conversations: 50);

        await Eventually.Is(() => Task.FromResult(consumer.Acted.Count == 54), "all others are acted on");
        Assert.DoesNotContain(consumer.Acted, happened => happened.AffiliateId == affiliate && happened.Sequence == 3);
        isBroken = false;

        await UntilAllAreSentAsync(database);
        Assert.Equal(55, consumer.Acted.DistinctBy(happened => happened.Id).Count());
        Assert.Equal(55, consumer.Acted.Count);
        Assert.Equal(0, await CountAsync(database, "select count(*) from dead_letters"));
    }

    [Fact]
    public async Task An_event_that_nobody_ever_could_act_on_is_a_dead_letter_and_a_platform_admin_replays_it()
    {
        var consumer = new RecordingConsumer { CannotActOn = happened => happened.Sequence == 2 };
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Start(database, consumer);
        var affiliate = Guid.CreateVersion7();
        await Flood.PourAsync(database.Superuser, affiliate, events: 3, conversations: 1);
        await UntilAllAreSentAsync(database, seconds: 40);
        var platform = await ChatApi.SignInAsync(host.Address, ChatApi.AdminEmail, ChatApi.Password);

        var letter = Assert.Single((await (await platform.GetAsync("/api/admin/events/dead-letters")).ReadAsync(200)).GetProperty("items").EnumerateArray());
        Assert.Equal(affiliate, letter.GetProperty("affiliateId").GetGuid());
        Assert.Equal("conversation.message.outbound", letter.GetProperty("type").GetString());
        Assert.Equal("recording: InvalidOperationException", letter.GetProperty("reason").GetString());
        Assert.Equal(2, letter.GetProperty("sequence").GetInt32());
        Assert.Equal(JsonValueKind.Null, letter.GetProperty("replayedAt").ValueKind);
        Assert.Equal([1, 3], consumer.Acted.Select(happened => (int)happened.Sequence));
        var path = $"/api/admin/events/dead-letters/{letter.GetProperty("id").GetGuid()}/replay";

        (await platform.PostAsync(path)).Problem(409, "event.not_replayed");
        consumer.CannotActOn = _ => false;
        await (await platform.PostAsync(path)).ReadAsync(204);
        await (await platform.PostAsync(path)).ReadAsync(204);

        Assert.Equal([1, 3, 2], consumer.Acted.Select(happened => (int)happened.Sequence));
        letter = (await (await platform.GetAsync("/api/admin/events/dead-letters")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal(JsonValueKind.String, letter.GetProperty("replayedAt").ValueKind);
        (await platform.PostAsync($"/api/admin/events/dead-letters/{Guid.NewGuid()}/replay")).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task A_dead_letter_that_is_replayed_after_weeks_is_acted_on_by_those_only_who_have_not_yet()
    {
        var (able, unable) = (new RecordingConsumer("able"), new RecordingConsumer("unable") { CannotActOn = _ => true });
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Start(database, able, unable);
        await Flood.PourAsync(database.Superuser, Guid.CreateVersion7(), events: 1, conversations: 1);
        await UntilAllAreSentAsync(database, seconds: 40);
        unable.CannotActOn = _ => false;
        await ExecuteAsync(database, "update event_inbox set consumed_at = consumed_at - interval '31 days'");
        await ExecuteAsync(database, "insert into event_inbox (consumer, event_id, consumed_at) values ('able', gen_random_uuid(), now() - interval '31 days')");

        await host.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().ClearAsync(CancellationToken.None);
        var platform = await ChatApi.SignInAsync(host.Address, ChatApi.AdminEmail, ChatApi.Password);
        var letter = (await (await platform.GetAsync("/api/admin/events/dead-letters")).ReadAsync(200)).GetProperty("items")[0];
        await (await platform.PostAsync($"/api/admin/events/dead-letters/{letter.GetProperty("id").GetGuid()}/replay")).ReadAsync(204);

        Assert.Single(able.Acted);
        Assert.Single(unable.Acted);
        Assert.Equal(1, await CountAsync(database, "select count(*) from event_inbox where consumer = 'able'"));
    }

    [Fact]
    public async Task An_event_that_tells_no_screen_where_it_belongs_does_not_hold_up_the_others()
    {
        var consumer = new RecordingConsumer();
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Start(database, consumer);
        var affiliate = Guid.CreateVersion7();
        await Flood.PourAsync(database.Superuser, affiliate, events: 1, conversations: 1);
        await UntilAllAreSentAsync(database);

        await ExecuteAsync(
            database,
            """
            insert into outbox (id, affiliate_id, subject, sequence, type, data, origin, created_at)
            select gen_random_uuid(), affiliate_id, gen_random_uuid(), 1, type, '{"programId": 5}', origin, now()
            from outbox
            """);
        await Flood.PourAsync(database.Superuser, Guid.CreateVersion7(), events: 10, conversations: 2);

        await UntilAllAreSentAsync(database);
        Assert.Equal(12, consumer.Acted.Count);
    }

    [Fact]
    public async Task What_happens_to_a_conversation_is_published_as_the_document_describes_it()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenKeywordAsync("HELLO", response: "Somebody will be with you.");
        var (responder, _) = await affiliate.GivenUserAsync("responder");
        var texter = affiliate.NewTexter();
        Assert.Equal(200, (await affiliate.TextAsync(texter, "hello")).Status);
        Assert.Equal(200, (await affiliate.TextAsync(texter, "i want to die tonight")).Status);
        var id = (await (await responder.PostAsync("/api/queue/claim")).ReadAsync(200)).GetProperty("id").GetGuid();
        await (await responder.PostAsync($"/api/conversations/{id}/messages", new { content = "I am here." })).ReadAsync(201);
        await (await responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Seems to be alone.", kind = "note" })).ReadAsync(201);
        await (await responder.PutAsync($"/api/conversations/{id}/tags", new { tags = new[] { "alone" } })).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{id}/wrap-up")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{id}/close", new { reason = "done" })).ReadAsync(200);

        // All that the tests beside this one have brought about, but for the empty event that one of them writes there by hand.
        const string sql = "select type, data::text, affiliate_id from outbox where data <> '{}'";
        await using var connection = new NpgsqlConnection(api.Database.Superuser);
        var events = (await connection.QueryAsync<(string Type, string Data, Guid Affiliate)>(sql)).ToList();
        var document = EventDocument.Read();

        Assert.Superset(
            new HashSet<string>
            {
                "conversation.created", "conversation.message.inbound", "conversation.message.outbound", "conversation.assigned", "conversation.updated",
                "conversation.tag.updated", "conversation.closed",
            },
            events.Where(happened => happened.Affiliate == affiliate.Id).Select(happened => happened.Type).ToHashSet());
        Assert.Empty(events.SelectMany(happened => document.Faults(happened.Type, JsonElement.Parse(happened.Data))).Distinct());
    }

    private ChatApi.Host Start(TestDatabase database, params RecordingConsumer[] consumers) => api.Start(
        services => Array.ForEach(consumers, consumer => services.AddSingleton<IEventConsumer>(consumer)),
        ("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys));

    private static Task UntilAllAreSentAsync(TestDatabase database, int seconds = 20) =>
        Eventually.Is(async () => await CountAsync(database, "select count(*) from outbox where published_at is null") == 0, "all events are sent", seconds);

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.Superuser);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.Superuser);
        await connection.ExecuteAsync(sql);
    }
}
