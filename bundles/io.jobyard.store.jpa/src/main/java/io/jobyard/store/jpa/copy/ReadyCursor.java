// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.sql.Ids;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cursor over rows of {@code ready}, for jobs in descending order of their IDs. */
final class ReadyCursor implements AutoCloseable {

    private record CopiedPosition(byte[] id, long lane, long readyAt) {}

    private final CopiedStore store;
    private final ResultSet rows;
    private boolean fromTheFirst;
    private @Nullable CopiedPosition next;

    /**
     * Creates the cursor.
     *
     * @param fromTheFirst whether the copy begins at the first job; otherwise rows of earlier jobs are skipped
     */
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

    /** Returns the lane of the next job; null if the job is in no lane. */
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

    /** Checks that no rows are left after the last job. */
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
