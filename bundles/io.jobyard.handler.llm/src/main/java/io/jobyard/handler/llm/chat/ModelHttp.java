// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The HTTP client of the bundle. Two threads move the bytes of all calls; callers wait on their own threads. It uses
 * HTTP/1.1, so that a cancelled call closes only its own connection, and follows no redirect, because the key would be
 * sent elsewhere.
 */
@Component(service = ModelHttp.class)
public final class ModelHttp {

    private static final int THREADS = 2;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Message of every call after the client's own thread has ended. */
    private static final String ENDED = "selector manager closed";

    private final ExecutorService threads;
    private volatile HttpClient client;

    @Activate
    public ModelHttp() {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "jobyard-llm-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        client = begin();
    }

    private HttpClient begin() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    HttpClient client() {
        return client;
    }

    /**
     * Handles a failed call. If the client's own thread has ended, which any code can cause by an interrupt, the next call gets a new
     * client.
     */
    synchronized void failed(HttpClient used, Throwable fault) {
        if (used == client && ENDED.equals(fault.getMessage())) {
            client = begin();
        }
    }

    /** Closes the client, after its handlers were drained. */
    @Deactivate
    public void close() {
        threads.shutdownNow();
    }
}
