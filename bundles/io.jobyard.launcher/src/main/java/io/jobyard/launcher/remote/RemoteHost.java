// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The host that is meant, and what it can be asked. */
@Command(
        name = "jobyard",
        synopsisSubcommandLabel = "COMMAND",
        description = "Have a host elsewhere do something, over HTTP.",
        subcommands = {
            RemoteSubmitCommand.class,
            RemoteListCommand.class,
            RemoteShowCommand.class,
            RemoteLogCommand.class,
            RemoteHistoryCommand.class,
            RemoteExplainCommand.class,
            RemoteAwaitCommand.class,
            RemoteResultCommand.class,
            RemoteCancelCommand.class,
            RemoteRetryCommand.class,
        })
final class RemoteHost implements Callable<Integer> {

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The host's address, such as https://jobs.example.org: else $JOBYARD_URL.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Holds the token that is shown to the host; only you may read it: else $JOBYARD_TOKEN_FILE.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--plain-http",
            scope = ScopeType.INHERIT,
            description = "Send the token over a network without encryption, too.")
    private boolean plainHttp;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain the command.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;
    private final RemoteScreen screen;

    RemoteHost(Map<String, String> environment, RemoteScreen screen) {
        this.environment = environment;
        this.screen = screen;
    }

    /** Called without a command. */
    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        line.usage(screen.err());
        return 1;
    }

    RemoteScreen screen() {
        return screen;
    }

    JobyardClient client() {
        String address = url == null ? environment.getOrDefault("JOBYARD_URL", "") : url;
        String file = environment.getOrDefault("JOBYARD_TOKEN_FILE", "");
        JobyardClientBuilder builder = JobyardClient.builder(uri(address.strip()));
        if (tokenFile != null) {
            builder.tokenFile(tokenFile);
        } else if (!file.isBlank()) {
            builder.tokenFile(Path.of(file));
        }
        return (plainHttp ? builder.plainHttp() : builder).build();
    }

    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new RemoteUsageException(
                    "'" + address + "' is no address of a host; use one such as https://jobs.example.org");
        }
    }
}
