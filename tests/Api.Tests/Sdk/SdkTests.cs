using Chat.Sdk;

namespace Chat.Api.Tests.Sdk;

[Collection(ApiSuite.Name)]
public sealed class SdkTests(ChatApi api)
{
    [Fact]
    public async Task The_job_is_done_through_the_sdk()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        var texter = affiliate.NewTexter();
        await affiliate.TextAsync(texter, "is somebody there?");
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", responder.Token);
        var chat = new ChatClient(http);

        var waiting = (await chat.ListQueueAsync()).Items.Single();
        var conversation = await chat.ClaimConversationAsync(waiting.ConversationId);
        var first = (await chat.ListMessagesAsync(conversation.Id)).Items.Single();
        var reply = await chat.SendMessageAsync(conversation.Id, new MessageBody { Content = "Yes. I am here." }, Guid.NewGuid().ToString());
        await chat.SetTagsAsync(conversation.Id, new TagsBody { Tags = ["lonely"] });
        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 1, "the texter gets the reply");
        var closed = await chat.CloseConversationAsync(conversation.Id, body: new CloseBody { Reason = "resolved" });
        var refusal = await Assert.ThrowsAsync<ChatApiException<ProblemView>>(() => chat.CloseConversationAsync(conversation.Id, body: new CloseBody()));

        Assert.Equal("is somebody there?", first.Content);
        Assert.Equal(2, reply.Sequence);
        Assert.Equal((id, "closed"), (closed.ResponderId, closed.State));
        Assert.Equal("conversation.transition_not_allowed", refusal.Result.Code);
    }
}
