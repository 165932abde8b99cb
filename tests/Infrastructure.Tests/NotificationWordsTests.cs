using Chat.Application.Notifications;
using Chat.Application.Ports;
using Chat.Domain.Common;

namespace Chat.Infrastructure.Tests;

public sealed class NotificationWordsTests
{
    private static readonly Links Links = new(new Uri("https://chat.test"));
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private static readonly Guid About = Guid.CreateVersion7();

    public static TheoryData<NotificationKind> Kinds => [.. Enum.GetValues<NotificationKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_words_and_a_link(NotificationKind kind)
    {
        var about = new SendingSubject("Main line", null, null, null);

        var text = NotificationWords.Text(Of(kind, Conversation), about, Links);

        Assert.NotEmpty(NotificationWords.Subject(Of(kind, Conversation), about));
        Assert.Contains("\nProgram: Main line\n", NotificationWords.Mail(Of(kind, Conversation), about, Links), StringComparison.Ordinal);
        Assert.Matches(@"^[A-Z][ A-Za-z.,']+\. \(Main line\) https://chat\.test/(desk|escalations)/[0-9a-f-]{36}$", text);
        Assert.InRange(text.Length, 1, 306);
    }

    [Fact]
    public void What_is_about_no_conversation_leads_to_the_desk()
    {
        var mail = NotificationWords.Mail(Of(NotificationKind.ResponderGone, null), new SendingSubject(null, null, null, null), Links);

        Assert.Contains("\nhttps://chat.test/desk\n", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("Program", mail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_is_cut_in_a_text_and_not_within_a_character()
    {
        var name = new string('x', 39) + "😀 and more";

        var text = NotificationWords.Text(
            Of(NotificationKind.EscalationOpened, Conversation), new SendingSubject(name, "medical", "high", "MED-2026-000017"), Links);

        Assert.Contains($"({new string('x', 39)}..., MED-2026-000017, medical, high)", text, StringComparison.Ordinal);
    }

    private static Sending Of(NotificationKind kind, Guid? conversation) =>
        new(
            Guid.CreateVersion7(), SendingWay.Text, kind, new UserId(Guid.CreateVersion7()), null, conversation is { } id ? new ConversationId(id) : null,
            About, null, 0, DateTimeOffset.UnixEpoch);
}
