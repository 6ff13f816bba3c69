// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes connections with its selector. An interrupt of a thread that blocks in {@code accept} would close the port, and a client that Java has
 * accepted in that moment is never answered.
 */
final class SelectingConnector extends ServerConnector {

    private static final long PAUSE_MILLIS = 1_000;

    SelectingConnector(Server server, ConnectionFactory... protocols) {
        super(server, 0, 1, protocols);
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new ServerConnectorManager(executor, scheduler, selectors) {
            @Override
            protected SelectableChannel doAccept(SelectableChannel server) throws IOException {
                try {
                    return super.doAccept(server);
                } catch (IOException e) {
                    pause(); // the next attempt, and its line in the log, come at once: the client still waits
                    throw e;
                }
            }
        };
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
