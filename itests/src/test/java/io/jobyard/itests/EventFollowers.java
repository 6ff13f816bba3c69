// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Many clients of {@code /events} on one thread; each comes back with its last id when its host has gone. */
final class EventFollowers implements AutoCloseable {

    private static final int LOOK_MILLIS = 50;

    private final Selector selector = Selector.open();
    private final List<EventFollowing> all;
    private final Thread thread;
    private volatile boolean closed;

    EventFollowers(int port, String token, String begin, int many) throws IOException {
        all = IntStream.range(0, many)
                .mapToObj(n -> new EventFollowing(port, token, begin))
                .toList();
        thread = new Thread(this::follow, "followers");
        thread.start();
    }

    private void follow() {
        try {
            while (!closed) {
                for (EventFollowing each : all) {
                    each.connect(selector);
                }
                selector.select(LOOK_MILLIS);
                for (SelectionKey key : selector.selectedKeys()) {
                    ((EventFollowing) key.attachment()).go(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    boolean allHave(int events) {
        return all.stream().allMatch(each -> each.count() >= events);
    }

    /** The ids of each, in the order in which they came. */
    List<List<String>> told() {
        List<List<String>> told = new ArrayList<>();
        all.forEach(each -> told.add(each.ids()));
        return told;
    }

    List<String> refused() {
        return all.stream()
                .map(EventFollowing::refused)
                .filter(why -> !why.isEmpty())
                .toList();
    }

    int connections() {
        return all.stream().mapToInt(EventFollowing::connections).sum();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (EventFollowing each : all) {
            each.leave();
        }
        selector.close();
    }
}
