using Chat.Application.Common;

namespace Chat.Application.Programs;

/// <summary>One program.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record GetProgram(Guid ProgramId) : IQuery<ProgramView>, IAboutResource
{
    Guid IAboutResource.ResourceId => ProgramId;
}
