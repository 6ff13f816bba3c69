// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local admin socket, which accepts clients until it is stopped. It waits with a selector, because an interrupt of a
 * thread that blocks in {@code accept} closes the socket and leaves a client accepted at that moment without an
 * answer.
 */
final class ShellServer {

    private static final Logger LOG = LoggerFactory.getLogger(ShellServer.class);
    private static final int PATIENCE_SECONDS = 2;
    private static final long PAUSE_MILLIS = 1_000;

    private final SocketFile file;
    private final ShellSession session;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private final ServerSocketChannel server;
    private final Selector selector;
    private volatile boolean stopped;

    ShellServer(Path data, ShellSession session) throws IOException {
        this.session = session;
        file = new SocketFile(data);
        threads = Executors.newCachedThreadPool(named());
        server = file.open();
        selector = Selector.open();
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        threads.execute(this::accept);
    }

    /** Ends all sessions immediately. */
    void stop() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("Admin socket not removed; the next start removes it: error={}", e.toString());
        }
        threads.shutdownNow();
        connections.forEach(ClientConnection::end);
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Shell session did not end in time; thread abandoned: seconds={}", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!stopped) {
            try {
                selector.select(); // the interrupt ends the loop
                Thread.interrupted();
                selector.selectedKeys().clear();
                for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
                    serve(client);
                }
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException e) {
                if (!stopped) {
                    LOG.warn("Cannot accept a shell client: {}", e.toString());
                    pause();
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        ClientConnection connection = new ClientConnection(channel, server, session);
        connections.add(connection);
        threads.execute(connection::write);
        threads.execute(() -> {
            try {
                connection.serve();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted; retrying at once");
        }
    }

    private void close() throws IOException {
        stopped = true;
        selector.close();
        server.close();
        file.remove();
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "jobyard-shell-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
