using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chat.Sdk;

namespace Chat.Api.Tests.Sdk;

/// <summary>What the package sends again, and what it does not, over a network of the test's own.</summary>
public sealed class RetryTests
{
    private static readonly Uri Address = new("https://chat.example");

    public static TheoryData<string, int, int, int> Answers { get; } = new()
    {
        // call, what is answered first, how often it is called, the status in the end (0: it worked)
        { "read", 503, 2, 0 }, { "read", 502, 2, 0 }, { "read", 504, 2, 0 }, { "read", 429, 2, 0 }, { "read", 408, 2, 0 }, { "read", 0, 2, 0 },
        { "read", 500, 1, 500 }, { "read", 404, 1, 404 },
        { "make", 503, 2, 0 }, { "make", 0, 2, 0 }, { "make", 409, 1, 409 },
        { "change", 503, 1, 503 }, { "change", 429, 1, 429 }, { "remove", 503, 1, 503 }, { "secret", 503, 1, 503 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Only_what_reads_or_carries_a_key_is_sent_again(string call, int first, int calls, int status)
    {
        var network = new Network(first);
        var chat = ChatClient.Create(new ChatClientOptions { Address = Address, ApiKey = "chat_key" }, network, TimeProvider.System);

        var failed = await Record.ExceptionAsync(() => CallAsync(chat, call));

        Assert.Equal(calls, network.Calls.Count);
        Assert.Equal(status, (failed as ChatProblemException)?.StatusCode ?? 0);
        Assert.True(status != 0 || failed is null, failed?.ToString());
        Assert.All(network.Calls, request => Assert.Equal("Bearer chat_key", request.Authorization));
        Assert.Equal(call == "make", network.Calls[0].Key is not null);
        Assert.Single(network.Calls.Select(request => (request.Key, request.Body)).Distinct());
    }

    [Fact]
    public async Task It_waits_as_long_as_it_is_asked_to_and_no_longer_than_the_caller_would()
    {
        var (patient, impatient) = (new Network(503, retryAfter: TimeSpan.FromSeconds(1)), new Network(503, retryAfter: TimeSpan.FromMinutes(5)));
        var began = TimeProvider.System.GetTimestamp();

        await ChatClient.Create(new ChatClientOptions { Address = Address }, patient, TimeProvider.System).GetMeAsync();
        var waited = TimeProvider.System.GetElapsedTime(began);
        var refused = await Assert.ThrowsAsync<ChatProblemException>(() =>
            ChatClient.Create(new ChatClientOptions { Address = Address }, impatient, TimeProvider.System).GetMeAsync());

        Assert.InRange(waited.TotalSeconds, 0.95, 10);
        Assert.Single(impatient.Calls);
        Assert.Equal(TimeSpan.FromMinutes(5), refused.RetryAfter);
    }

    [Fact]
    public async Task It_gives_up_in_the_end()
    {
        var network = new Network(503, always: true);

        var refused = await Assert.ThrowsAsync<ChatProblemException>(() =>
            ChatClient.Create(new ChatClientOptions { Address = Address, MostRetries = 2 }, network, TimeProvider.System).GetMeAsync());

        Assert.Equal((3, "a.code", "t"), (network.Calls.Count, refused.Code, refused.TraceId));
    }

    [Fact]
    public async Task A_key_of_the_callers_own_stays()
    {
        var network = new Network(503);

        await ChatClient.Create(new ChatClientOptions { Address = Address }, network, TimeProvider.System)
            .AddTexterNoteAsync(Guid.NewGuid(), new TexterNoteBody { Content = "x" }, "mine");

        Assert.Equal(["mine", "mine"], network.Calls.Select(call => call.Key));
    }

    [Fact]
    public async Task What_is_sent_again_carries_the_token_of_then()
    {
        var network = new Signing();
        var chat = ChatClient.Create(
            new ChatClientOptions { Address = Address, Email = "a@chat.example", Password = "secret" }, network, TimeProvider.System);
        network.Busy = true;
        var waiting = chat.GetMeAsync();
        await network.SaidBusy.Task;

        network.Valid = "second";
        network.Busy = false;
        await chat.GetMeAsync();
        await waiting;

        Assert.Equal(["first", "first", "second", "second"], network.Tokens);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, 0, 2)]
    [InlineData(HttpStatusCode.TooManyRequests, 0, 2)]
    [InlineData(HttpStatusCode.TooManyRequests, 300, 1)]
    [InlineData(HttpStatusCode.Unauthorized, 0, 1)]
    public async Task Who_cannot_sign_in_for_a_moment_tries_again(HttpStatusCode refusal, int seconds, int times)
    {
        var network = new Signing { RefusesOnceWith = refusal, For = TimeSpan.FromSeconds(seconds) };
        var chat = ChatClient.Create(
            new ChatClientOptions { Address = Address, Email = "a@chat.example", Password = "secret" }, network, TimeProvider.System);

        var failed = await Record.ExceptionAsync(() => chat.GetMeAsync());

        Assert.Equal(times, network.SignIns);
        Assert.Equal(times == 2 ? null : (int)refusal, (failed as ChatProblemException)?.StatusCode);
    }

    private static Task CallAsync(ChatClient chat, string call) => call switch
    {
        "read" => chat.GetMeAsync(),
        "make" => chat.AddTexterNoteAsync(Guid.NewGuid(), new TexterNoteBody { Content = "Lives with a sister." }),
        "change" => chat.SetTagsAsync(Guid.NewGuid(), new TagsBody { Tags = [] }),
        "remove" => chat.DeleteKeywordAsync(Guid.NewGuid()),
        _ => chat.CreateApiKeyAsync(new ApiKeyBody { Name = "K" }),
    };

    private sealed record Request(string? Authorization, string? Key, string Body);

    private sealed class Network(int first, bool always = false, TimeSpan? retryAfter = null) : HttpMessageHandler
    {
        public List<Request> Calls { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls.Add(new(
                request.Headers.Authorization?.ToString(), request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
                request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            if (Calls.Count > 1 && !always)
            {
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            }

            return first == 0 ? throw new HttpRequestException("The line is cut.") : Refusal();
        }

        private HttpResponseMessage Refusal()
        {
            var refusal = new HttpResponseMessage((HttpStatusCode)first)
            {
                Content = new StringContent($$"""{"title":"No.","status":{{first}},"code":"a.code","traceId":"t"}""", Encoding.UTF8, "application/problem+json"),
            };
            refusal.Headers.RetryAfter = new RetryConditionHeaderValue(retryAfter ?? TimeSpan.Zero);
            return refusal;
        }
    }

    /// <summary>Signs in, and takes the token of now only.</summary>
    private sealed class Signing : HttpMessageHandler
    {
        public string Valid { get; set; } = "first";

        public bool Busy { get; set; }

        public TaskCompletionSource SaidBusy { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string?> Tokens { get; } = [];

        public HttpStatusCode? RefusesOnceWith { get; set; }

        public TimeSpan For { get; set; }

        public int SignIns { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Answer(request));

        private HttpResponseMessage Answer(HttpRequestMessage request)
        {
            if (request.RequestUri!.AbsolutePath is "/api/auth/login" or "/api/auth/refresh")
            {
                SignIns++;
                if (RefusesOnceWith is { } status)
                {
                    RefusesOnceWith = null;
                    var refusal = Json(status, "{}");
                    refusal.Headers.RetryAfter = new RetryConditionHeaderValue(For);
                    return refusal;
                }

                return Json(HttpStatusCode.OK, $$"""{"accessToken":"{{Valid}}","refreshToken":"r","expiresIn":900}""");
            }

            Tokens.Add(request.Headers.Authorization?.Parameter);
            if (Tokens[^1] != Valid)
            {
                return Json(HttpStatusCode.Unauthorized, "{}");
            }

            if (!Busy)
            {
                return Json(HttpStatusCode.OK, "{}");
            }

            var busy = Json(HttpStatusCode.ServiceUnavailable, "{}");
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1));
            SaidBusy.SetResult();
            return busy;
        }

        private static HttpResponseMessage Json(HttpStatusCode status, string json) =>
            new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }
}
