using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Keywords;
using FluentValidation;
using MediatR;

namespace Chat.Application.Keywords;

/// <summary>An admin says what a texter's word sets off.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record CreateKeyword(Guid ProgramId, string Keyword, string? Action, string? SubProgram, string? Response)
    : ICommand<KeywordView>, IOnce, IAboutResource, IKeywordForm
{
    Guid IAboutResource.ResourceId => ProgramId;
}

internal sealed class CreateKeywordValidator : AbstractValidator<CreateKeyword>
{
    public CreateKeywordValidator() => this.MustDescribeAKeyword();
}

internal sealed class CreateKeywordHandler(IKeywordRepository keywords, IKeywordViews views, TimeProvider clock)
    : IRequestHandler<CreateKeyword, KeywordView>
{
    public async Task<KeywordView> Handle(CreateKeyword command, CancellationToken cancellationToken)
    {
        var (action, response, now) = (command.Action.Or(KeywordAction.Start), command.Response.Trimmed(), clock.GetUtcNow());
        KeywordForm.RequireWords(action, response);
        var keyword = new Keyword(
            new(Guid.CreateVersion7(now)), new(command.ProgramId), command.Keyword.Trim(), action, command.SubProgram.Trimmed(), response,
            version: 1, now, now);
        await keywords.AddAsync(keyword, cancellationToken);
        return await views.ShowAsync(keyword.Id, cancellationToken);
    }
}
