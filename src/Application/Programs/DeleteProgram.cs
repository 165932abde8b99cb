using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Programs;

/// <summary>An admin removes a program that nothing refers to.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record DeleteProgram(Guid ProgramId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => ProgramId;
}

internal sealed class DeleteProgramHandler(IProgramRepository programs) : IRequestHandler<DeleteProgram, Done>
{
    public async Task<Done> Handle(DeleteProgram command, CancellationToken cancellationToken)
    {
        var program = await programs.GetAsync(new(command.ProgramId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, program.Version);
        await programs.DeleteAsync(program, cancellationToken);
        return default;
    }
}
