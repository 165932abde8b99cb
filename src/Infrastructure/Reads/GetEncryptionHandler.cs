using Chat.Application.Encryption;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class GetEncryptionHandler(IEncryption encryption, ICaller caller) : IRequestHandler<GetEncryption, EncryptionView>
{
    public Task<EncryptionView> Handle(GetEncryption query, CancellationToken cancellationToken) => encryption.ShowAsync(caller.IsPlatform, cancellationToken);
}
