using Chat.Sdk;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task Whoever_adds_the_client_need_not_think_of_tokens_pages_or_repeats()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var person = Guid.NewGuid();
        await affiliate.Admin.PostAsync("/api/users", new
        {
            email = $"{person}@sdk.example", name = "P", password = ChatApi.Password, role = "responder", programIds = new[] { affiliate.ProgramId },
        });
        var (texter, conversation) = await affiliate.GivenWaitingAsync();
        for (var more = 0; more < 3; more++)
        {
            await affiliate.TextAsync(texter, $"and {more}");
        }

        var network = new Counting();
        var services = new ServiceCollection();
        services.AddChatClient(options => (options.Address, options.Email, options.Password) = (api.Address, $"{person}@sdk.example", ChatApi.Password))
            .AddHttpMessageHandler(() => new Through(network));
        await using var provider = services.BuildServiceProvider();
        var chat = provider.GetRequiredService<IChatClient>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => chat.GetMeAsync()));
        await chat.ClaimConversationAsync(conversation);
        var read = new List<string>();
        await foreach (var message in Pages.All<MessageView>(async cursor => await chat.ListMessagesAsync(conversation, limit: 2, cursor: cursor)))
        {
            read.Add(message.Content!);
        }

        var refusal = await Assert.ThrowsAsync<ChatProblemException>(() => chat.SendMessageAsync(conversation, new MessageBody { Content = "" }));

        Assert.Equal(1, network.Of("/api/auth/login"));
        Assert.Equal(["and 0", "and 1", "and 2"], read[^3..]);
        Assert.Equal((400, "request.invalid"), (refusal.StatusCode, refusal.Code));
        Assert.Contains("content", refusal.Errors.Keys);
        Assert.NotEmpty(refusal.TraceId!);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_exchanged_once_for_all_who_wait()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var email = $"{Guid.NewGuid()}@sdk.example";
        await affiliate.Admin.PostAsync("/api/users", new { email, name = "P", password = ChatApi.Password, role = "supervisor", programIds = Array.Empty<Guid>() });
        var network = new Counting { InnerHandler = new SocketsHttpHandler() };
        var chat = ChatClient.Create(new ChatClientOptions { Address = api.Address, Email = email, Password = ChatApi.Password }, network, TimeProvider.System);
        await chat.GetMeAsync();

        network.RefuseUntilExchanged = true;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => chat.GetMeAsync()));

        Assert.Equal((1, 1), (network.Of("/api/auth/login"), network.Of("/api/auth/refresh")));
    }

    [Fact]
    public async Task A_wrong_password_is_said_once_and_not_tried_again()
    {
        var network = new Counting { InnerHandler = new SocketsHttpHandler() };
        var chat = ChatClient.Create(
            new ChatClientOptions { Address = api.Address, Email = "nobody@sdk.example", Password = "wrong and wrong again" }, network, TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<ChatProblemException>(() => chat.GetMeAsync());

        Assert.Equal((401, "auth.invalid_credentials", 1), (refusal.StatusCode, refusal.Code, network.Of("/api/auth/login")));
    }

    [Fact]
    public async Task A_configuration_is_read_and_put_as_it_is()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var made = await (await affiliate.Admin.PostAsync("/api/admin/api-keys", new { name = "GitOps", scopes = new[] { "configuration" } })).ReadAsync(201);
        var chat = ChatClient.Create(new ChatClientOptions { Address = api.Address, ApiKey = made.GetProperty("key").GetString() });

        var read = await chat.GetConfigurationAsync();
        var tried = await chat.ApplyConfigurationAsync(read.Yaml + "- name: Night line\n", read.ETag, dryRun: true);
        var done = await chat.ApplyConfigurationAsync(read.Yaml + "- name: Night line\n", read.ETag);
        var stale = await Assert.ThrowsAsync<ChatProblemException>(() => chat.ApplyConfigurationAsync(read.Yaml, read.ETag));

        Assert.Equal((true, "Night line"), (tried.DryRun, tried.Programs.Created.Single()));
        Assert.Equal(["Night line"], done.Programs.Created);
        Assert.Equal("resource.stale", stale.Code);
    }

    [Fact]
    public void Every_page_can_be_read_to_its_end()
    {
        var pages = typeof(ChatClient).Assembly.GetTypes().Where(type => type.IsClass && type.Name.EndsWith("Page", StringComparison.Ordinal)).ToList();

        Assert.InRange(pages.Count, 15, 500);
        Assert.All(pages, page => Assert.Contains(page.GetInterfaces(), role => role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IPage<>)));
    }

    /// <summary>Counts what goes out and, when asked to, refuses every token that was good until then.</summary>
    private sealed class Counting : DelegatingHandler
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _calls = new();
        private volatile bool _exchanged;

        public bool RefuseUntilExchanged { get; set; }

        public int Of(string path) => _calls.Count(call => call == path);

        public void Note(HttpRequestMessage request) => _calls.Enqueue(request.RequestUri!.AbsolutePath);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Note(request);
            if (request.RequestUri!.AbsolutePath == "/api/auth/refresh")
            {
                // Long enough for all others to have been refused.
                await Task.Delay(100, cancellationToken);
                var answer = await base.SendAsync(request, cancellationToken);
                _exchanged = true;
                return answer;
            }

            return RefuseUntilExchanged && !_exchanged
                ? new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized)
                : await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Through(Counting network) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            network.Note(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
