using Chat.Domain.Common;
using Chat.Domain.Webhooks;

namespace Chat.Domain.Tests.Webhooks;

public sealed class WebhookTests
{
    public static TheoryData<int, double> Schedule { get; } = new()
    {
        { 1, 5 }, { 2, 5 * 60 }, { 3, 30 * 60 }, { 4, 2 * 3600 }, { 5, 5 * 3600 }, { 6, 10 * 3600 }, { 7, 14 * 3600 }, { 8, 20 * 3600 }, { 9, 24 * 3600 },
    };

    [Theory]
    [MemberData(nameof(Schedule))]
    public void A_delivery_that_nobody_took_is_tried_again_after(int attempt, double seconds)
    {
        Assert.Equal(seconds, WebhookSchedule.After(attempt, 0.5)!.Value.TotalSeconds, tolerance: 0.001);
        Assert.Equal(seconds * 0.9, WebhookSchedule.After(attempt, 0)!.Value.TotalSeconds, tolerance: 0.001);
        Assert.Equal(seconds * 1.1, WebhookSchedule.After(attempt, 1)!.Value.TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public void After_ten_attempts_it_is_given_up() => Assert.Null(WebhookSchedule.After(10, 0.5));

    [Fact]
    public void Nothing_is_tried_for_as_long_as_a_webhook_may_fail() =>
        Assert.True(Enumerable.Range(1, 9).Sum(attempt => WebhookSchedule.After(attempt, 1)!.Value.TotalSeconds) < Webhook.LongestFailing.TotalSeconds);

    [Theory]
    [InlineData("https://partner.test/other", true)]
    [InlineData("https://PARTNER.test:443/hook", true)]
    [InlineData("https://partner.test:8443/hook", false)]
    [InlineData("https://elsewhere.test/hook", false)]
    public void Whoever_is_called_instead_does_not_learn_what_the_headers_hold(string url, bool kept)
    {
        var webhook = Given();

        webhook.Change(url, ["*"], headers: null, Status.Active, A.Moment);

        Assert.Equal(kept, webhook.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public void The_secret_of_before_signs_for_a_day_and_the_one_before_that_no_more()
    {
        var webhook = Given();

        webhook.RotateSecret("second", A.Moment);
        webhook.RotateSecret("third", A.Moment.AddHours(1));

        Assert.Equal(("third", "second", A.Moment.AddHours(25)), (webhook.Secret, webhook.PreviousSecret, webhook.PreviousUntil));
    }

    [Fact]
    public void Switching_it_on_again_forgives_it()
    {
        var webhook = Given(failingSince: A.Moment);
        webhook.Disable(WebhookFault.Failing, A.Moment);
        Assert.Equal((Status.Inactive, WebhookFault.Failing), (webhook.Status, webhook.DisabledFor));

        webhook.Change(webhook.Url, webhook.EventTypes, null, Status.Active, A.Moment);

        Assert.Null(webhook.DisabledFor);
        Assert.Null(webhook.FailingSince);
        Assert.Equal(3, webhook.Version);
    }

    private static Webhook Given(DateTimeOffset? failingSince = null) => new(
        new(Guid.NewGuid()), "https://partner.test/hook", "first", null, null, ["*"], new Dictionary<string, string> { ["Authorization"] = "Bearer x" },
        Status.Active, null, failingSince, version: 1, A.Moment, A.Moment);
}
