using System.Diagnostics;
using System.Text.Json;
using Chat.Api.Tests.Notifications;
using Microsoft.AspNetCore.Http;

namespace Chat.Api.Tests.Webhooks;

/// <summary>An affiliate's events on their way to its partners.</summary>
[Collection(ApiSuite.Name)]
public sealed class PartnerWebhookTests(Outward outward) : IClassFixture<Outward>
{
    private const string Said = "My name is Wilhelmina and I am in the blue house";
    private const string Inbound = "conversation.message.inbound";

    [Fact]
    public async Task A_partner_is_told_what_happens_signed_and_with_ids_only()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, secret) = await GivenWebhookAsync(affiliate, receiver, "*");

        var (texter, conversation) = await affiliate.GivenWaitingAsync(Said);

        await Eventually.Is(() => Task.FromResult(receiver.Calls.Count >= 2), "both events arrive");
        var calls = receiver.Calls.ToArray();
        Assert.Equal(["conversation.created", Inbound], calls.Select(call => call.Type).Order());
        Assert.All(calls, call =>
        {
            Assert.True(call.IsSignedWith(secret));
            Assert.InRange(call.SentAt, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
            Assert.Equal("application/json", call.Headers["Content-Type"]);
            var body = JsonDocument.Parse(call.Body).RootElement;
            Assert.Equal(
                ["id", "type", "source", "time", "affiliateId", "subject", "sequence", "data"], body.EnumerateObject().Select(member => member.Name));
            Assert.Equal(call.Id, body.GetProperty("id").GetString());
            Assert.Equal(call.Type, body.GetProperty("type").GetString());
            Assert.Equal(affiliate.Id, body.GetProperty("affiliateId").GetGuid());
            Assert.Equal(conversation, body.GetProperty("subject").GetGuid());
            Assert.Equal(conversation, body.GetProperty("data").GetProperty("conversationId").GetGuid());
            Assert.DoesNotContain("Wilhelmina", call.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(texter[1..], call.Text, StringComparison.Ordinal);
        });
        await Eventually.Is(async () => (await DeliveriesAsync(affiliate, id)).All(delivery => delivery.Word("status") == "delivered"), "the log says so");
        var delivery = (await DeliveriesAsync(affiliate, id))[0];
        Assert.Equal(204, delivery.GetProperty("responseStatus").GetInt32());
        Assert.Equal(1, delivery.GetProperty("attempts").GetInt32());
        Assert.InRange(delivery.GetProperty("durationMilliseconds").GetInt32(), 0, 10_000);
        Assert.Equal(JsonValueKind.Null, delivery.GetProperty("nextAttemptAt").ValueKind);
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_sent_and_nothing_of_another_affiliate_or_while_inactive()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var (own, other) = (await outward.GivenAffiliateAsync(), await outward.GivenAffiliateAsync());
        var (id, _) = await GivenWebhookAsync(own, receiver, "conversation.created");
        await ChangeAsync(own, id, receiver, "conversation.created", "inactive");
        await own.GivenWaitingAsync();
        await ChangeAsync(own, id, receiver, "conversation.created", "active");

        await other.GivenWaitingAsync();
        var (_, conversation) = await own.GivenWaitingAsync();

        await Eventually.Is(() => Task.FromResult(!receiver.Calls.IsEmpty), "the one event arrives");
        await Task.Delay(500);
        var call = Assert.Single(receiver.Calls);
        Assert.Equal("conversation.created", call.Type);
        Assert.Contains(conversation.ToString(), call.Text, StringComparison.Ordinal);
        Assert.Single(await DeliveriesAsync(own, id));
    }

    [Fact]
    public async Task What_happens_at_the_desk_is_told_too()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var affiliate = await outward.GivenAffiliateAsync();
        await GivenWebhookAsync(affiliate, receiver, "conversation.assigned", "conversation.tag.updated");
        var (responder, _) = await affiliate.GivenResponderAsync();

        var conversation = await affiliate.GivenBegunAsync(responder);
        await (await responder.PutAsync($"/api/conversations/{conversation}/tags", new { tags = new[] { "school" } })).ReadAsync(200);

        await Eventually.Is(() => Task.FromResult(receiver.Calls.Count == 2), "both arrive");
        Assert.Equal(["conversation.assigned", "conversation.tag.updated"], receiver.Calls.Select(call => call.Type).Order());
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_the_one_of_before_signs_beside_it_for_a_day()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, first) = await GivenWebhookAsync(affiliate, receiver, Inbound);

        var rotated = await (await affiliate.Admin.PostAsync($"/api/admin/webhooks/{id}/rotate-secret")).ReadAsync(200);
        var second = rotated.GetProperty("secret").GetString()!;
        await TestAsync(affiliate, id);
        await Eventually.Is(() => Task.FromResult(receiver.Calls.Count == 1), "a call arrives");
        var both = receiver.Calls.Last();
        Assert.NotEqual(first, second);
        Assert.True(both.IsSignedWith(first) && both.IsSignedWith(second));

        await outward.PassAsync(TimeSpan.FromHours(25));
        await TestAsync(affiliate, id);
        await Eventually.Is(() => Task.FromResult(receiver.Calls.Count == 2), "another arrives");
        Assert.True(receiver.Calls.Last().IsSignedWith(second));
        Assert.False(receiver.Calls.Last().IsSignedWith(first));

        var shown = (await affiliate.Admin.GetAsync($"/api/admin/webhooks/{id}")).Text + (await affiliate.Admin.GetAsync("/api/admin/webhooks")).Text;
        Assert.DoesNotContain("whsec_", shown, StringComparison.Ordinal);
        Assert.Equal(0, await outward.AskAsync<long>("select count(*) from webhooks w where row_to_json(w)::text like '%whsec_%' or row_to_json(w)::text like '%127.0.0.1%'"));
    }

    [Fact]
    public async Task Headers_are_sent_and_never_shown()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var affiliate = await outward.GivenAffiliateAsync();
        var made = await (await affiliate.Admin.PostAsync("/api/admin/webhooks", new
        {
            url = receiver.Address, eventTypes = new[] { Inbound }, headers = new Dictionary<string, string> { ["authorization"] = "Bearer partner-token" },
        })).ReadAsync(201);
        var id = made.GetProperty("webhook").GetProperty("id").GetGuid();

        await TestAsync(affiliate, id);

        await Eventually.Is(() => Task.FromResult(!receiver.Calls.IsEmpty), "a call arrives");
        Assert.Equal("Bearer partner-token", receiver.Calls.First().Headers["Authorization"]);
        var shown = await affiliate.Admin.GetAsync($"/api/admin/webhooks/{id}");
        Assert.Equal("Authorization", (await shown.ReadAsync(200)).GetProperty("headerNames")[0].GetString());
        Assert.DoesNotContain("partner-token", made.ToString() + shown.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, object> Refused { get; } = new()
    {
        { "url", new { url = "ftp://partner.test", eventTypes = new[] { "*" } } },
        { "url", new { url = "https://user:word@partner.test", eventTypes = new[] { "*" } } },
        { "url", new { url = "", eventTypes = new[] { "*" } } },
        { "eventTypes", new { url = "https://partner.test", eventTypes = new[] { "conversation.invented" } } },
        { "eventTypes", new { url = "https://partner.test", eventTypes = Array.Empty<string>() } },
        { "eventTypes", new { url = "https://partner.test" } },
        { "headers", new { url = "https://partner.test", eventTypes = new[] { "*" }, headers = new { Host = "inner" } } },
        { "headers", new { url = "https://partner.test", eventTypes = new[] { "*" }, headers = new Dictionary<string, string> { ["X-Forwarded-For"] = "10.0.0.1" } } },
        { "headers", new { url = "https://partner.test", eventTypes = new[] { "*" }, headers = new Dictionary<string, string> { ["webhook-signature"] = "v1,x" } } },
        { "headers", new { url = "https://partner.test", eventTypes = new[] { "*" }, headers = new { Authorization = "a\r\nHost: inner" } } },
        { "headers", new { url = "https://partner.test", eventTypes = new[] { "*" }, headers = new { Authorization = "" } } },
        { "status", new { url = "https://partner.test", eventTypes = new[] { "*" }, status = "paused" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_webhook_is_refused(string field, object body)
    {
        var affiliate = await outward.GivenAffiliateAsync();

        var errors = (await affiliate.Admin.PostAsync("/api/admin/webhooks", body)).Problem(400, "request.invalid").GetProperty("errors");

        Assert.Equal([field], errors.EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task An_affiliate_has_twenty_webhooks_and_no_more()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var body = new { url = "https://partner.test", eventTypes = new[] { "document.indexed" }, status = "inactive" };

        // All at once, so that each counts while the others add theirs.
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => affiliate.Admin.PostAsync("/api/admin/webhooks", body)));

        Assert.Equal(20, answers.Count(answer => answer.Status == 201));
        (await affiliate.Admin.PostAsync("/api/admin/webhooks", body)).Problem(409, "webhook.too_many");
    }

    [Fact]
    public async Task A_webhook_that_is_removed_takes_with_it_what_it_was_told()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);
        await affiliate.GivenWaitingAsync();
        await UntilAsync(affiliate, id, delivery => delivery.Word("status") == "delivered");

        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/admin/webhooks/{id}")).Status);
        await affiliate.GivenWaitingAsync();

        Assert.Equal(
            0,
            await outward.AskAsync<long>(
                "select (select count(*) from webhook_deliveries where webhook_id = $1) + (select count(*) from webhook_lanes where webhook_id = $1) + (select count(*) from admin_resources where id = $1)",
                id));
        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task A_change_names_its_version()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var made = await affiliate.Admin.PostAsync("/api/admin/webhooks", new { url = "https://partner.test", eventTypes = new[] { "*" } });
        var path = $"/api/admin/webhooks/{(await made.ReadAsync(201)).GetProperty("webhook").GetProperty("id").GetGuid()}";
        var change = new { url = "https://partner.test/v2", eventTypes = new[] { "conversation.created", "conversation.created" } };

        Assert.Equal(428, (await affiliate.Admin.PutAsync(path, change)).Status);
        var changed = await affiliate.Admin.PutAsync(path, change, ("If-Match", made.ETag!));
        Assert.Equal("https://partner.test/v2", (await changed.ReadAsync(200)).GetProperty("url").GetString());
        Assert.Equal(1, changed.Json.GetProperty("eventTypes").GetArrayLength());
        Assert.Equal(412, (await affiliate.Admin.PutAsync(path, change, ("If-Match", made.ETag!))).Status);
        Assert.Equal(412, (await affiliate.Admin.DeleteAsync(path, ("If-Match", made.ETag!))).Status);
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync(path, ("If-Match", changed.ETag!))).Status);
        (await affiliate.Admin.GetAsync(path)).Problem(404, "resource.not_found");
        (await affiliate.Admin.GetAsync(path + "/deliveries")).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task A_partners_key_looks_after_its_webhooks_and_a_responder_does_not()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var (own, other) = (await outward.GivenAffiliateAsync(), await outward.GivenAffiliateAsync());
        var (theirs, _) = await GivenWebhookAsync(other, receiver, Inbound);
        var key = (await (await own.Admin.PostAsync("/api/admin/api-keys", new { name = "Partner", scopes = new[] { "webhooks" } })).ReadAsync(201)).GetProperty("key").GetString();
        var program = outward.Anonymous(key);
        var (responder, _) = await own.GivenResponderAsync();
        var (supervisor, _) = await own.GivenUserAsync("supervisor");

        await (await program.PostAsync("/api/admin/webhooks", new { url = receiver.Address, eventTypes = new[] { Inbound } })).ReadAsync(201);
        Assert.Equal(1, (await (await program.GetAsync("/api/admin/webhooks")).ReadAsync(200)).GetProperty("items").GetArrayLength());
        (await program.GetAsync("/api/programs")).Problem(403, "caller.forbidden");
        (await responder.GetAsync("/api/admin/webhooks")).Problem(403, "caller.forbidden");
        (await supervisor.GetAsync("/api/admin/webhooks")).Problem(403, "caller.forbidden");
        foreach (var caller in new[] { program, own.Admin })
        {
            (await caller.GetAsync($"/api/admin/webhooks/{theirs}")).Problem(404, "resource.not_found");
            (await caller.GetAsync($"/api/admin/webhooks/{theirs}/deliveries")).Problem(404, "resource.not_found");
            (await caller.PostAsync($"/api/admin/webhooks/{theirs}/rotate-secret")).Problem(404, "resource.not_found");
            (await caller.PostAsync($"/api/admin/webhooks/{theirs}/test")).Problem(404, "resource.not_found");
        }
    }

    [Fact]
    public async Task What_was_not_taken_is_tried_again_by_the_schedule_under_the_same_id_until_it_is_given_up()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        Answers(receiver, 500);
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, secret) = await GivenWebhookAsync(affiliate, receiver, Inbound);
        await TestAsync(affiliate, id);
        TimeSpan[] waits =
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
        ];

        for (var attempt = 1; attempt <= waits.Length; attempt++)
        {
            await UntilAsync(affiliate, id, delivery => delivery.GetProperty("attempts").GetInt32() == attempt);
            var delivery = (await DeliveriesAsync(affiliate, id))[0];
            var wait = delivery.GetProperty("nextAttemptAt").GetDateTimeOffset() - delivery.GetProperty("lastAttemptAt").GetDateTimeOffset();
            Assert.InRange(wait / waits[attempt - 1], 0.89, 1.11);
            Assert.Equal("http_500", delivery.Word("code"));
            await outward.PassAsync(wait);
        }

        await UntilAsync(affiliate, id, delivery => delivery.Word("status") == "failed");
        Assert.Equal(10, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(call => (call.Id, call.Text)).Distinct());
        Assert.All(receiver.Calls, call => Assert.True(call.IsSignedWith(secret)));

        receiver.Answer = Ok;
        var failed = (await DeliveriesAsync(affiliate, id))[0].GetProperty("id").GetGuid();
        await (await affiliate.Admin.PostAsync($"/api/admin/webhooks/{id}/deliveries/{failed}/replay")).ReadAsync(202);
        await UntilAsync(affiliate, id, delivery => delivery.Word("status") == "delivered");
        Assert.Equal(11, (await DeliveriesAsync(affiliate, id))[0].GetProperty("attempts").GetInt32());
        Assert.Equal(receiver.Calls.First().Id, receiver.Calls.Last().Id);
        (await affiliate.Admin.PostAsync($"/api/admin/webhooks/{id}/deliveries/{Guid.NewGuid()}/replay")).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task What_has_arrived_can_be_sent_again_and_another_webhooks_cannot()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);
        var (another, _) = await GivenWebhookAsync(affiliate, receiver, "document.indexed");
        await affiliate.GivenWaitingAsync();
        await UntilAsync(affiliate, id, delivery => delivery.Word("status") == "delivered");
        var delivery = (await DeliveriesAsync(affiliate, id))[0].GetProperty("id").GetGuid();

        (await affiliate.Admin.PostAsync($"/api/admin/webhooks/{another}/deliveries/{delivery}/replay")).Problem(404, "resource.not_found");
        await (await affiliate.Admin.PostAsync($"/api/admin/webhooks/{id}/deliveries/{delivery}/replay")).ReadAsync(202);

        await Eventually.Is(() => Task.FromResult(receiver.Calls.Count == 2), "it arrives again");
        Assert.Single(receiver.Calls.Select(call => (call.Id, call.Text)).Distinct());
        Assert.Single(await DeliveriesAsync(affiliate, id));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_called_no_more_until_somebody_says_so()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Next(410);
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);

        await affiliate.GivenWaitingAsync();

        await Eventually.Is(async () => (await ShownAsync(affiliate, id)).Word("status") == "inactive", "it is switched off");
        Assert.Equal("gone", (await ShownAsync(affiliate, id)).Word("disabledFor"));
        Assert.Equal("failed", (await DeliveriesAsync(affiliate, id))[0].Word("status"));
        var told = Assert.Single(await affiliate.Admin.ToldAsync());
        Assert.Equal(("webhook_disabled", id), (told.Word("kind"), told.GetProperty("aboutId").GetGuid()));
        await affiliate.GivenWaitingAsync();
        (await affiliate.Admin.PostAsync($"/api/admin/webhooks/{id}/test")).Problem(409, "webhook.inactive");

        await ChangeAsync(affiliate, id, receiver, Inbound, "active");
        Assert.Equal(JsonValueKind.Null, (await ShownAsync(affiliate, id)).GetProperty("disabledFor").ValueKind);
        await affiliate.GivenWaitingAsync();
        await Eventually.Is(() => Task.FromResult(receiver.Calls.Count == 2), "it is called again");
    }

    [Fact]
    public async Task What_fails_for_five_days_is_switched_off()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        Answers(receiver, 503);
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);
        await TestAsync(affiliate, id);
        await UntilAsync(affiliate, id, delivery => delivery.GetProperty("attempts").GetInt32() == 1);
        Assert.Equal(JsonValueKind.String, (await ShownAsync(affiliate, id)).GetProperty("failingSince").ValueKind);

        await outward.PassAsync(TimeSpan.FromDays(5));

        await Eventually.Is(async () => (await ShownAsync(affiliate, id)).Word("status") == "inactive", "it is switched off");
        Assert.Equal("failing", (await ShownAsync(affiliate, id)).Word("disabledFor"));
        Assert.Equal(["webhook_disabled"], await affiliate.Admin.KindsToldAsync());
    }

    [Fact]
    public async Task An_answer_that_asks_for_time_is_given_it()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Next(429, retryAfter: "400");
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);

        await TestAsync(affiliate, id);

        await UntilAsync(affiliate, id, delivery => delivery.GetProperty("attempts").GetInt32() == 1);
        var delivery = (await DeliveriesAsync(affiliate, id))[0];
        Assert.InRange((delivery.GetProperty("nextAttemptAt").GetDateTimeOffset() - delivery.GetProperty("lastAttemptAt").GetDateTimeOffset()).TotalSeconds, 399, 401);
    }

    [Theory]
    [InlineData("https://localhost/hook")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::ffff:10.0.0.1]/hook")]
    [InlineData("http://192.168.1.1/hook")]
    public async Task Addresses_inside_are_not_called(string url)
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var made = await (await affiliate.Admin.PostAsync("/api/admin/webhooks", new { url, eventTypes = new[] { "*" } })).ReadAsync(201);
        var id = made.GetProperty("webhook").GetProperty("id").GetGuid();

        await TestAsync(affiliate, id);

        await UntilAsync(affiliate, id, delivery => delivery.Word("status") == "failed");
        var delivery = (await DeliveriesAsync(affiliate, id))[0];
        Assert.Equal("address.not_allowed", delivery.Word("code"));
        Assert.Equal(JsonValueKind.Null, delivery.GetProperty("responseStatus").ValueKind);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        await using var elsewhere = await FakeReceiver.StartAsync();
        receiver.NextRedirectsTo(elsewhere.Address);
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);

        await TestAsync(affiliate, id);

        await UntilAsync(affiliate, id, delivery => delivery.GetProperty("attempts").GetInt32() == 1);
        Assert.Equal("redirect", (await DeliveriesAsync(affiliate, id))[0].Word("code"));
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public async Task A_receiver_that_hangs_and_one_that_fails_do_not_keep_a_quick_one_from_any_event_for_two_seconds()
    {
        await using var hanging = await FakeReceiver.StartAsync();
        await using var failing = await FakeReceiver.StartAsync();
        await using var quick = await FakeReceiver.StartAsync();
        hanging.Answer = context => Task.Delay(TimeSpan.FromSeconds(10), context.RequestAborted);
        Answers(failing, 500);
        var heard = new System.Collections.Concurrent.ConcurrentDictionary<string, DateTime>();
        quick.Answer = context =>
        {
            heard.TryAdd(context.Request.Headers["webhook-id"].ToString(), DateTime.UtcNow);
            return Ok(context);
        };
        var affiliate = await outward.GivenAffiliateAsync();
        for (var count = 0; count < 9; count++)
        {
            await GivenWebhookAsync(affiliate, hanging, Inbound);
            await GivenWebhookAsync(affiliate, failing, Inbound);
        }

        await GivenWebhookAsync(affiliate, quick, Inbound);
        var (texter, _) = await affiliate.GivenWaitingAsync();
        var sent = new List<DateTime>();
        for (var (count, watch) = (0, Stopwatch.StartNew()); count < 60; count++)
        {
            Assert.Equal(200, (await affiliate.TextAsync(texter, $"and {count}")).Status);
            sent.Add(DateTime.UtcNow);
            await Task.Delay(Math.Max(0, (count * 100) - (int)watch.ElapsedMilliseconds));
        }

        await Eventually.Is(() => Task.FromResult(heard.Count == 61), "the quick one hears of all of it", seconds: 5);
        var late = heard.Values.Order().Skip(1).Zip(sent, (at, when) => at - when).Max();
        Assert.InRange(late.TotalSeconds, -1, 2);

        // Once at a time each.
        Assert.InRange(hanging.Calls.Count, 9, 27);
    }

    [Fact]
    public async Task Many_receivers_that_hang_do_not_keep_a_new_one_of_another_affiliate_waiting()
    {
        await using var hanging = await FakeReceiver.StartAsync();
        await using var quick = await FakeReceiver.StartAsync();
        hanging.Answer = context => Task.Delay(TimeSpan.FromSeconds(10), context.RequestAborted);
        foreach (var affiliate in await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => outward.GivenAffiliateAsync())))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GivenWebhookAsync(affiliate, hanging, Inbound)));
            await affiliate.GivenWaitingAsync();
        }

        await Eventually.Is(() => Task.FromResult(hanging.Calls.Count >= 140), "all of them are called", seconds: 8);
        var other = await outward.GivenAffiliateAsync();
        await GivenWebhookAsync(other, quick, Inbound);
        await other.GivenWaitingAsync();

        await Eventually.Is(() => Task.FromResult(quick.Calls.Count == 1), "the new one is called", seconds: 2);
    }

    [Fact]
    public async Task Two_instances_tell_of_each_event_once()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        await using var second = outward.Start();
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);

        for (var count = 0; count < 40; count++)
        {
            Assert.Equal(200, (await affiliate.TextAsync(affiliate.NewTexter(), "hi", to: count % 2 == 0 ? null : second.Address)).Status);
        }

        await Eventually.Is(async () => await outward.AskAsync<long>("select count(*) from webhook_deliveries where webhook_id = $1 and status = 'delivered'", id) == 40, "all are told");
        Assert.Equal(40, receiver.Calls.Count);
        Assert.Equal(40, receiver.Calls.Select(call => call.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_an_instance_that_was_killed_had_taken_up_is_told_when_its_claim_runs_out()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Next(500);
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);
        await TestAsync(affiliate, id);
        await UntilAsync(affiliate, id, delivery => delivery.GetProperty("attempts").GetInt32() == 1);
        await outward.ChangeAsync("update webhook_deliveries set claimed_until = clock_timestamp() + interval '2 seconds', due_at = created_at where webhook_id = $1", id);

        await Task.Delay(1000);
        Assert.Single(receiver.Calls);
        await UntilAsync(affiliate, id, delivery => delivery.Word("status") == "delivered");
        Assert.Equal(2, receiver.Calls.Count);
    }

    [Fact]
    public async Task Nothing_is_sent_for_an_affiliate_that_is_shut()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Next(500);
        var affiliate = await outward.GivenAffiliateAsync();
        var (id, _) = await GivenWebhookAsync(affiliate, receiver, Inbound);
        await TestAsync(affiliate, id);
        await UntilAsync(affiliate, id, delivery => delivery.GetProperty("attempts").GetInt32() == 1);

        await outward.ChangeAsync("update affiliates set status = 'inactive' where id = $1", affiliate.Id);
        await outward.PassAsync(TimeSpan.FromMinutes(10));
        await Task.Delay(1500);
        Assert.Single(receiver.Calls);

        await outward.ChangeAsync("update affiliates set status = 'active' where id = $1", affiliate.Id);
        await Eventually.Is(() => Task.FromResult(receiver.Calls.Count == 2), "it goes on");
    }

    private static Task Ok(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static void Answers(FakeReceiver receiver, int status) => receiver.Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static async Task<(Guid Id, string Secret)> GivenWebhookAsync(TestAffiliate affiliate, FakeReceiver receiver, params string[] types)
    {
        var made = await (await affiliate.Admin.PostAsync("/api/admin/webhooks", new { url = new Uri(receiver.Address, "/hook"), eventTypes = types })).ReadAsync(201);
        return (made.GetProperty("webhook").GetProperty("id").GetGuid(), made.GetProperty("secret").GetString()!);
    }

    private static async Task ChangeAsync(TestAffiliate affiliate, Guid id, FakeReceiver receiver, string type, string status) =>
        await (await affiliate.Admin.PutAsync(
            $"/api/admin/webhooks/{id}", new { url = new Uri(receiver.Address, "/hook"), eventTypes = new[] { type }, status }, ("If-Match", "*"))).ReadAsync(200);

    private static async Task TestAsync(TestAffiliate affiliate, Guid id) =>
        await (await affiliate.Admin.PostAsync($"/api/admin/webhooks/{id}/test")).ReadAsync(202);

    private static async Task<JsonElement> ShownAsync(TestAffiliate affiliate, Guid id) =>
        await (await affiliate.Admin.GetAsync($"/api/admin/webhooks/{id}")).ReadAsync(200);

    private static async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(TestAffiliate affiliate, Guid id) =>
        [.. (await (await affiliate.Admin.GetAsync($"/api/admin/webhooks/{id}/deliveries")).ReadAsync(200)).GetProperty("items").EnumerateArray()];

    /// <summary>Waits for the newest delivery to be like this.</summary>
    private static Task UntilAsync(TestAffiliate affiliate, Guid id, Func<JsonElement, bool> isSo) =>
        Eventually.Is(async () => await DeliveriesAsync(affiliate, id) is [var newest, ..] && isSo(newest), "the delivery is as it should be");
}

internal static class Words
{
    public static string? Word(this JsonElement element, string member) => element.GetProperty(member).GetString();
}
