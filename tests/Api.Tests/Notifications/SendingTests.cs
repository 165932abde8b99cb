using System.Text.Json;
using Chat.Api.Tests.Administration;
using Microsoft.AspNetCore.Http;

namespace Chat.Api.Tests.Notifications;

/// <summary>What goes out to staff and contacts by other ways than the desk.</summary>
[Collection(ApiSuite.Name)]
public sealed class SendingTests(ChatApi api, Outward outward) : IClassFixture<Outward>
{
    private const string Said = "My name is Wilhelmina and I am in the blue house";

    [Fact]
    public async Task An_escalation_reaches_supervisors_and_whoever_is_on_call_and_tells_them_nothing_of_the_texter()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        var secret = Something.NewSecret();
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var phone = affiliate.NewTexter();
        await supervisor.WantsAsync(["escalation_opened"], ["escalation_opened"], phone);
        await affiliate.GivenOnCallAsync("night@contact.test", new Uri(receiver.Address, "/hook"), secret);
        var conversation = await affiliate.GivenBegunAsync(responder, Said);

        var escalated = await responder.EscalateAsync(conversation);

        var told = Assert.Single(await supervisor.ToldAsync());
        var escalation = told.GetProperty("aboutId").GetGuid();
        var reference = escalated.GetProperty("referenceNumber").GetString()!;
        var link = $"{ChatApi.PublicUrl}/escalations/{escalation}";
        Assert.Equal("escalation_opened", told.GetProperty("kind").GetString());
        Assert.Equal(conversation, told.GetProperty("conversationId").GetGuid());
        var address = await supervisor.EmailAsync();
        await Eventually.Is(
            async () => outward.Mail.To(address).Count == 1 && outward.Mail.To("night@contact.test").Count == 1 && receiver.Calls.Count == 1
                && outward.Twilio.To(affiliate.AccountSid, phone).Count == 1,
            "all of them are told");
        await Eventually.Is(
            async () => (await responder.SentAsync(escalation)).Order().SequenceEqual(["email Night desk sent", "webhook Night desk sent"]),
            "the record says so");

        var (mail, onCall) = (outward.Mail.To(address)[0], outward.Mail.To("night@contact.test")[0]);
        var text = outward.Twilio.To(affiliate.AccountSid, phone)[0];
        foreach (var words in new[] { mail.Text, onCall.Text, text.Body })
        {
            Assert.All([reference, "Main line", "medical", "high", link], word => Assert.Contains(word, words, StringComparison.Ordinal));
        }

        Assert.Equal($"{reference}: An escalation is open", mail.Subject);
        Assert.Contains("your notification settings", mail.Text, StringComparison.Ordinal);
        Assert.Contains("you are on call", onCall.Text, StringComparison.Ordinal);
        Assert.Equal(affiliate.Number, text.From);

        var call = Assert.Single(receiver.Calls);
        Assert.True(call.IsSignedWith(secret));
        Assert.Equal("escalation.opened", call.Type);
        Assert.Equal("/hook", call.Path);
        Assert.Equal(await outward.AskAsync<Guid>("select id from sendings where about_id = $1 and via = 'webhook'", escalation), Guid.Parse(call.Id));
        using var body = JsonDocument.Parse(call.Body);
        var data = body.RootElement.GetProperty("data");
        Assert.Equal("escalation.opened", body.RootElement.GetProperty("type").GetString());
        Assert.Equal(told.GetProperty("createdAt").GetDateTimeOffset(), body.RootElement.GetProperty("timestamp").GetDateTimeOffset(), TimeSpan.FromSeconds(2));
        Assert.Equal(
            [escalation.ToString(), conversation.ToString(), "medical", "high", reference, affiliate.ProgramId.ToString(), link],
            new[] { "escalationId", "conversationId", "type", "urgency", "referenceNumber", "programId", "url" }.Select(name => data.GetProperty(name).GetString()!));

        var stored = await outward.AskAsync<string>(
            """
            select string_agg(line, '') from (
                select s::text as line from sendings s union all select n::text from notifications n union all select w::text from notification_settings w
                union all select j::text from due_jobs j) all_of_it
            """);
        var texter = await outward.AskAsync<string>("select encode(content, 'escape') from messages where conversation_id = $1 limit 1", conversation);
        Assert.All(
            [mail.Raw, mail.Text, onCall.Raw, onCall.Text, text.Body, call.Text, stored, texter],
            all => Assert.All(
                ["Wilhelmina", "blue house", "Hidden", "forty"], word => Assert.DoesNotContain(word, all, StringComparison.OrdinalIgnoreCase)));
        Assert.All([phone, address, "night@contact.test"], word => Assert.DoesNotContain(word, stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_who_wants_mail_gets_it_and_only_of_what_they_want()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (quiet, _) = await affiliate.GivenUserAsync("supervisor");
        var (other, _) = await affiliate.GivenUserAsync("supervisor");
        var (wanting, _) = await affiliate.GivenUserAsync("supervisor");
        await other.WantsAsync(["queue_alert"]);
        await wanting.WantsAsync(["escalation_opened", "escalation_resolved"]);

        await responder.EscalateAsync(await affiliate.GivenBegunAsync(responder));

        var address = await wanting.EmailAsync();
        await Eventually.Is(async () => outward.Mail.To(address).Count == 1, "who wants it gets it");
        Assert.Empty(outward.Mail.To(await quiet.EmailAsync()));
        Assert.Empty(outward.Mail.To(await other.EmailAsync()));
        Assert.Equal(1, await outward.AskAsync<long>("select count(*) from sendings where affiliate_id = $1", affiliate.Id));
        Assert.Equal(["escalation_opened"], await quiet.KindsToldAsync());
    }

    [Fact]
    public async Task A_mail_server_that_is_away_holds_up_nothing_and_the_mail_comes_when_it_is_back()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        await affiliate.GivenOnCallAsync("away@contact.test");
        var conversation = await affiliate.GivenBegunAsync(responder);
        outward.Mail.HangUpAt("CONNECT");
        outward.Mail.Next("CONNECT", "421 4.3.2 Not now");

        await responder.EscalateAsync(conversation);

        var escalation = (await responder.EscalationOfAsync(conversation)).GetProperty("id").GetGuid();
        await UntilTriedAsync(escalation, 1);
        Assert.StartsWith("email Night desk waiting ", Assert.Single(await responder.SentAsync(escalation)), StringComparison.Ordinal);
        await outward.PassAsync(TimeSpan.FromSeconds(12));
        await UntilTriedAsync(escalation, 2);
        Assert.Equal(["email Night desk waiting smtp_421"], await responder.SentAsync(escalation));
        Assert.Empty(outward.Mail.To("away@contact.test"));

        await outward.PassAsync(TimeSpan.FromSeconds(70));

        await Eventually.Is(async () => outward.Mail.To("away@contact.test").Count == 1, "it comes");
        await Eventually.Is(async () => (await responder.SentAsync(escalation)) is ["email Night desk sent"], "the record says so");
        Assert.Equal(["escalation_opened"], await supervisor.KindsToldAsync());
        Assert.Equal(0, await outward.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'send'", affiliate.Id));
    }

    [Fact]
    public async Task A_contact_whom_the_server_refuses_for_good_has_failed_and_supervisors_are_told()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        await affiliate.GivenOnCallAsync("nobody@contact.test");
        var conversation = await affiliate.GivenBegunAsync(responder);
        outward.Mail.Next("RCPT", "550 5.1.1 No such user");

        await responder.EscalateAsync(conversation);

        var escalation = (await responder.EscalationOfAsync(conversation)).GetProperty("id").GetGuid();
        await Eventually.Is(async () => (await responder.SentAsync(escalation)) is ["email Night desk failed smtp_550"], "it has failed");
        var told = (await supervisor.ToldAsync())[0];
        Assert.Equal("contact_failed", told.GetProperty("kind").GetString());
        Assert.Equal(escalation, told.GetProperty("aboutId").GetGuid());
        Assert.Equal(conversation, told.GetProperty("conversationId").GetGuid());
        Assert.Equal(["contact_failed", "escalation_opened"], await supervisor.KindsToldAsync());
        Assert.Empty(outward.Mail.To("nobody@contact.test"));
    }

    [Fact]
    public async Task A_contact_who_cannot_be_reached_is_tried_for_hours_and_supervisors_know_within_minutes()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        await affiliate.GivenOnCallAsync(webhook: receiver.Address);
        var conversation = await affiliate.GivenBegunAsync(responder);
        await responder.EscalateAsync(conversation);
        var escalation = (await responder.EscalationOfAsync(conversation)).GetProperty("id").GetGuid();
        await (await supervisor.PostAsync($"/api/escalations/{escalation}/acknowledge")).ReadAsync(200);

        var (failures, tries) = (new List<int>(), 0);
        foreach (var seconds in new[] { 0, 12, 70, 340, 1000, 4000, 12000 })
        {
            await outward.PassAsync(TimeSpan.FromSeconds(seconds));
            await UntilTriedAsync(escalation, ++tries);
            failures.Add((await supervisor.KindsToldAsync()).Count(kind => kind == "contact_failed"));
        }

        Assert.Equal([0, 0, 1, 1, 1, 1, 2], failures);
        Assert.Equal(["webhook Night desk failed http_500"], await responder.SentAsync(escalation));
        Assert.Equal(7, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(call => (call.Id, call.Text)).Distinct());
        Assert.Equal(0, await outward.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'send'", affiliate.Id));
    }

    [Fact]
    public async Task A_receiver_says_when_to_come_back()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Next(StatusCodes.Status503ServiceUnavailable, retryAfter: "400");
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        await affiliate.GivenOnCallAsync(webhook: receiver.Address);
        var conversation = await affiliate.GivenBegunAsync(responder);

        await responder.EscalateAsync(conversation);

        await UntilTriedAsync((await responder.EscalationOfAsync(conversation)).GetProperty("id").GetGuid(), 1);
        var wait = await outward.AskAsync<double>(
            """
            select extract(epoch from j.due_at - s.created_at)::float8
            from due_jobs j join sendings s on s.id = j.subject_id where j.affiliate_id = $1 and j.kind = 'send'
            """,
            affiliate.Id);
        Assert.InRange(wait, 400, 420);
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_no_other()
    {
        await using var hanging = await FakeReceiver.StartAsync();
        await using var quick = await FakeReceiver.StartAsync();
        hanging.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(maxConcurrent: 20);
        await affiliate.GivenOnCallAsync(webhook: hanging.Address);
        await affiliate.GivenOnCallAsync("quick@contact.test", quick.Address);

        for (var count = 0; count < 20; count++)
        {
            await responder.EscalateAsync(await affiliate.GivenBegunAsync(responder));
        }

        await Eventually.Is(
            async () => quick.Calls.Count == 20 && outward.Mail.To("quick@contact.test").Count == 20, "the others are told meanwhile", seconds: 5);
        Assert.InRange(hanging.Calls.Count, 8, 16);
    }

    [Fact]
    public async Task Two_instances_send_each_thing_once()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        await using var second = outward.Start();
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(maxConcurrent: 15);
        await affiliate.GivenOnCallAsync("twice@contact.test", receiver.Address);

        for (var count = 0; count < 15; count++)
        {
            await responder.EscalateAsync(await affiliate.GivenBegunAsync(responder));
        }

        await UntilAllAreSentAsync(affiliate, 30);
        Assert.Equal(15, receiver.Calls.Count);
        Assert.Equal(15, receiver.Calls.Select(call => call.Id).Distinct().Count());
        Assert.Equal(15, outward.Mail.To("twice@contact.test").Select(mail => mail.Subject).Distinct().Count());
        Assert.Equal(15, outward.Mail.To("twice@contact.test").Count);
    }

    [Fact]
    public async Task What_an_instance_that_was_killed_had_taken_up_is_sent_when_its_claim_runs_out()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        await affiliate.GivenOnCallAsync("killed@contact.test");
        var conversation = await affiliate.GivenBegunAsync(responder);
        outward.Mail.Next("RCPT", "451 4.3.0 Try again later");
        await responder.EscalateAsync(conversation);
        await UntilTriedAsync((await responder.EscalationOfAsync(conversation)).GetProperty("id").GetGuid(), 1);

        // As a process leaves it that dies after the claim, but that the claim has less long to run.
        await outward.AskAsync<Guid>(
            """
            update due_jobs set due_at = created.at, claimed_until = clock_timestamp() + interval '2 seconds', attempts = 1
            from (select min(created_at) as at from sendings where affiliate_id = $1) created
            where affiliate_id = $1 and kind = 'send' returning subject_id
            """,
            affiliate.Id);

        await Task.Delay(1200);
        Assert.Empty(outward.Mail.To("killed@contact.test"));
        await UntilAllAreSentAsync(affiliate, 1);
        Assert.Single(outward.Mail.To("killed@contact.test"));
    }

    [Fact]
    public async Task Who_does_not_want_it_any_more_or_is_not_there_any_more_gets_nothing()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (mindful, _) = await affiliate.GivenUserAsync("supervisor");
        var (leaving, leavingId) = await affiliate.GivenUserAsync("supervisor");
        var (address, left) = (await mindful.EmailAsync(), await leaving.EmailAsync());
        await mindful.WantsAsync(["escalation_opened"]);
        await leaving.WantsAsync(["escalation_opened"]);
        outward.Mail.Next("RCPT", "451 4.3.0 Try again later");
        outward.Mail.Next("RCPT", "451 4.3.0 Try again later");
        var conversation = await affiliate.GivenBegunAsync(responder);
        await responder.EscalateAsync(conversation);
        await UntilTriedAsync((await responder.EscalationOfAsync(conversation)).GetProperty("id").GetGuid(), 2);

        await mindful.WantsAsync([]);
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/users/{leavingId}")).Status);
        await outward.PassAsync(TimeSpan.FromSeconds(12));

        const string failed = "select coalesce(string_agg(code, ',' order by code), '') from sendings where affiliate_id = $1 and status = 'failed'";
        await Eventually.Is(
            async () => await outward.AskAsync<string>(failed, affiliate.Id) == "receiver.gone,receiver.not_wanted", "both are given up");
        Assert.Empty(outward.Mail.To(address));
        Assert.Empty(outward.Mail.To(left));
    }

    [Fact]
    public async Task A_text_that_the_provider_refuses_has_failed_and_is_not_sent_again()
    {
        var affiliate = await outward.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        await supervisor.WantsAsync([], ["escalation_opened"], affiliate.NewTexter());
        var conversation = await affiliate.GivenBegunAsync(responder);
        outward.Twilio.Refuse(affiliate.AccountSid, 400, 21211);

        await responder.EscalateAsync(conversation);

        const string outcome = "select status || ' ' || coalesce(code, '') from sendings where affiliate_id = $1";
        await Eventually.Is(async () => await outward.AskAsync<string>(outcome, affiliate.Id) == "failed twilio.21211", "it has failed");
        Assert.Equal(["escalation_opened"], await supervisor.KindsToldAsync());
    }

    [Fact]
    public async Task Where_there_is_no_mail_server_no_mail_is_put_down()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        await supervisor.WantsAsync(["escalation_opened"]);

        await responder.EscalateAsync(await affiliate.GivenBegunAsync(responder));

        Assert.Equal(["escalation_opened"], await supervisor.KindsToldAsync());
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from sendings where affiliate_id = $1", affiliate.Id));
    }

    private Task UntilTriedAsync(Guid escalation, int times) => Eventually.Is(
        async () => await outward.AskAsync<long>("select coalesce(sum(attempts), 0)::bigint from sendings where about_id = $1", escalation) == times,
        $"it has been tried {times} times");

    private Task UntilAllAreSentAsync(TestAffiliate affiliate, int count) => Eventually.Is(
        async () => await outward.AskAsync<long>("select count(*) from sendings where affiliate_id = $1 and status = 'sent'", affiliate.Id) == count,
        "all are sent");
}
