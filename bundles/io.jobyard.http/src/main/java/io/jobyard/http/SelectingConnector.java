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
 * Connector that accepts connections with its selector. With a blocking {@code accept}, an interrupt of the thread would close the port,
 * and a client that Java has accepted at that moment would never receive an answer.
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
                    pause(); // the client still waits, so the next attempt and its log line would follow at once
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
