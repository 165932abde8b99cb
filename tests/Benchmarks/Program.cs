using Chat.Benchmarks;

// One of: inbound, latency, races, rotation, outage; these need the API built: dotnet build src/Api -c Release. Or triage, with the folder of
// labelled messages; or surge, with that folder and the file to draw its chart into; or events, with the seconds for which the broker is
// away, and one measurement's name if not all are wanted: it needs the API built, and a RabbitMQ installed.
if (args is ["triage", ..])
{
    Triage.Run(args.ElementAtOrDefault(1) ?? "tests/Domain.Tests/Triage/labelled");
    return;
}

if (args is ["surge", ..])
{
    Surge.Run(args.ElementAtOrDefault(1) ?? "tests/Domain.Tests/Triage/labelled", args.ElementAtOrDefault(2));
    return;
}

if (args is ["events", ..])
{
    await Events.RunAsync(int.Parse(args.ElementAtOrDefault(1) ?? "300", System.Globalization.CultureInfo.InvariantCulture), args.ElementAtOrDefault(2));
    return;
}

var product = await Product.StartAsync(port: 18_700, args is ["rotation", ..] ? Rotation.Settings : null);
await using var ends = product;
switch (args.FirstOrDefault())
{
    case "inbound":
        await Inbound.RunAsync(product);
        break;
    case "latency":
        await Latency.RunAsync(product);
        break;
    case "rotation":
        await Rotation.RunAsync(product);
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
