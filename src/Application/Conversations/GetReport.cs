using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>What was filed of a conversation, and what the program still misses.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetReport(Guid ConversationId) : IQuery<ReportView>, IReadsConversation;

internal sealed class GetReportHandler(IConversationViews views, ReportFiling filing) : IRequestHandler<GetReport, ReportView>
{
    public async Task<ReportView> Handle(GetReport query, CancellationToken cancellationToken)
    {
        var conversation = await views.ShowAsync(new(query.ConversationId), cancellationToken);
        return await filing.ShowAsync(new(conversation.Id), new(conversation.ProgramId), conversation.Tags, cancellationToken);
    }
}
