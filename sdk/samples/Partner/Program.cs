// A partner's program, whole: it subscribes to events, hears of a texter who waits, answers as a responder, and writes down what was said.
//   CHAT_ADDRESS, CHAT_ADMIN_EMAIL, CHAT_RESPONDER_EMAIL, CHAT_PASSWORD, RECEIVER (where Chat reaches us), TRANSCRIPT (a file)
using System.Threading.Channels;
using Chat.Sdk;
using Chat.Sdk.Webhooks;

var settings = Environment.GetEnvironmentVariables();
var chat = SignedIn("CHAT_RESPONDER_EMAIL");
var events = Channel.CreateUnbounded<ChatEvent>();
var seen = new HashSet<Guid>();

// Subscribe. Chat shows the signing secret this once.
var receiver = new Uri(Setting("RECEIVER"));
var subscription = await SignedIn("CHAT_ADMIN_EMAIL").CreateWebhookAsync(new WebhookBody
{
    Url = receiver.ToString(), EventTypes = ["conversation.created", "conversation.message.inbound", "conversation.closed"], Status = "active",
});

// Receive: what is not genuine is refused, and what comes again is taken once.
var verifier = new WebhookVerifier(subscription.Secret);
var web = WebApplication.CreateSlimBuilder();
web.Logging.ClearProviders();
await using var app = web.Build();
app.Urls.Add($"http://127.0.0.1:{receiver.Port}");
app.MapPost(receiver.AbsolutePath, async (HttpRequest request) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    try
    {
        var happened = verifier.Read(name => request.Headers[name], body.ToArray());
        lock (seen)
        {
            return seen.Add(happened.Id) && events.Writer.TryWrite(happened) ? Results.NoContent() : Results.Ok();
        }
    }
    catch (WebhookRefusedException)
    {
        return Results.Unauthorized();
    }
});
await app.StartAsync();
Console.WriteLine("Listening.");

// Answer the first who waits.
var created = await NextAsync<ConversationCreated>();
var conversation = created.ConversationId!.Value;
await chat.ClaimConversationAsync(conversation);
await chat.SendMessageAsync(conversation, new MessageBody { Content = "Hi, I'm glad you wrote. What is going on?" });
await chat.CloseConversationAsync(conversation, body: new CloseBody { Reason = "resolved" });
await NextAsync<ConversationClosed>(conversation);

// Export what was said.
await using var transcript = new StreamWriter(Setting("TRANSCRIPT"));
await foreach (var message in chat.AllMessagesAsync(conversation))
{
    await transcript.WriteLineAsync($"{message.Timestamp:u} {message.Direction}: {message.Content}");
}

Console.WriteLine("Done.");

async Task<T> NextAsync<T>(Guid? about = null)
    where T : ChatEvent
{
    await foreach (var happened in events.Reader.ReadAllAsync())
    {
        if (happened is T awaited && (about is null || awaited.ConversationId == about))
        {
            return awaited;
        }
    }

    throw new InvalidOperationException("No more events.");
}

ChatClient SignedIn(string email) =>
    ChatClient.Create(new ChatClientOptions { Address = new Uri(Setting("CHAT_ADDRESS")), Email = Setting(email), Password = Setting("CHAT_PASSWORD") });

string Setting(string name) => settings[name] as string ?? throw new ArgumentException($"Set {name}.");
