using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Keywords;

/// <summary>An admin changes a keyword. An action that is left out stays as it is.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ChangeKeyword(
    Guid KeywordId, long? ExpectedVersion, Guid ProgramId, string Keyword, string? Action, string? SubProgram, string? Response)
    : ICommand<KeywordView>, IAboutResource, IKeywordForm
{
    Guid IAboutResource.ResourceId => KeywordId;
}

internal sealed class ChangeKeywordValidator : AbstractValidator<ChangeKeyword>
{
    public ChangeKeywordValidator() => this.MustDescribeAKeyword();
}

internal sealed class ChangeKeywordHandler(IKeywordRepository keywords, IKeywordViews views, TimeProvider clock)
    : IRequestHandler<ChangeKeyword, KeywordView>
{
    public async Task<KeywordView> Handle(ChangeKeyword command, CancellationToken cancellationToken)
    {
        var keyword = await keywords.GetAsync(new(command.KeywordId), cancellationToken);
        Versions.Require(command.ExpectedVersion, keyword.Version);
        var (action, response) = (command.Action.Or(keyword.Action), command.Response.Trimmed());
        KeywordForm.RequireWords(action, response);
        keyword.Change(new(command.ProgramId), command.Keyword.Trim(), action, command.SubProgram.Trimmed(), response, clock.GetUtcNow());
        await keywords.SaveAsync(keyword, cancellationToken);
        return await views.ShowAsync(keyword.Id, cancellationToken);
    }
}
