// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.spi.ModelContextServer;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.text.InputLine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Protocol on streams: one line per message. Requests are answered concurrently, so that a waiting request delays no other. */
@Component(service = ModelContextServer.class)
public final class McpStreams implements ModelContextServer {

    private static final int LONGEST_LINE = 67_108_864;
    private static final long FOREVER = Long.MAX_VALUE;

    private final AtomicInteger threads = new AtomicInteger();
    private final McpHost host;

    @Activate
    public McpStreams(@Reference McpHost host) {
        this.host = host;
    }

    @Override
    public void serve(Caller caller, InputStream in, OutputStream out) throws IOException, InterruptedException {
        ExecutorService answering = Executors.newCachedThreadPool(named());
        StreamConnection connection = new StreamConnection(host.protocol(), caller, out);
        try (InputStream lines = new BufferedInputStream(in)) {
            for (String line = line(lines); line != null; line = line(lines)) {
                String message = line;
                if (!message.isBlank()) {
                    answering.execute(() -> connection.answer(message));
                }
            }
            connection.end();
            answering.shutdown();
            answering.awaitTermination(FOREVER, TimeUnit.NANOSECONDS);
        } finally {
            answering.shutdownNow();
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        return InputLine.read(
                in, LONGEST_LINE, "a message is longer than " + LONGEST_LINE + " bytes; send a smaller one");
    }

    private ThreadFactory named() {
        return task -> new Thread(task, "jobyard-mcp-" + threads.incrementAndGet());
    }
}
