// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientBuilder;
import io.jobyard.client.JobyardClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Set;

/** Has a host elsewhere run a command. */
final class RemoteCall {

    private static final String PATH = "/api/v1/commands?columns=";
    private static final String FRAMES = "application/octet-stream";
    /** For a large file over a slow network. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private RemoteCall() {}

    /** Returns the exit code. */
    static int run(RemoteLine line, Set<String> files, int columns, PrintStream out, PrintStream err)
            throws IOException {
        try (RemoteRequest request = RemoteRequest.of(line.words(), files);
                JobyardClient client = client(line);
                InputStream answer = client.exchange(PATH + columns, FRAMES, request.stream())) {
            return receive(answer, out, err);
        } catch (JobyardClientException e) {
            throw new LaunchException(String.valueOf(e.getMessage()));
        }
    }

    private static int receive(InputStream answer, PrintStream out, PrintStream err) {
        try {
            return ShellProtocol.receive(Channels.newChannel(answer), out, err);
        } catch (IOException e) {
            throw new LaunchException("the connection to the host was lost (" + e.getMessage()
                    + "); submitted work continues, and you can run the same command again to see its progress");
        }
    }

    private static JobyardClient client(RemoteLine line) {
        JobyardClientBuilder builder = JobyardClient.builder(uri(line.url())).timeout(TIMEOUT);
        if (line.tokenFile() != null) {
            builder.tokenFile(line.tokenFile());
        }
        return (line.plainHttp() ? builder.plainHttp() : builder).build();
    }

    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new LaunchException(
                    "'" + address + "' is not a host address; use an address such as https://jobs.example.org");
        }
    }
}
