// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The network between one host and its PostgreSQL, on the loopback: it carries what they say, holds it, or loses it. */
final class DatabaseProxy implements AutoCloseable {

    /** Who speaks. */
    enum Way {
        TO_DATABASE,
        FROM_DATABASE
    }

    /** What becomes of what is said. */
    enum Flow {
        CARRIED,
        HELD,
        LOST
    }

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int database;
    private final Map<Way, Flow> flows =
            new EnumMap<>(Map.of(Way.TO_DATABASE, Flow.CARRIED, Way.FROM_DATABASE, Flow.CARRIED));
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<CommitFault> nextCommit = new AtomicReference<>();

    /** Before the PostgreSQL at that port of the loopback. */
    DatabaseProxy(int database) throws IOException {
        this.database = database;
        Thread accepting = new Thread(this::accept, "proxy");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket host = door.accept();
                try {
                    new ProxiedConnection(this, host, new Socket(InetAddress.getLoopbackAddress(), database)).begin();
                } catch (IOException e) {
                    host.close(); // the database is away
                }
            } catch (IOException e) {
                continue; // the host has gone meanwhile, or the test is over
            }
        }
    }

    /** From now on that is what becomes of it. */
    synchronized void set(Way way, Flow flow) {
        flows.put(way, flow);
        notifyAll();
    }

    /**
     * All is carried again. A connection that has lost something is reset, as by whoever is told of what it does not know; or it stays
     * silent for ever, and nobody tells either side.
     */
    void heal(boolean resets) throws IOException {
        for (Way way : Way.values()) {
            set(way, Flow.CARRIED);
        }
        if (resets) {
            for (ProxiedConnection connection : connections) {
                connection.resetIfLossy();
            }
        }
    }

    /** Waits while it is held; true if it is lost. */
    synchronized boolean loses(Way way) throws InterruptedException {
        while (flows.get(way) == Flow.HELD) {
            wait();
        }
        return flows.get(way) == Flow.LOST;
    }

    /** Has that happen to the next commit that changes jobs. */
    void strikeNextCommit(CommitFault fault) {
        nextCommit.set(fault);
    }

    /** What is to happen to this commit, which is the next one. */
    Optional<CommitFault> takeCommitFault() {
        return Optional.ofNullable(nextCommit.getAndSet(null));
    }

    /** Whether a commit has come by since a fault was set for it. */
    boolean hasStruck() {
        return nextCommit.get() == null;
    }

    void opened(ProxiedConnection connection) {
        connections.add(connection);
    }

    void closed(ProxiedConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (ProxiedConnection connection : connections) {
            connection.reset();
        }
    }
}
