// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens its port again when somebody has interrupted the thread that takes connections: Java closes the socket then, and Jetty takes that for
 * the end.
 */
final class SteadyConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(SteadyConnector.class);
    private static final long PAUSE_MILLIS = 1_000;

    SteadyConnector(Server server, ConnectionFactory... protocols) {
        super(server, 1, 1, protocols);
    }

    @Override
    protected boolean handleAcceptFailure(Throwable fault) {
        if (!isRunning() || !(fault instanceof ClosedByInterruptException)) {
            return super.handleAcceptFailure(fault);
        }
        Thread.interrupted(); // by no one who may: a stop closes the socket
        int port = getLocalPort();
        close();
        setPort(port);
        return isOpenAgain(port);
    }

    /** False when the server stops meanwhile. */
    private boolean isOpenAgain(int port) {
        while (isRunning()) {
            try {
                open();
                if (!isRunning()) {
                    close(); // it was stopped in between
                    return false;
                }
                LOG.warn("Port {} was closed by an interrupt; it is open again", port);
                return true;
            } catch (IOException e) {
                LOG.warn("Port {} cannot be opened again: {}; trying again", port, e.toString());
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: the next try comes at once");
        }
    }
}
