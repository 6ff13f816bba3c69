// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import java.util.ArrayList;
import java.util.List;

/** What a session is at. Whatever becomes of its host, its rows are held until it is committed or rolled back. */
final class OpenTransaction {

    /** Another transaction holds a row: whoever wants it waits until that one has ended, and asks anew. */
    static final class Blocked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Blocked() {
            super("another transaction holds a row", null, false, false);
        }
    }

    private final Database database;
    private final List<Runnable> whenCommitted = new ArrayList<>();
    private boolean open = true;

    OpenTransaction(Database database) {
        this.database = database;
    }

    /** Holds a row. */
    void lock(SimulatedTable<?, ?> table, Object key, RowLock how) {
        if (!database.lock(this, new Database.Row(table, key), how)) {
            throw new Blocked();
        }
    }

    /** Has that done in the moment of its commit. */
    void whenCommitted(Runnable call) {
        whenCommitted.add(call);
    }

    boolean isOpen() {
        return open;
    }

    void commit() {
        open = false;
        database.end(this, true);
        whenCommitted.forEach(Runnable::run);
    }

    void rollBack() {
        open = false;
        database.end(this, false);
    }
}
