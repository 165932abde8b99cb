using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Programs;

/// <summary>An admin changes a program. Status and settings that are left out stay as they are.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ChangeProgram(
    Guid ProgramId, long? ExpectedVersion, Guid? AffiliateId, string Name, string? ShortCode, string? Description, string? Status,
    IReadOnlyDictionary<string, JsonElement>? Settings)
    : ICommand<ProgramView>, IAboutResource, IInAffiliate, IProgramForm
{
    Guid IAboutResource.ResourceId => ProgramId;
}

internal sealed class ChangeProgramValidator : AbstractValidator<ChangeProgram>
{
    public ChangeProgramValidator() => this.MustDescribeAProgram();
}

internal sealed class ChangeProgramHandler(IProgramRepository programs, IProgramViews views, IUnitOfWork work, TimeProvider clock)
    : IRequestHandler<ChangeProgram, ProgramView>
{
    public async Task<ProgramView> Handle(ChangeProgram command, CancellationToken cancellationToken)
    {
        var program = await programs.GetAsync(new(command.ProgramId), cancellationToken);
        Versions.Require(command.ExpectedVersion, program.Version);
        command.MustStayIn(work.Affiliate);
        program.Change(
            command.Name.Trim(), command.ShortCode.Trimmed(), command.Description.Trimmed(), command.Status.Or(program.Status),
            command.Settings?.Json() ?? program.Settings, clock.GetUtcNow());
        await programs.SaveAsync(program, cancellationToken);
        return await views.ShowAsync(program.Id, cancellationToken);
    }
}
