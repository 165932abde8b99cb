using System.Runtime.CompilerServices;

namespace Chat.Sdk;

/// <summary>One page of a list.</summary>
public interface IPage<out T>
{
    IReadOnlyList<T> Items { get; }

    /// <summary>Asks for the next page; null on the last.</summary>
    string? NextCursor { get; }
}

/// <summary>Lists from their first item to their last, a page asked for when it is needed.</summary>
public static class Pages
{
    private const int Largest = 200;

    /// <summary>Every item of a list, whichever it is: <c>Pages.All&lt;KeywordView&gt;(async cursor => await chat.ListKeywordsAsync(cursor: cursor))</c>.</summary>
    public static IAsyncEnumerable<T> All<T>(Func<string?, Task<IPage<T>>> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        return All<T>((cursor, _) => read(cursor), cancellationToken);
    }

    /// <summary>The same, where what reads a page can be cancelled as well.</summary>
    public static async IAsyncEnumerable<T> All<T>(
        Func<string?, CancellationToken, Task<IPage<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        string? cursor = null;
        do
        {
            var page = await read(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>All that was said in a conversation, the oldest first.</summary>
    public static IAsyncEnumerable<MessageView> AllMessagesAsync(this IChatClient chat, Guid conversation, CancellationToken cancellationToken = default) =>
        All<MessageView>(
            async (cursor, token) => await chat.ListMessagesAsync(conversation, limit: Largest, cursor: cursor, cancellationToken: token).ConfigureAwait(false),
            cancellationToken);

    /// <summary>An affiliate's programs, the oldest first.</summary>
    public static IAsyncEnumerable<ProgramView> AllProgramsAsync(this IChatClient chat, CancellationToken cancellationToken = default) =>
        All<ProgramView>(
            async (cursor, token) => await chat.ListProgramsAsync(limit: Largest, cursor: cursor, cancellationToken: token).ConfigureAwait(false), cancellationToken);

    /// <summary>An affiliate's keywords, the oldest first.</summary>
    public static IAsyncEnumerable<KeywordView> AllKeywordsAsync(this IChatClient chat, CancellationToken cancellationToken = default) =>
        All<KeywordView>(
            async (cursor, token) => await chat.ListKeywordsAsync(limit: Largest, cursor: cursor, cancellationToken: token).ConfigureAwait(false), cancellationToken);
}

// Every page of the generated core; a test misses the one that is not here.
public partial class AffiliateViewPage : IPage<AffiliateView>;
public partial class ApiKeyViewPage : IPage<ApiKeyView>;
public partial class AuditEntryViewPage : IPage<AuditEntryView>;
public partial class CannedResponseViewPage : IPage<CannedResponseView>;
public partial class ChannelViewPage : IPage<ChannelView>;
public partial class ConversationViewPage : IPage<ConversationView>;
public partial class DeadLetterViewPage : IPage<DeadLetterView>;
public partial class DueForPurgePage : IPage<DueForPurge>;
public partial class EmergencyContactViewPage : IPage<EmergencyContactView>;
public partial class ErasureViewPage : IPage<ErasureView>;
public partial class EscalationViewPage : IPage<EscalationView>;
public partial class KeywordViewPage : IPage<KeywordView>;
public partial class MessageViewPage : IPage<MessageView>;
public partial class NotificationViewPage : IPage<NotificationView>;
public partial class OwnSessionPage : IPage<OwnSession>;
public partial class PhraseViewPage : IPage<PhraseView>;
public partial class ProgramViewPage : IPage<ProgramView>;
public partial class QuarantinedCallViewPage : IPage<QuarantinedCallView>;
public partial class SurveyViewPage : IPage<SurveyView>;
public partial class UserViewPage : IPage<UserView>;
public partial class WaitingConversationPage : IPage<WaitingConversation>;
public partial class WebhookDeliveryViewPage : IPage<WebhookDeliveryView>;
public partial class WebhookViewPage : IPage<WebhookView>;
