using Chat.Domain.Webhooks;
using Chat.Infrastructure.Messaging;

namespace Chat.Infrastructure.Tests.Messaging;

public sealed class EventNamesTests
{
    [Fact]
    public void Whatever_happens_can_be_asked_for_by_a_webhook()
    {
        Assert.NotEmpty(EventNames.All);
        Assert.Empty(EventNames.All.Except(WebhookEvents.All));
    }
}
