using Chat.Application.Retention;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>What is stored of a texter, for handing it to them.</summary>
public interface IExports
{
    /// <summary>The texter, without their conversations; throws NotFound where the affiliate has no such texter.</summary>
    Task<TexterExport> TexterAsync(TexterId texter, CancellationToken cancellationToken);

    /// <summary>All the affiliate's texters.</summary>
    Task<IReadOnlyList<Guid>> TextersAsync(CancellationToken cancellationToken);
}
