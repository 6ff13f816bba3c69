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
 * The one HTTP client of the bundle. Two threads move the bytes of all calls; whoever calls waits on its own. It speaks HTTP/1.1, so that a
 * call that is given up ends a connection of its own, and follows no redirect, which would take the key elsewhere.
 */
@Component(service = ModelHttp.class)
public final class ModelHttp {

    private static final int THREADS = 2;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ExecutorService threads;
    private final HttpClient client;

    @Activate
    public ModelHttp() {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "jobyard-llm-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    HttpClient client() {
        return client;
    }

    /** Its handlers are drained by then. */
    @Deactivate
    public void close() {
        threads.shutdownNow();
    }
}
