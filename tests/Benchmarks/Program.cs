using Chat.Benchmarks;

// One of: inbound, latency, races. The API must have been built: dotnet build src/Api -c Release
var product = await Product.StartAsync(port: 18_700);
await using var ends = product;
switch (args.FirstOrDefault())
{
    case "inbound":
        await Inbound.RunAsync(product);
        break;
    case "latency":
        await Latency.RunAsync(product);
        break;
    case "races":
        await Races.RunAsync(product);
        break;
    default:
        await Races.RunAsync(product);
        await Latency.RunAsync(product);
        await Inbound.RunAsync(product);
        break;
}
