// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One client of {@code /events}, and the ids that it was told. All but the count is for one thread, until that has ended. */
final class EventFollowing {

    private static final String ID = "id: ";
    private static final ByteBuffer BYTES = ByteBuffer.allocate(65_536);
    private static final long PAUSE_NANOS = 200_000_000;

    private final InetSocketAddress address;
    private final String token;
    private final List<String> ids = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private String last;
    private String idOfEvent = "";
    private SocketChannel channel;
    private long leftNanos = System.nanoTime() - PAUSE_NANOS;
    private volatile int count;
    private volatile int connections;
    private volatile String refused = "";

    EventFollowing(int port, String token, String begin) {
        address = new InetSocketAddress("127.0.0.1", port);
        this.token = token;
        last = begin;
    }

    /** If it is not connected, and a moment has gone by. */
    void connect(Selector selector) throws IOException {
        if (channel != null || System.nanoTime() - leftNanos < PAUSE_NANOS) {
            return;
        }
        SocketChannel next = SocketChannel.open();
        next.configureBlocking(false);
        channel = next;
        line.setLength(0);
        try {
            boolean connected = next.connect(address);
            next.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            leave();
        }
    }

    void go(SelectionKey key) {
        try {
            if (key.isValid() && key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isValid() && key.isWritable()) {
                ask();
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isValid() && key.isReadable() && !read()) {
                leave();
            }
        } catch (IOException e) {
            leave(); // the host is gone
        }
    }

    /** By HTTP/1.0, so that the answer is no chunks. */
    private void ask() throws IOException {
        String request = "GET /events HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nLast-Event-ID: " + last + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        connections++;
    }

    private boolean read() throws IOException {
        BYTES.clear();
        int length = channel.read(BYTES);
        for (int n = 0; n < length; n++) {
            byte next = BYTES.get(n);
            if (next != '\n') {
                line.append((char) next);
            } else {
                take(line.toString());
                line.setLength(0);
            }
        }
        return length >= 0;
    }

    /** An event counts once it has come as a whole. */
    private void take(String whole) {
        if (whole.startsWith(ID)) {
            idOfEvent = whole.substring(ID.length());
        } else if (whole.startsWith("HTTP/") && !whole.contains(" 200 ") && !whole.contains(" 503 ")) {
            refused = whole; // 503 while the host starts
        } else if (whole.isEmpty() && !idOfEvent.isEmpty()) {
            ids.add(idOfEvent);
            last = idOfEvent;
            idOfEvent = "";
            count++;
        }
    }

    void leave() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        channel = null;
        idOfEvent = "";
        leftNanos = System.nanoTime();
    }

    int count() {
        return count;
    }

    /** Why it was sent away, if it was. */
    String refused() {
        return refused;
    }

    int connections() {
        return connections;
    }

    List<String> ids() {
        return ids;
    }
}
