using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Chat.Api.Tests.Sdk;

/// <summary>An API that may call receivers on this machine.</summary>
public sealed class ReachingApi : ChatApi
{
    protected override IReadOnlyDictionary<string, string> OwnSettings { get; } =
        new Dictionary<string, string> { ["Outside:AllowedPrivateHosts:0"] = "127.0.0.1" };
}

/// <summary>The package as a partner gets it: packed, restored from a folder, and used by a program that knows nothing else of us.</summary>
public sealed class PartnerSampleTests(ReachingApi api) : IClassFixture<ReachingApi>
{
    private static readonly string Root = FindRoot();

    [Fact]
    public async Task A_partners_program_does_the_whole_job_with_the_package_alone()
    {
        var folder = Directory.CreateTempSubdirectory("chat-partner-");
        try
        {
            await DoTheJobAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_sample_stays_under_eighty_lines() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Root, "sdk", "samples", "Partner", "Program.cs")).Length, 20, 79);

    private async Task DoTheJobAsync(string folder)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (admin, responder) = ($"{Guid.NewGuid()}@partner.example", $"{Guid.NewGuid()}@partner.example");
        foreach (var (email, role, programs) in new[] { (admin, "admin", Array.Empty<Guid>()), (responder, "responder", [affiliate.ProgramId]) })
        {
            await (await affiliate.Admin.PostAsync("/api/users", new { email, name = "P", password = ChatApi.Password, role, programIds = programs })).ReadAsync(201);
        }

        var (packages, transcript) = (Path.Combine(folder, "packages"), Path.Combine(folder, "transcript.txt"));
        await RunAsync(folder, [], "pack", Path.Combine(Root, "sdk", "Chat.Sdk"), "-c", "Release", "-o", packages, "-p:PackageVersion=0.1.0-test");
        Assert.Single(Directory.GetFiles(packages, "*.snupkg"));
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "sdk", "samples", "Partner"), "*.*"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        // Chat.Sdk is in the folder and nowhere else; what it needs this machine has had since the solution was built.
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "cache")}" /></config>
              <packageSources><add key="partner" value="{packages}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachinesPackages()}" /></fallbackPackageFolders>
            </configuration>
            """);
        await RunAsync(folder, [], "build", Path.Combine(folder, "Partner.csproj"), "-o", Path.Combine(folder, "out"), "-p:ChatSdkVersion=0.1.0-test");

        var partner = RunAsync(
            folder,
            [
                ("CHAT_ADDRESS", api.Address.ToString()), ("CHAT_ADMIN_EMAIL", admin), ("CHAT_RESPONDER_EMAIL", responder), ("CHAT_PASSWORD", ChatApi.Password),
                ("RECEIVER", $"http://127.0.0.1:{FreePort()}/chat"), ("TRANSCRIPT", transcript),
            ],
            Path.Combine(folder, "out", "Partner.dll"));
        await Eventually.Is(
            async () => (await (await affiliate.Admin.GetAsync("/api/admin/webhooks")).ReadAsync(200)).GetProperty("items").GetArrayLength() == 1 || partner.IsCompleted,
            "the partner subscribes", 60);
        var texter = affiliate.NewTexter();
        await affiliate.TextAsync(texter, "is somebody there?");

        Assert.Contains("Done.", await partner, StringComparison.Ordinal);
        var said = await File.ReadAllTextAsync(transcript);
        Assert.Contains("is somebody there?", said, StringComparison.Ordinal);
        Assert.Contains("Hi, I'm glad you wrote.", said, StringComparison.Ordinal);
    }

    /// <summary>Runs dotnet and answers what it wrote.</summary>
    private static async Task<string> RunAsync(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment.Append(("DOTNET_CLI_TELEMETRY_OPTOUT", "1")).Append(("MSBUILDDISABLENODEREUSE", "1")))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {process.ExitCode}\n{await output}\n{await error}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string MachinesPackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Chat.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
