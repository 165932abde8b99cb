using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>Who writes to us, as far as a responder needs to know: the address is shown masked.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetTexter(Guid TexterId) : IQuery<TexterView>, IReadsWords
{
    (string Action, Guid Subject) IReadsWords.Reading => ("ReadTexter", TexterId);
}

internal sealed class GetTexterHandler(ITexterViews views) : IRequestHandler<GetTexter, TexterView>
{
    public Task<TexterView> Handle(GetTexter query, CancellationToken cancellationToken) => views.ShowAsync(new(query.TexterId), cancellationToken);
}

/// <param name="Stopped">The texter has stopped messages on one of the affiliate's channels.</param>
/// <param name="TimeZone">Where they live, as far as they have said; the affiliate's own where they have not.</param>
/// <param name="Plan">What helps them and what was agreed, for whoever answers next.</param>
public sealed record TexterView(
    Guid Id, string? Name, IReadOnlyList<TexterAddressView> Addresses, bool Stopped, DateTimeOffset FirstSeenAt, long ConversationCount, string TimeZone,
    bool TimeZoneKnown, PlanView? Plan, IReadOnlyList<TexterNoteView> Notes, BlockView? Block);

/// <param name="Masked">The address with all but its last two digits hidden.</param>
public sealed record TexterAddressView(Guid Id, string Kind, string Masked);

public sealed record PlanView(string? Text, Guid ById, string? ByName, DateTimeOffset At);

public sealed record TexterNoteView(Guid Id, string? Content, Guid AuthorId, string? AuthorName, DateTimeOffset At);

/// <param name="InForce">Whether it holds now: a second person has approved it, and it has not run out.</param>
public sealed record BlockView(
    string? Reason, DateTimeOffset? Until, Guid AskedBy, string? AskedByName, DateTimeOffset AskedAt, Guid? ApprovedBy, string? ApprovedByName, bool InForce);
