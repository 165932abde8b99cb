using System.Net.Http.Headers;
using System.Text.Json;
using Chat.Infrastructure.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Api.Tests.Notifications;

/// <summary>What staff are told on the desk, and what they want to be told of besides.</summary>
[Collection(ApiSuite.Name)]
public sealed class NotificationsTests(ChatApi api)
{
    [Fact]
    public async Task A_supervisors_desk_hears_of_an_escalation_at_once()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var conversation = await affiliate.GivenBegunAsync(responder);
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", supervisor.Token);
        await using var stream = await http.GetStreamAsync("/api/desk/stream");
        using var reader = new StreamReader(stream);
        await reader.ReadLineAsync();

        await responder.EscalateAsync(conversation);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        string? line;
        do
        {
            line = await reader.ReadLineAsync(patience.Token);
        }
        while (line != "event: notification");
        using var told = JsonDocument.Parse((await reader.ReadLineAsync(patience.Token))!["data: ".Length..]);
        Assert.Equal(conversation, told.RootElement.GetProperty("conversationId").GetGuid());
        Assert.Equal("escalation_opened", told.RootElement.GetProperty("data").GetProperty("kind").GetString());
        Assert.Equal(["escalation_opened"], await supervisor.KindsToldAsync());
    }

    [Fact]
    public async Task A_notification_names_who_it_is_about_and_is_read_once_it_is_said_to_be()
    {
        var (affiliate, responder, supervisor) = await GivenDeskAsync();
        var conversation = await affiliate.GivenBegunAsync(responder);
        foreach (var note in new[] { "one", "two", "three" })
        {
            await WhisperAsync(supervisor, conversation, note);
        }

        var told = await responder.ToldAsync();
        var first = told[2].GetProperty("id").GetGuid();
        Assert.All(told, one => Assert.Equal("whisper", one.GetProperty("kind").GetString()));
        Assert.All(told, one => Assert.StartsWith("supervisor ", one.GetProperty("aboutName").GetString(), StringComparison.Ordinal));
        Assert.Equal(told.OrderByDescending(one => one.GetProperty("createdAt").GetDateTimeOffset()), told);
        Assert.Equal(3, await UnreadAsync(responder));

        var left = await (await responder.PostAsync("/api/notifications/read", new { ids = new[] { first } })).ReadAsync(200);

        Assert.Equal(2, left.GetProperty("count").GetInt32());
        var unread = await responder.ToldAsync("?unread=true");
        Assert.Equal(told.Take(2).Select(one => one.GetProperty("id").GetGuid()), unread.Select(one => one.GetProperty("id").GetGuid()));
        var read = (await responder.ToldAsync())[2].GetProperty("readAt").GetDateTimeOffset();
        await (await responder.PostAsync("/api/notifications/read", new { ids = Array.Empty<Guid>() })).ReadAsync(200);
        Assert.Equal(2, await UnreadAsync(responder));
        await (await responder.PostAsync("/api/notifications/read")).ReadAsync(200);
        Assert.Equal(0, await UnreadAsync(responder));
        Assert.Empty(await responder.ToldAsync("?unread=true"));
        Assert.Equal(read, (await responder.ToldAsync())[2].GetProperty("readAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_others_are_told_cannot_be_seen_or_marked()
    {
        var (affiliate, responder, supervisor) = await GivenDeskAsync();
        var (colleague, _) = await affiliate.GivenResponderAsync();
        var foreign = (await (await api.GivenAffiliateAsync()).GivenResponderAsync()).Client;
        await WhisperAsync(supervisor, await affiliate.GivenBegunAsync(responder), "for one");
        var told = Assert.Single(await responder.ToldAsync()).GetProperty("id").GetGuid();

        foreach (var other in new[] { colleague, supervisor, affiliate.Admin, foreign, api.Platform })
        {
            Assert.DoesNotContain(told, (await other.ToldAsync("?limit=200")).Select(one => one.GetProperty("id").GetGuid()));
            await (await other.PostAsync("/api/notifications/read", new { ids = new[] { told } })).ReadAsync(200);
            await (await other.PostAsync("/api/notifications/read")).ReadAsync(200);
        }

        Assert.Equal(1, await UnreadAsync(responder));
    }

    [Fact]
    public async Task A_long_list_is_read_by_pages()
    {
        var (affiliate, responder, supervisor) = await GivenDeskAsync();
        var conversation = await affiliate.GivenBegunAsync(responder);
        for (var count = 0; count < 5; count++)
        {
            await WhisperAsync(supervisor, conversation, $"note {count}");
        }

        var (pages, cursor) = (new List<int>(), "");
        var seen = new HashSet<Guid>();
        do
        {
            var page = await (await responder.GetAsync($"/api/notifications?limit=2{cursor}")).ReadAsync(200);
            pages.Add(page.GetProperty("items").EnumerateArray().Count(one => seen.Add(one.GetProperty("id").GetGuid())));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);

        Assert.Equal([2, 2, 1], pages);
        (await responder.GetAsync("/api/notifications?cursor=x")).Problem(400, "request.invalid");
        (await responder.PostAsync("/api/notifications/read", new { ids = Enumerable.Range(0, 201).Select(_ => Guid.NewGuid()) })).Problem(400, "request.invalid");
    }

    [Fact]
    public async Task Settings_are_as_they_were_put_and_the_number_is_sealed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        var phone = affiliate.NewTexter();
        var before = await (await responder.GetAsync("/api/notification-settings")).ReadAsync(200);

        var put = await (await responder.PutAsync(
            "/api/notification-settings",
            new { phone = $" {phone} ", byEmail = new[] { "assigned", "assigned" }, byText = new[] { "queue_alert", "texter_wrote" } })).ReadAsync(200);

        Assert.Equal("""{"phone":null,"byEmail":[],"byText":[],"emailAvailable":false,"textAvailable":true}""", before.GetRawText());
        Assert.Equal(
            $$"""{"phone":"{{phone}}","byEmail":["assigned"],"byText":["queue_alert","texter_wrote"],"emailAvailable":false,"textAvailable":true}""",
            put.GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal(put.GetRawText(), (await (await responder.GetAsync("/api/notification-settings")).ReadAsync(200)).GetRawText());
        var stored = await api.AskAsync<byte[]>("select phone from notification_settings where user_id = $1", id);
        Assert.DoesNotContain(phone, System.Text.Encoding.Latin1.GetString(stored), StringComparison.Ordinal);

        var nothing = new { byEmail = Array.Empty<string>(), byText = Array.Empty<string>() };
        var less = await (await responder.PutAsync("/api/notification-settings", nothing)).ReadAsync(200);
        Assert.Equal(before.GetRawText(), less.GetRawText());
        Assert.Equal(before.GetRawText(), (await (await affiliate.Admin.GetAsync("/api/notification-settings")).ReadAsync(200)).GetRawText());
    }

    [Theory]
    [InlineData("""{"byEmail":["birthday"],"byText":[]}""", "byEmail[0]")]
    [InlineData("""{"byEmail":[null],"byText":[]}""", "byEmail[0]")]
    [InlineData("""{"phone":"+12065550140","byEmail":[],"byText":["assigned","Assigned"]}""", "byText[1]")]
    [InlineData("""{"byEmail":[],"byText":["assigned"]}""", "phone")]
    [InlineData("""{"phone":"  ","byEmail":[],"byText":["assigned"]}""", "phone")]
    [InlineData("""{"phone":"206 555 0140","byEmail":[],"byText":[]}""", "phone")]
    [InlineData("""{"phone":"+02065550140","byEmail":[],"byText":[]}""", "phone")]
    [InlineData("""{"phone":"+12065550140123456","byEmail":[],"byText":[]}""", "phone")]
    [InlineData("""{"phone":"+1206555014\n0","byEmail":[],"byText":[]}""", "phone")]
    [InlineData("""{"byText":[]}""", "byEmail")]
    [InlineData("""{"byEmail":[]}""", "byText")]
    public async Task Settings_that_make_no_sense_are_refused(string body, string field)
    {
        var (responder, id) = await (await api.GivenAffiliateAsync()).GivenResponderAsync();
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));

        var problem = (await responder.PutAsync("/api/notification-settings", content)).Problem(400, "request.invalid");

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from notification_settings where user_id = $1", id));
    }

    [Fact]
    public async Task Texts_are_not_to_be_had_without_an_active_channel()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var channel = await affiliate.Admin.GetAsync($"/api/channels/{affiliate.ChannelId}");
        await (await affiliate.Admin.PutAsync(
            $"/api/channels/{affiliate.ChannelId}", new { programId = affiliate.ProgramId, provider = "twilio", address = affiliate.Number, status = "inactive" },
            ("If-Match", channel.ETag!))).ReadAsync(200);

        var settings = await (await affiliate.Admin.GetAsync("/api/notification-settings")).ReadAsync(200);

        Assert.False(settings.GetProperty("textAvailable").GetBoolean());
    }

    [Fact]
    public async Task What_was_told_is_kept_for_a_month_and_what_was_sent_for_a_quarter()
    {
        var (affiliate, _, _) = await GivenDeskAsync();
        foreach (var days in new[] { 29, 31, 89, 91 })
        {
            await api.AskAsync<Guid>(
                """
                with told as (
                    insert into notifications (affiliate_id, user_id, id, kind, created_at)
                    select $1, id, gen_random_uuid(), 'assigned', now() - make_interval(days => $2) from users where affiliate_id = $1 limit 1)
                insert into sendings (affiliate_id, id, via, kind, status, created_at)
                values ($1, gen_random_uuid(), 'email', 'assigned', 'sent', now() - make_interval(days => $2)) returning id
                """,
                affiliate.Id, days);
        }

        await api.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().ClearAsync(CancellationToken.None);

        Assert.Equal(1, await api.AskAsync<long>("select count(*) from notifications where affiliate_id = $1", affiliate.Id));
        Assert.Equal(3, await api.AskAsync<long>("select count(*) from sendings where affiliate_id = $1", affiliate.Id));
    }

    private async Task<(TestAffiliate Affiliate, Client Responder, Client Supervisor)> GivenDeskAsync()
    {
        var affiliate = await api.GivenAffiliateAsync();
        return (affiliate, (await affiliate.GivenResponderAsync()).Client, (await affiliate.GivenUserAsync("supervisor")).Client);
    }

    private static async Task WhisperAsync(Client supervisor, Guid conversation, string note) =>
        await (await supervisor.PostAsync($"/api/conversations/{conversation}/messages", new { content = note, kind = "note" })).ReadAsync(201);

    private static async Task<int> UnreadAsync(Client client) =>
        (await (await client.GetAsync("/api/notifications/unread-count")).ReadAsync(200)).GetProperty("count").GetInt32();
}
