// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.spi.access.Caller;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A client on streams that are open while it reads. */
final class StreamsClient implements AutoCloseable {

    private final PipedOutputStream in = new PipedOutputStream();
    private final PipedInputStream out = new PipedInputStream(1 << 16);
    private final BufferedReader lines = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
    private final CompletableFuture<Void> served;

    StreamsClient(McpFixture mcp) throws IOException {
        PipedInputStream read = new PipedInputStream(in, 1 << 16);
        PipedOutputStream written = new PipedOutputStream(out);
        served = CompletableFuture.runAsync(() -> {
            try {
                new McpStreams(new McpHost(mcp.protocol)).serve(Caller.user("ann"), read, written);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    void send(String message) throws IOException {
        in.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    JsonNode next() throws Exception {
        return McpFixture.json(lines.readLine());
    }

    @Override
    public void close() throws IOException {
        in.close();
        served.join();
    }
}
