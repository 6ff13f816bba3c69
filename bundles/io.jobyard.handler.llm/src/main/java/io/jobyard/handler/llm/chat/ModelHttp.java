// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The HTTP clients of the bundle. A few threads move the bytes of all calls, and read the answers. They speak HTTP/2 with servers that do
 * so over TLS; without TLS they do not ask, because some servers lose the body of a request that asks for an upgrade. They follow no
 * redirect, because the key would be sent elsewhere. There is more than one client once an HTTP/2 server gets more calls at once than its
 * connection allows.
 */
@Component(service = ModelHttp.class)
public final class ModelHttp {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Message of a call that would exceed the streams of its HTTP/2 connection. A client has one such connection for each server. */
    private static final String FULL = "too many concurrent streams";

    private static final int MOST_CLIENTS = 64;

    /** Message of every call after the client's own thread has ended. */
    private static final String ENDED = "selector manager closed";

    private final UnaryOperator<HttpClient.Builder> settings;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final List<HttpClient> clients = new ArrayList<>();
    private int current;

    @Activate
    public ModelHttp() {
        this(UnaryOperator.identity());
    }

    /** For tests: {@code settings} changes the client. */
    ModelHttp(UnaryOperator<HttpClient.Builder> settings) {
        this.settings = settings;
        threads = Executors.newFixedThreadPool(THREADS, named("jobyard-llm-http-"));
        timer = Executors.newSingleThreadScheduledExecutor(named("jobyard-llm-timer-"));
        clients.add(begin());
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private HttpClient begin() {
        return settings.apply(HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .executor(threads))
                .build();
    }

    /** Returns the client for the first try of a call. */
    synchronized HttpClient client() {
        return clients.get(current);
    }

    /**
     * Returns the client for a further try of a call that failed with {@link #isFull}. Creates one if all are full.
     *
     * @param tries number of clients that the call has tried
     * @return null if there are too many clients
     */
    synchronized @Nullable HttpClient next(HttpClient full, int tries) {
        if (tries >= MOST_CLIENTS) {
            return null;
        } else if (clients.get(current) == full && tries >= clients.size()) {
            clients.add(begin());
            current = clients.size() - 1;
        } else if (clients.get(current) == full) {
            current = (current + 1) % clients.size();
        }
        return clients.get(current);
    }

    /** Returns whether a call was not sent, because its connection has too many calls. */
    static boolean isFull(@Nullable Throwable fault) {
        return fault instanceof IOException && FULL.equals(fault.getMessage());
    }

    /** Returns the version to ask for. */
    static HttpClient.Version version(URI url) {
        return url.getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    /** Executes short work on a thread of the client. */
    void execute(Runnable work) {
        threads.execute(work);
    }

    /** Executes short work after some time, unless the client is closed before. */
    void after(long nanos, Runnable work) {
        timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Handles a failed call. If the client's own thread has ended, which any code can cause by an interrupt, the next call gets a new
     * client.
     */
    synchronized void failed(HttpClient used, Throwable fault) {
        int at = clients.indexOf(used);
        if (at >= 0 && ENDED.equals(fault.getMessage())) {
            clients.set(at, begin());
        }
    }

    /** Closes the client, after its handlers were drained. */
    @Deactivate
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
