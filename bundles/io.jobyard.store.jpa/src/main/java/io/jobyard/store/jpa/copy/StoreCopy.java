// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a store into another database row by row, and then compares each row with its original. An interrupted copy continues after its
 * last commit, because rows are copied in the order of their keys.
 */
public final class StoreCopy {

    public static final int SLICE = 1_000;

    private static final int TOLD = 10_000;

    private final CopiedStore from;
    private final CopiedStore to;
    private final CopySource source;
    private final CopyTarget target;
    private final Consumer<String> doing;
    private final int slice;

    /**
     * @param position position of this host, as in {@link io.jobyard.store.jpa.incarnation.HostCandidate}; empty if unknown
     * @param doing receives progress messages
     */
    public StoreCopy(CopiedStore from, CopiedStore to, String position, Consumer<String> doing, int slice) {
        this.from = from;
        this.to = to;
        source = new CopySource(from, position);
        target = new CopyTarget(to, doing);
        this.doing = doing;
        this.slice = slice;
    }

    /** Copies and compares everything. Returns a summary for users. */
    public String run() {
        String stamp = source.begin();
        target.begin(stamp);
        for (CopiedTable table : CopiedTable.ALL) {
            copy(RowShape.of(table, from, to));
        }
        long rows = 0;
        long jobs = 0;
        for (CopiedTable table : CopiedTable.ALL) {
            long found = compare(RowShape.of(table, from, to));
            rows += found;
            jobs += table.isJob() ? found : 0;
        }
        source.end(stamp);
        target.end();
        return "%,d jobs copied, with %,d rows of %d tables in total; each row was compared with its source"
                .formatted(jobs, rows, CopiedTable.ALL.size());
    }

    private void copy(RowShape shape) {
        String table = shape.table().name();
        long all = from.count(table);
        long done = to.count(table);
        if (done > all) {
            throw differs("table " + table + " has " + done + " rows instead of " + all);
        }
        tellCopied(table, done, all);
        RowBatch batch = new RowBatch(to, shape, slice);
        try (RowCursor rows = new RowCursor(from, shape, done)) {
            for (Object[] row = rows.next(); row != null; row = rows.next()) {
                batch.add(row);
                done++;
                if (batch.isFull()) {
                    batch.send();
                    tellCopied(table, done, all);
                }
            }
        }
        batch.send();
    }

    private void tellCopied(String table, long done, long all) {
        doing.accept("copying table %s: %,d of %,d rows".formatted(table, done, all));
    }

    private long compare(RowShape shape) {
        String table = shape.table().name();
        long done = 0;
        doing.accept("comparing table " + table);
        try (RowCursor originals = new RowCursor(from, shape, 0);
                RowCursor copies = new RowCursor(to, shape, 0)) {
            Object[] original = originals.next();
            Object[] copy = copies.next();
            while (original != null || copy != null) {
                refuseDifference(shape, original, copy);
                if (++done % TOLD == 0) {
                    doing.accept("comparing table %s: %,d rows".formatted(table, done));
                }
                original = originals.next();
                copy = copies.next();
            }
        }
        return done;
    }

    private void refuseDifference(RowShape shape, Object @Nullable [] original, Object @Nullable [] copy) {
        if (original == null) {
            throw differs(shape.name(Objects.requireNonNull(copy)) + " does not exist in the source");
        } else if (copy == null) {
            throw differs(shape.name(original) + " is missing");
        }
        int order = shape.compare(original, copy);
        String column = shape.difference(original, copy);
        if (order < 0) {
            throw differs(shape.name(original) + " is missing");
        } else if (order > 0) {
            throw differs(shape.name(copy) + " does not exist in the source");
        } else if (column != null) {
            throw differs(shape.name(original) + " has another " + column);
        }
    }

    private StoreException differs(String what) {
        return new StoreException(
                to.name() + " differs from the source: " + what + "; try again with an empty database", null);
    }
}
