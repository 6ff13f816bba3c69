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

/** Columns of a job's row that a move writes: all columns that the move may change, and few others. */
public enum UpdateScope {
    /** Columns of the first start of a job. */
    START,
    /** Columns of the end of a run without an error. */
    END,
    /** Columns of every move that does not change the terms. */
    STATE,
    /** Columns of every move, including the terms. */
    TERMS;

    /** Returns the smallest scope that contains all changes of a move. */
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

    /** Returns whether the fields that only larger scopes write are equal. */
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

    /** Scopes that write a column. A column without this annotation is written only with a new row. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface WrittenIn {
        UpdateScope[] value();
    }
}
