// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Limit for slow clients: the request line and headers must arrive within a timeout, even if single bytes keep arriving.
 * After that, the body must arrive at a minimum rate. The server's own timeouts restart with every byte.
 */
final class SlowRequests extends Handler.Wrapper implements Connection.Listener {

    private static final int BYTES_PER_SECOND = 256;

    private final Scheduler scheduler;
    private final Duration timeout;
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();
    private volatile boolean isFinished;

    SlowRequests(Handler next, Scheduler scheduler, Duration timeout) {
        super(next);
        this.scheduler = scheduler;
        this.timeout = timeout;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        look();
    }

    @Override
    protected void doStop() throws Exception {
        isFinished = true;
        super.doStop();
    }

    private void look() {
        if (!isFinished) {
            waiting.forEach((connection, since) -> {
                if (isTooLong(since)) {
                    connection.getEndPoint().close();
                    waiting.remove(connection); // it may have been closed before it was added
                }
            });
            scheduler.schedule(this::look, 1, TimeUnit.SECONDS);
        }
    }

    /** Returns the number of connections that wait for a request. */
    int waiting() {
        return waiting.size();
    }

    /** Closes the open connection that has waited longest for a request; empty if none waits. */
    Optional<Connection> closeLongestWaiting() {
        waiting.keySet().removeIf(connection -> !connection.getEndPoint().isOpen());
        Optional<Connection> longest = waiting.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .filter(connection -> waiting.remove(connection) != null);
        longest.ifPresent(connection -> connection.getEndPoint().close());
        return longest;
    }

    private boolean isTooLong(long since) {
        return System.nanoTime() - since > timeout.toNanos();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) { // the HTTP connection, not the TLS connection around it
            waiting.put(connection, System.nanoTime());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.remove(connection);
        Request.addCompletionListener(request, failure -> waiting.put(connection, System.nanoTime()));
        return super.handle(new Timed(request), response, callback);
    }

    /** A request whose body must arrive at a minimum rate. */
    private final class Timed extends Request.Wrapper {

        /** Time of the first read. Earlier, the request may have waited for a thread. */
        private long begun;

        private long read;

        Timed(Request request) {
            super(request);
        }

        private void begin() {
            if (begun == 0) {
                begun = System.nanoTime();
            }
        }

        @Override
        public Content.Chunk read() {
            begin();
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                read += chunk.remaining();
            }
            return chunk;
        }

        @Override
        public void demand(Runnable ready) {
            begin();
            if (isTooLong(begun)
                    && read
                            < BYTES_PER_SECOND
                                    * Duration.ofNanos(System.nanoTime() - begun)
                                            .toSeconds()) {
                getConnectionMetaData().getConnection().getEndPoint().close(); // makes the pending read fail
            }
            super.demand(ready);
        }
    }
}
