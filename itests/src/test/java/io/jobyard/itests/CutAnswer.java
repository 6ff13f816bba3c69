// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a host, and keeps its first answer to itself: the host has done what was asked, and nobody hears of it. */
final class CutAnswer implements AutoCloseable {

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int host;

    CutAnswer(int host) throws IOException {
        this.host = host;
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), host);
            boolean first = connections.getAndIncrement() == 0;
            daemon(() -> pass(client, behind));
            daemon(() -> {
                if (first) {
                    behind.getInputStream().read();
                    client.close();
                    behind.close();
                } else {
                    pass(behind, client);
                }
            });
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } finally {
            to.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Ends with its connection. */
    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                return; // the connection is over, and so is its thread
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
