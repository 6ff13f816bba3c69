// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.schema.CopyMark;
import io.jobyard.store.jpa.schema.Schema;
import io.jobyard.store.jpa.schema.SchemaScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Database that a store is copied into. No host can open it until the copy is complete. */
final class CopyTarget {

    private static final String LOCK = "LOCK TABLE schema_version IN EXCLUSIVE MODE";
    private static final String EMPTY = ": use an empty database (for the embedded database, move data/db away)";

    private final CopiedStore store;
    private final Consumer<String> doing;

    CopyTarget(CopiedStore store, Consumer<String> doing) {
        this.store = store;
        this.doing = doing;
    }

    /** Prepares the database for a copy of the store with this stamp, or resumes an incomplete copy of it. */
    void begin(String stamp) {
        Optional<String> mark = store.mark();
        if (mark.isEmpty()) {
            make(stamp);
        } else if (!mark.get().equals(stamp)) {
            throw new StoreException(
                    store.name()
                            + " contains an incomplete copy of another store, or of an earlier state of this store"
                            + EMPTY,
                    null);
        } else if (!store.isCurrent()) {
            throw new StoreException(store.name() + " contains an incomplete copy by another version" + EMPTY, null);
        }
        store.commit();
    }

    private void make(String stamp) {
        store.ask(session -> {
            new Schema(session.connection(), store.dialect(), doing).migrate();
            return true;
        });
        store.beginTransactions();
        store.ask(session -> {
            SchemaScript.run(session, List.of(LOCK));
            return true;
        });
        CopiedTable.names().filter(table -> store.count(table) > 0).findFirst().ifPresent(table -> {
            throw new StoreException(
                    store.name() + " is not empty (its table " + table + " has rows), and would be overwritten" + EMPTY,
                    null);
        });
        store.ask(session -> {
            CopyMark.set(session, stamp);
            return true;
        });
    }

    /** Completes the copy, so that hosts can open the database. */
    void end() {
        store.ask(session -> {
            store.dialect().analyze(session.connection());
            CopyMark.remove(session);
            session.connection().commit();
            return true;
        });
    }
}
