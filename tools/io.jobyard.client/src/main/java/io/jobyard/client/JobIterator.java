// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs of a list, fetched page by page on demand. */
final class JobIterator implements Iterator<RemoteJob> {

    private static final int PAGE = 500;

    private final Function<RemoteQuery, CompletableFuture<RemotePage>> pages;
    private final RemoteQuery query;
    private final Queue<RemoteJob> jobs = new ArrayDeque<>();
    private @Nullable String next;
    private boolean over;

    JobIterator(Function<RemoteQuery, CompletableFuture<RemotePage>> pages, RemoteQuery query) {
        this.pages = pages;
        this.query = query.limit(PAGE);
    }

    @Override
    public boolean hasNext() {
        while (jobs.isEmpty() && !over) {
            RemotePage page = Chained.join(pages.apply(next == null ? query : query.after(next)));
            jobs.addAll(page.jobs());
            next = page.next().orElse(null);
            over = next == null;
        }
        return !jobs.isEmpty();
    }

    @Override
    public RemoteJob next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return jobs.remove();
    }
}
