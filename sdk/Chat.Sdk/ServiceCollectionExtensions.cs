using Chat.Sdk;
using Chat.Sdk.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the client for Chat.</summary>
public static class ChatServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IChatClient"/>: it signs in by itself, sends again what may be sent again, and throws
    /// <see cref="ChatProblemException"/> for a refusal. The answer takes further handlers, such as a proxy.
    /// </summary>
    public static IHttpClientBuilder AddChatClient(this IServiceCollection services, Action<ChatClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ChatClientOptions();
        configure(options);
        options.Check();

        // The factory replaces handlers every few minutes; who is signed in outlives them.
        services.TryAddSingleton(TimeProvider.System);
        var tokens = new TokenKeeper(options);
        return services.AddHttpClient<IChatClient, ChatClient>(http => http.BaseAddress = options.Address)
            .AddHttpMessageHandler(() => new ProblemHandler())
            .AddHttpMessageHandler(provider => new RetryHandler(options, provider.GetRequiredService<TimeProvider>()))
            .AddHttpMessageHandler(provider => new TokenHandler(tokens, provider.GetRequiredService<TimeProvider>()));
    }
}
