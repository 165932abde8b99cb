using Chat.Infrastructure.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Chat.Infrastructure.Demo;

/// <summary>Where this very process can be called from this very machine, which the public address need not be.</summary>
internal sealed class OwnAddress(IServer server, PublicAddress publicAddress)
{
    public Uri Origin =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(BindingAddress.Parse)
            .Where(binding => !binding.IsUnixPipe && !binding.IsNamedPipe)
            .OrderBy(binding => binding.Scheme == Uri.UriSchemeHttp ? 0 : 1)
            .Select(Callable)
            .FirstOrDefault()
        ?? publicAddress.Origin;

    public Uri At(string pathAndQuery) => new(Origin, pathAndQuery);

    private static Uri Callable(BindingAddress binding) =>
        new($"{binding.Scheme}://{(binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : binding.Host)}:{binding.Port}");
}
