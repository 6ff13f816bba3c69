// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientBuilder;
import io.jobyard.client.JobyardClientException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.error.ErrorParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs a command in a remote host. */
final class RemoteCall {

    private static final String PATH = "/api/v1/commands?columns=";
    private static final String FRAMES = "application/octet-stream";
    /** Long enough for a large file over a slow network. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private RemoteCall() {}

    /** Runs the command and returns its exit code. */
    static int run(RemoteLine line, Set<String> files, int columns, PrintStream out, PrintStream err)
            throws IOException {
        try (RemoteRequest request = RemoteRequest.of(line.words(), files);
                JobyardClient client = client(line);
                InputStream answer = awaited(client.exchange(PATH + columns, FRAMES, request.stream()))) {
            return receive(answer, out, err);
        } catch (JobyardClientException e) {
            return failed(line, e, out);
        }
    }

    private static InputStream awaited(CompletableFuture<InputStream> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof JobyardClientException known ? known : e;
        }
    }

    /** Prints the error as a command does, in JSON with {@code --json}. */
    private static int failed(RemoteLine line, JobyardClientException error, PrintStream out) {
        ErrorCode code = ErrorCode.named(error.code()).orElse(ErrorCode.BAD_ANSWER);
        String text = String.valueOf(error.getMessage());
        if (!line.isForJson()) {
            throw new LaunchException(text, code.exit());
        }
        ErrorParts parts = error.fix()
                .map(fix -> new ErrorParts(text.substring(0, text.length() - fix.length() - "; ".length()), fix))
                .orElseGet(() -> ErrorParts.of(code, text));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error")
                .put("code", code.text())
                .put("field", error.field().orElse(null))
                .put("message", parts.message())
                .put("fix", parts.fix());
        out.println(json);
        return code.exit();
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
                    "invalid host address '" + address + "'; use an address such as https://jobs.example.org");
        }
    }
}
