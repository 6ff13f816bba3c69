// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs of a list, fetched page by page on demand. */
final class JobIterator implements Iterator<RemoteJob> {

    private final Function<@Nullable String, JsonNode> page;
    private final Queue<RemoteJob> jobs = new ArrayDeque<>();
    private @Nullable String next;
    private boolean over;

    /** {@code page} returns the page after a job; the first page for null. */
    JobIterator(Function<@Nullable String, JsonNode> page) {
        this.page = page;
    }

    @Override
    public boolean hasNext() {
        while (jobs.isEmpty() && !over) {
            JsonNode some = page.apply(next);
            jobs.addAll(JsonFields.list(some, "jobs", RemoteJob::new));
            next = JsonFields.textOrNull(some, "next");
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
