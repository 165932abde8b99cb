using Chat.Benchmarks;

// One of: inbound, latency, races, outage; these need the API built: dotnet build src/Api -c Release. Or triage, with the folder of labelled messages.
if (args is ["triage", ..])
{
    Triage.Run(args.ElementAtOrDefault(1) ?? "tests/Domain.Tests/Triage/labelled");
    return;
}

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
    case "outage":
        await Outage.RunAsync(product);
        break;
    default:
        await Races.RunAsync(product);
        await Latency.RunAsync(product);
        await Inbound.RunAsync(product);
        break;
}
