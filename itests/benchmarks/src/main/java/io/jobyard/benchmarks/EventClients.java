// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Many who follow the events of a host by HTTP, on one thread. */
final class EventClients implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /** What one has heard: how many events, and a sum over their ids in their order. */
    private static final class Heard {
        private final StringBuilder line = new StringBuilder();
        private int events;
        private int sum = 1;

        void take(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                char next = (char) bytes.get();
                if (next != '\n') {
                    line.append(next);
                    continue;
                }
                if (line.length() > 4 && line.substring(0, 4).equals("id: ")) {
                    events++;
                    sum = 31 * sum + line.toString().hashCode();
                }
                line.setLength(0);
            }
        }
    }

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<Heard> all = new ArrayList<>();

    /** Connects so many, and returns once the host has taken each. */
    EventClients(URI host, String cookie, int count) throws IOException {
        String request = "GET /events HTTP/1.0\r\nHost: " + host.getAuthority() + "\r\nCookie: " + cookie
                + "\r\nSec-Fetch-Site: same-origin\r\n\r\n"; // of 1.0, so that the answer comes without chunks
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(host.getHost(), host.getPort()));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer first = ByteBuffer.allocate(BUFFER);
            channel.read(first);
            channel.configureBlocking(false);
            Heard heard = new Heard();
            heard.take(first.flip());
            channel.register(selector, SelectionKey.OP_READ, heard);
            channels.add(channel);
            all.add(heard);
        }
    }

    /** Reads until each has heard so many events more; how many seconds that takes. Throws if one is dropped. */
    double await(int events) throws IOException {
        long begun = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        int most = all.get(0).events + events;
        while (all.stream().anyMatch(heard -> heard.events < most)) {
            selector.select(1_000);
            for (SelectionKey key : selector.selectedKeys()) {
                buffer.clear();
                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                    throw new IOException("a client was dropped");
                }
                ((Heard) key.attachment()).take(buffer.flip());
            }
            selector.selectedKeys().clear();
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Whether all have heard the same, in the same order. */
    boolean agree() {
        Set<String> heard =
                all.stream().map(each -> each.events + " " + each.sum).collect(Collectors.toSet());
        return heard.size() == 1;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
