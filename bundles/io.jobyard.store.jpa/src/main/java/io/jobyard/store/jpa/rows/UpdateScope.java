// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;

/** Which columns of a job's row a move writes: all that it may change, and few others. */
public enum UpdateScope {
    /** Columns of the first start of a job. */
    START,
    /** Columns of the end of a run without an error. */
    END,
    /** Columns of any move that does not change the terms. */
    STATE,
    /** Columns of a changed job. */
    TERMS;

    /** The narrowest. */
    public static UpdateScope of(Move move) {
        if (move.changesTerms()) {
            return TERMS;
        }
        JobState old = move.before().job().state();
        JobState state = move.state();
        if (!sameBooks(move.before().books(), move.books()) || !Objects.equals(old.error(), state.error())) {
            return STATE;
        }
        if (state.status() == JobStatus.RUNNING) {
            boolean first = Objects.equals(old.run().startedAt(), state.run().startedAt())
                    && Objects.equals(old.completedAt(), state.completedAt());
            return first ? START : STATE;
        }
        boolean sameRun = old.run().number() == state.run().number()
                && old.run().attempt() == state.run().attempt()
                && Objects.equals(old.run().host(), state.run().host())
                && Objects.equals(old.run().queue(), state.run().queue())
                && Objects.equals(old.run().begunWith(), state.run().begunWith())
                && move.before().books().versions().canary()
                        == move.books().versions().canary();
        return sameRun ? END : STATE;
    }

    /** Compares the fields that only the scope of the state writes. */
    private static boolean sameBooks(SchedulingState old, SchedulingState books) {
        return old.pending() == books.pending()
                && old.losses() == books.losses()
                && old.cancelRequested() == books.cancelRequested()
                && Objects.equals(old.readyAt(), books.readyAt())
                && Objects.equals(old.dueAt(), books.dueAt())
                && Objects.equals(old.versions().madeFor(), books.versions().madeFor())
                && Objects.equals(old.versions().form(), books.versions().form());
    }

    boolean writes(Field column) {
        WrittenIn written = column.getAnnotation(WrittenIn.class);
        return written != null && List.of(written.value()).contains(this);
    }

    /** The scopes that write a column. A column without it is written with the new row alone. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface WrittenIn {
        UpdateScope[] value();
    }
}
