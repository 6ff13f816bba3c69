// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.CommitFault.Kind;
import io.jobyard.itests.DatabaseProxy.Way;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection of a host to its database, through a {@link DatabaseProxy}. A thread carries each way. */
final class ProxiedConnection {

    private final DatabaseProxy proxy;
    private final Socket host;
    private final Socket database;
    private final ClientMessages messages = new ClientMessages();
    private volatile boolean lossy;
    private volatile boolean cutAtAnswer;

    ProxiedConnection(DatabaseProxy proxy, Socket host, Socket database) throws IOException {
        this.proxy = proxy;
        this.host = host;
        this.database = database;
        host.setTcpNoDelay(true);
        database.setTcpNoDelay(true);
    }

    void begin() {
        proxy.opened(this);
        begin("proxy-to-database", this::carryToDatabase);
        begin("proxy-from-database", this::carryFromDatabase);
    }

    private interface Carrying {
        void carry() throws IOException, InterruptedException;
    }

    private void begin(String name, Carrying way) {
        Thread thread = new Thread(
                () -> {
                    try {
                        way.carry();
                    } catch (IOException | InterruptedException e) {
                        close(); // one of the two has gone
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void carryToDatabase() throws IOException, InterruptedException {
        DataInputStream said = new DataInputStream(new BufferedInputStream(host.getInputStream()));
        OutputStream heard = new BufferedOutputStream(database.getOutputStream());
        Optional<byte[]> message = messages.read(said);
        while (message.isPresent()) {
            if (proxy.loses(Way.TO_DATABASE)) {
                lossy = true;
            }
            if (messages.isCommitOfChanges()) {
                Optional<CommitFault> fault = proxy.takeCommitFault();
                if (fault.isPresent() && fault.get().kind() == Kind.LATE) {
                    deliverLate(message.get(), said, heard, fault.get());
                    return;
                }
                cutAtAnswer |= fault.isPresent();
            }
            if (!lossy) {
                heard.write(message.get());
                if (said.available() == 0) {
                    heard.flush();
                }
            }
            message = messages.read(said);
        }
        heard.flush();
        database.shutdownOutput(); // what was held on the way comes before the end
    }

    /** The host says more before it waits for an answer: all of that is late. */
    private void deliverLate(byte[] commit, DataInputStream said, OutputStream heard, CommitFault fault)
            throws IOException, InterruptedException {
        List<byte[]> last = new ArrayList<>(List.of(commit));
        while (!ClientMessages.awaitsAnswer(last.get(last.size() - 1))) {
            last.add(messages.read(said).orElseThrow(() -> new IOException("the host went before it had said all")));
        }
        heard.flush();
        reset(host);
        Thread.sleep(fault.delay().toMillis());
        for (byte[] message : last) {
            heard.write(message);
        }
        heard.flush();
        database.shutdownOutput();
    }

    private void carryFromDatabase() throws IOException, InterruptedException {
        InputStream said = database.getInputStream();
        OutputStream heard = host.getOutputStream();
        byte[] bytes = new byte[1 << 16];
        boolean listens = true;
        for (int length = said.read(bytes); length >= 0; length = said.read(bytes)) {
            if (cutAtAnswer) {
                reset();
                return;
            }
            if (proxy.loses(Way.FROM_DATABASE)) {
                lossy = true;
            }
            if (!lossy && listens) {
                try {
                    heard.write(bytes, 0, length);
                } catch (IOException e) {
                    listens = false; // what it has said before still reaches the database
                }
            }
        }
        close();
    }

    /** It cannot go on without what it has lost. */
    void resetIfLossy() throws IOException {
        if (lossy) {
            reset();
        }
    }

    void reset() throws IOException {
        reset(host);
        database.close();
        proxy.closed(this);
    }

    /** So that whoever waits for an answer hears of the end at once. */
    private static void reset(Socket socket) throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private void close() {
        proxy.closed(this);
        try {
            host.close();
            database.close();
        } catch (IOException e) {
            return; // it was closed
        }
    }
}
