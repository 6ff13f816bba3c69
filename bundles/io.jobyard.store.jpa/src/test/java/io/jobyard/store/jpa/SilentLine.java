// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP line to a port of this machine whose connections can fall silent: nothing gets through any more, and nobody is told. */
final class SilentLine implements Closeable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Connected> connections = new CopyOnWriteArrayList<>();
    private final int target;

    /** Two ends of one connection. */
    private static final class Connected {
        private final Socket near;
        private final Socket far;
        private volatile boolean silent;

        Connected(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        private void begin() {
            pump(near, far);
            pump(far, near);
        }

        private void pump(Socket from, Socket to) {
            Thread pump = new Thread(
                    () -> {
                        try (InputStream in = from.getInputStream();
                                OutputStream out = to.getOutputStream()) {
                            byte[] bytes = new byte[8_192];
                            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                                if (!silent) {
                                    out.write(bytes, 0, read);
                                }
                            }
                        } catch (IOException e) {
                            // one end is closed: the other one is by now
                        }
                    },
                    "test-line");
            pump.setDaemon(true);
            pump.start();
        }
    }

    SilentLine(int target) throws IOException {
        this.target = target;
        Thread accepting = new Thread(this::accept, "test-line-accept");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                Connected connected = new Connected(near, new Socket(InetAddress.getLoopbackAddress(), target));
                connections.add(connected);
                connected.begin();
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** The connections that there are hear nothing any more; later ones do. */
    void fallSilent() {
        connections.forEach(connected -> connected.silent = true);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Connected connected : connections) {
            connected.near.close();
            connected.far.close();
        }
    }
}
