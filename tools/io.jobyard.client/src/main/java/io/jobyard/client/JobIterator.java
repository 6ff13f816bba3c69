// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Jobs of a list, fetched page by page on demand. */
final class JobIterator implements Iterator<RemoteJob> {

    private static final int PAGE = 500;

    private final HttpCalls calls;
    private final RemoteQuery query;
    private final Queue<RemoteJob> jobs = new ArrayDeque<>();
    private @Nullable String next;
    private boolean over;

    JobIterator(HttpCalls calls, RemoteQuery query) {
        this.calls = calls;
        this.query = query.with("limit", String.valueOf(PAGE));
    }

    @Override
    public boolean hasNext() {
        while (jobs.isEmpty() && !over) {
            JsonNode some = page();
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

    private JsonNode page() {
        RemoteQuery page = next == null ? query : query.with("after", next);
        return Chained.join(calls.send(HttpCall.get(HttpCall.JOBS + "?" + page.text())));
    }
}
