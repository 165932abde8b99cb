using System.Text;
using Chat.Infrastructure.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Api.Tests.Operations;

[Collection(ApiSuite.Name)]
public sealed class OperationsTests(ChatApi api)
{
    [Fact]
    public async Task An_instance_says_that_it_is_alive_and_ready()
    {
        Assert.Equal("ok", (await api.Anonymous.GetAsync("/healthz")).Text);
        var ready = await (await api.Anonymous.GetAsync("/readyz")).ReadAsync(200);
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal("ok", ready.GetProperty("components").GetProperty("keys").GetString());
    }

    [Fact]
    public async Task Figures_count_what_happens_and_name_nobody()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenWaitingAsync("figures");

        var text = (await api.Anonymous.GetAsync("/metrics")).Text;

        Assert.Contains("chat_gateway_requests_total{", text, StringComparison.Ordinal);
        Assert.Contains("chat_gateway_request_duration_seconds_bucket{", text, StringComparison.Ordinal);
        Assert.Contains("chat_conversation_events_total{type=\"conversation.message.inbound\"}", text, StringComparison.Ordinal);
        Assert.DoesNotContain(affiliate.Number[1..], text, StringComparison.Ordinal);
        Assert.DoesNotContain(affiliate.Id.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screen_hears_what_happens_in_its_programs_and_nothing_else()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var elsewhere = await api.GivenAffiliateAsync();
        var other = await affiliate.GivenProgramAsync("Other line");
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (stranger, _) = await affiliate.GivenResponderAsync(3, other);
        var (foreigner, _) = await elsewhere.GivenResponderAsync();
        using var stop = new CancellationTokenSource();
        var heard = Hear(responder, stop.Token);
        var heardByStranger = Hear(stranger, stop.Token);
        var heardByForeigner = Hear(foreigner, stop.Token);
        await Eventually.Is(async () => heard.Length > 0 && heardByStranger.Length > 0 && heardByForeigner.Length > 0, "all are listening");

        var (_, conversation) = await affiliate.GivenWaitingAsync("not for the stream");

        await Eventually.Is(async () => heard.ToString().Contains("event: conversation.message.inbound", StringComparison.Ordinal), "the screen hears of it");
        Assert.Contains("event: conversation.created", heard.ToString(), StringComparison.Ordinal);
        Assert.Contains(conversation.ToString(), heard.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not for the stream", heard.ToString(), StringComparison.Ordinal);
        await Task.Delay(300);
        Assert.DoesNotContain("event:", heardByStranger.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("event:", heardByForeigner.ToString(), StringComparison.Ordinal);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task A_screen_hears_nothing_more_once_its_user_may_not()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        using var stop = new CancellationTokenSource();
        var heard = Hear(responder, stop.Token);
        await Eventually.Is(async () => heard.Length > 0, "it is listening");
        var user = await affiliate.Admin.GetAsync($"/api/users/{id}");
        var (email, name) = (user.Json.GetProperty("email").GetString(), user.Json.GetProperty("name").GetString());
        await (await affiliate.Admin.PutAsync(
            $"/api/users/{id}", new { email, name, role = "responder", programIds = Array.Empty<Guid>() }, ("If-Match", user.ETag!))).ReadAsync(200);
        await Task.Delay(5500);
        var before = heard.Length;

        await affiliate.GivenWaitingAsync();
        await Task.Delay(500);

        Assert.DoesNotContain("event:", heard.ToString()[before..], StringComparison.Ordinal);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task One_event_that_is_malformed_holds_up_no_other()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await api.AskAsync<long>(
            """
            with bad as (
                insert into outbox (id, affiliate_id, subject, sequence, type, data, origin, created_at)
                values (gen_random_uuid(), $1, gen_random_uuid(), 1, 'conversation.created', '{}', gen_random_uuid(), now()) returning 1)
            select count(*) from bad
            """,
            affiliate.Id);

        await affiliate.GivenWaitingAsync();

        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from outbox where affiliate_id = $1 and published_at is null", affiliate.Id) == 0, "all are published");
    }

    [Fact]
    public async Task Housekeeping_clears_what_has_had_its_time_and_nothing_else()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await (await affiliate.Admin.PostAsync("/api/admin/webhooks", new { url = "https://10.0.0.1/hook", eventTypes = new[] { "*" } })).ReadAsync(201);
        await affiliate.GivenWaitingAsync();
        await affiliate.GivenWaitingAsync();
        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from outbox where affiliate_id = $1 and published_at is null", affiliate.Id) == 0, "all are published");
        await api.AskAsync<long>(
            """
            with calls as (
                update webhook_deliveries set created_at = created_at - interval '31 days'
                where id = (select min(id::text)::uuid from webhook_deliveries where affiliate_id = $1) returning 1),
            events as (
                update outbox set created_at = created_at - interval '2 days'
                where position = (select min(position) from outbox where affiliate_id = $1) returning 1),
            ids as (
                update inbox set received_at = received_at - interval '31 days'
                where affiliate_id = $1 and provider_message_id = (select min(provider_message_id) from inbox where affiliate_id = $1) returning 1)
            select count(*) from events, ids, calls
            """,
            affiliate.Id);

        await api.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().ClearAsync(CancellationToken.None);

        Assert.Equal(1, await api.AskAsync<long>("select count(*) from inbox where affiliate_id = $1", affiliate.Id));
        Assert.Equal(3, await api.AskAsync<long>("select count(*) from outbox where affiliate_id = $1", affiliate.Id));
        Assert.Equal(3, await api.AskAsync<long>("select count(*) from webhook_deliveries where affiliate_id = $1", affiliate.Id));
        Assert.Equal(2, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1", affiliate.Id));
    }

    [Fact]
    public async Task A_screen_of_one_instance_hears_what_another_has_stored()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        await using var second = api.Start();
        using var stop = new CancellationTokenSource();
        var heard = Hear(responder, stop.Token);
        await Eventually.Is(async () => heard.Length > 0, "it is listening");

        Assert.Equal(200, (await affiliate.TextAsync(affiliate.NewTexter(), "hi", to: second.Address)).Status);

        await Eventually.Is(async () => heard.ToString().Contains("event: conversation.message.inbound", StringComparison.Ordinal), "the screen hears of it");
        await stop.CancelAsync();
    }

    [Fact]
    public async Task Swagger_and_its_document_are_served()
    {
        Assert.Equal(200, (await api.Anonymous.GetAsync("/swagger/index.html")).Status);
        var document = await (await api.Anonymous.GetAsync("/swagger/v1/swagger.json")).ReadAsync(200);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.False(string.IsNullOrWhiteSpace(operation.Value.GetProperty("operationId").GetString()), path.Name);
                Assert.False(string.IsNullOrWhiteSpace(operation.Value.GetProperty("summary").GetString()), path.Name);
                Assert.False(string.IsNullOrWhiteSpace(operation.Value.GetProperty("description").GetString()), path.Name);
            }
        }
    }

    private StringBuilder Hear(Client client, CancellationToken cancellationToken)
    {
        var heard = new StringBuilder();
        _ = Task.Run(
            async () =>
            {
                using var http = new HttpClient { BaseAddress = api.Address };
                http.DefaultRequestHeaders.Authorization = new("Bearer", client.Token);
                await using var stream = await http.GetStreamAsync("/api/desk/stream", cancellationToken);
                using var reader = new StreamReader(stream);
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    heard.AppendLine(line);
                }
            },
            cancellationToken);
        return heard;
    }
}
