using Chat.Sdk.Http;

namespace Chat.Sdk;

public partial class ChatClient
{
    private static readonly TimeSpan ConnectionsLast = TimeSpan.FromMinutes(5);

    /// <summary>A client for a program without a service container. Keep it as long as the program runs.</summary>
    public static ChatClient Create(ChatClientOptions options) =>
        Create(options, new SocketsHttpHandler { PooledConnectionLifetime = ConnectionsLast }, TimeProvider.System);

    internal static ChatClient Create(ChatClientOptions options, HttpMessageHandler network, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var tokens = new TokenHandler(new TokenKeeper(options), clock) { InnerHandler = network };
        var retries = new RetryHandler(options, clock) { InnerHandler = tokens };
        return new ChatClient(new HttpClient(new ProblemHandler { InnerHandler = retries }) { BaseAddress = options.Address });
    }
}
