// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens its port again when somebody has interrupted the thread that takes connections: Java closes the socket then, and Jetty takes that for
 * the end. Jetty opens no second socket in place of the first one, so from then on the connections come from a socket of this class.
 */
final class SteadyConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(SteadyConnector.class);
    private static final long PAUSE_MILLIS = 1_000;

    private volatile @Nullable ServerSocketChannel again;
    private volatile boolean isClosed;

    SteadyConnector(Server server, ConnectionFactory... protocols) {
        super(server, 1, 1, protocols);
    }

    @Override
    public void accept(int acceptor) throws IOException {
        ServerSocketChannel own = again;
        if (own == null) {
            super.accept(acceptor);
            return;
        }
        SocketChannel client = own.accept();
        client.configureBlocking(false);
        client.socket().setTcpNoDelay(getAcceptedTcpNoDelay());
        getSelectorManager().accept(client);
    }

    @Override
    protected boolean handleAcceptFailure(Throwable fault) {
        if (!isRunning() || !(fault instanceof ClosedChannelException)) {
            return super.handleAcceptFailure(fault);
        }
        Thread.interrupted(); // by no one who may: a stop is known by now
        int port = super.getLocalPort();
        while (isRunning() && !isClosed) { // a server that stops closes its port while it runs
            try {
                open(port);
                LOG.warn("Port {} was closed by an interrupt; it is open again", port);
                return true;
            } catch (IOException e) {
                LOG.warn("Port {} cannot be opened again: {}; trying again", port, e.toString());
                pause();
            }
        }
        return false;
    }

    private void open(int port) throws IOException {
        setPort(port);
        ServerSocketChannel own = openAcceptChannel();
        own.configureBlocking(true);
        again = own;
        if (!isRunning() || isClosed) {
            close(); // it was stopped in between
        }
    }

    @Override
    public void close() {
        isClosed = true; // first: the acceptor hears of it at once
        super.close();
        ServerSocketChannel own = again;
        if (own != null) {
            try {
                own.close();
            } catch (IOException e) {
                LOG.debug("The socket was already gone", e);
            }
        }
    }

    @Override
    public boolean isOpen() {
        ServerSocketChannel own = again;
        return own == null ? super.isOpen() : own.isOpen();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: the next try comes at once");
        }
    }
}
