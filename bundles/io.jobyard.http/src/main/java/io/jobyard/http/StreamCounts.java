// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.QuotaException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Number of open event streams, in total and for each owner: a user, and a token or session. */
final class StreamCounts {

    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    StreamCounts(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Counts a stream for all its owners; the result removes it from the count, once. */
    synchronized Runnable take(List<String> owners) {
        if (all >= most) {
            throw new QuotaException("too many event streams: the host has " + most
                    + " open; close some, or raise streams.max in etc/" + WebSettings.PID + ".cfg");
        } else if (owners.stream().anyMatch(owner -> open.getOrDefault(owner, 0) >= mostOfOne)) {
            throw new QuotaException("too many event streams: this user or token has " + mostOfOne
                    + " open; close some, or raise streams.per.user.max in etc/" + WebSettings.PID + ".cfg");
        }
        all++;
        owners.forEach(owner -> open.merge(owner, 1, Integer::sum));
        AtomicBoolean isOpen = new AtomicBoolean(true);
        return () -> {
            if (isOpen.getAndSet(false)) {
                leave(owners);
            }
        };
    }

    private synchronized void leave(List<String> owners) {
        all--;
        owners.forEach(owner -> open.computeIfPresent(owner, (any, number) -> number == 1 ? null : number - 1));
    }

    /** Returns the number of open streams. */
    synchronized int open() {
        return all;
    }
}
