using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chat.Benchmarks;

/// <summary>A RabbitMQ of our own that can be killed as a power cut does, and comes back with what it had on disk.</summary>
internal sealed class Broker : IAsyncDisposable
{
    // The one in the PATH insists on its own account; this is what it calls in the end.
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private readonly string _directory = Directory.CreateTempSubdirectory("chat-broker-").FullName;
    private readonly Dictionary<string, string> _environment;
    private readonly int _port = FreePort();
    private readonly Process _names;
    private Process? _process;

    private Broker()
    {
        var (distribution, names) = (FreePort(), FreePort());
        foreach (var name in new[] { "mnesia", "log", "home" })
        {
            Directory.CreateDirectory(Path.Combine(_directory, name));
        }

        File.WriteAllText(Path.Combine(_directory, "enabled_plugins"), "[].");
        File.WriteAllText(Path.Combine(_directory, "rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{_port}\n");
        Process.Start("chown", ["-R", "rabbitmq:rabbitmq", _directory]).WaitForExit();
        Process.Start("chmod", ["755", _directory]).WaitForExit();
        _environment = new Dictionary<string, string>
        {
            ["HOME"] = Path.Combine(_directory, "home"), ["LC_ALL"] = "C.UTF-8", ["RABBITMQ_NODENAME"] = $"chat-{_port}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_directory, "mnesia"), ["RABBITMQ_LOG_BASE"] = Path.Combine(_directory, "log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_directory, "enabled_plugins"), ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_directory, "rabbitmq"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_directory, "mnesia", "pid"), ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_DIST_PORT"] = distribution.ToString(CultureInfo.InvariantCulture), ["ERL_EPMD_PORT"] = names.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        };
        _names = Run("epmd", "-port", names.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1");
    }

    public string Uri => $"amqp://guest:guest@127.0.0.1:{_port}/";

    public static async Task<Broker> StartAsync()
    {
        var broker = new Broker();
        await broker.StartAgainAsync();
        return broker;
    }

    public async Task StartAgainAsync()
    {
        _process = Run(Server);
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            try
            {
                await using var connection = await ConnectAsync();
                return;
            }
            catch (BrokerUnreachableException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(90))
            {
                // It is still starting.
            }
        }
    }

    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(Uri), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _names.Kill();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>As the account that the package has made, without a shell between, so that a kill meets the program itself.</summary>
    private Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList = { "--reuid", "rabbitmq", "--regid", "rabbitmq", "--clear-groups", program },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
