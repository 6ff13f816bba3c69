// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.sql.Ids;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code ready} for jobs that are read in the order of their ids, the greatest first. */
final class ReadyCursor implements AutoCloseable {

    private record CopiedPosition(byte[] id, long lane, long readyAt) {}

    private final CopiedStore store;
    private final ResultSet rows;
    private boolean fromTheFirst;
    private @Nullable CopiedPosition next;

    /** Begins at the first job, or at a later one, whose predecessors are skipped. */
    ReadyCursor(CopiedStore store, boolean fromTheFirst) {
        this.store = store;
        this.fromTheFirst = fromTheFirst;
        rows = store.ask(session -> session.query("SELECT id, lane, ready_at FROM ready ORDER BY id DESC")
                .executeQuery());
        next = read();
    }

    private @Nullable CopiedPosition read() {
        return store.ask(session -> rows.next()
                        ? Optional.of(new CopiedPosition(rows.getBytes(1), rows.getLong(2), rows.getLong(3)))
                        : Optional.<CopiedPosition>empty())
                .orElse(null);
    }

    /** The lane of the next job; null if it is in none. */
    @Nullable
    Long lane(byte[] id, @Nullable Long readyAt) {
        while (!fromTheFirst && next != null && Arrays.compareUnsigned(next.id(), id) > 0) {
            next = read();
        }
        fromTheFirst = true;
        CopiedPosition position = next;
        if (position == null || Arrays.compareUnsigned(position.id(), id) < 0) {
            return null;
        }
        if (!Arrays.equals(position.id(), id) || readyAt == null || readyAt != position.readyAt()) {
            throw broken(position);
        }
        next = read();
        return position.lane();
    }

    /** Checks that no row is left after the last job. */
    void end() {
        if (next != null && fromTheFirst) {
            throw broken(next);
        }
    }

    private StoreException broken(CopiedPosition position) {
        return new StoreException(
                store.name() + ": job " + Ids.uuid(position.id())
                        + " has a position in a lane that is not in its own row: restore a backup, or ask for help",
                null);
    }

    @Override
    public void close() {
        store.ask(session -> {
            rows.close();
            return true;
        });
    }
}
