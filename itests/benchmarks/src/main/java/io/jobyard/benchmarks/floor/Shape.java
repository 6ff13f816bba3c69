// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import io.jobyard.benchmarks.floor.Rows.JobAt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The life of a job, step by step. */
public enum Shape {
    /** It starts and completes. */
    PLAIN(Step.INSERT, Step.START, Step.COMPLETE),
    /** It waits for another one first. */
    DEPENDENT(Step.INSERT_WAITING, Step.RELEASE, Step.START, Step.COMPLETE),
    /** Its first run fails, its second completes. */
    RETRIED(Step.INSERT, Step.START, Step.RETRY, Step.DUE, Step.START_AGAIN, Step.COMPLETE_AGAIN),
    /** Its only run reaches its timeout. */
    TIMED_OUT(Step.INSERT, Step.START, Step.TIME_OUT),
    /** Its run stores what twenty steps of its handler give. */
    STEPPED(20, Step.INSERT, Step.START, Step.COMPLETE);

    private final List<Step> steps;

    Shape(Step... steps) {
        this(0, steps);
    }

    /** With so much work before the last step. */
    Shape(int work, Step... steps) {
        List<Step> all = new ArrayList<>(List.of(steps));
        all.addAll(steps.length - 1, Collections.nCopies(work, Step.WORK));
        this.steps = List.copyOf(all);
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether its runs wait for commits: then no more begin or end at once than run. */
    boolean hasWork() {
        return steps.contains(Step.WORK);
    }

    /** One step, and which run it belongs to. */
    enum Step {
        INSERT(0, (rows, job, payload, parent) -> rows.insert(job, payload, null)),
        INSERT_WAITING(0, Rows::insert),
        RELEASE(0, (rows, job, payload, parent) -> rows.release(job, parent)),
        START(1, (rows, job, payload, parent) -> rows.start(job)),
        RETRY(1, (rows, job, payload, parent) -> rows.retry(job)),
        DUE(1, (rows, job, payload, parent) -> rows.due(job)),
        START_AGAIN(2, (rows, job, payload, parent) -> rows.start(job)),
        COMPLETE(1, (rows, job, payload, parent) -> rows.complete(job)),
        COMPLETE_AGAIN(2, (rows, job, payload, parent) -> rows.complete(job)),
        WORK(1, (rows, job, payload, parent) -> rows.work(job)),
        TIME_OUT(1, (rows, job, payload, parent) -> rows.timeOut(job));

        private final int run;
        private final Writing writing;

        Step(int run, Writing writing) {
            this.run = run;
            this.writing = writing;
        }

        private interface Writing {
            void write(Rows rows, JobAt job, String payload, byte[] parent) throws SQLException;
        }

        void write(Rows rows, byte[] id, int version, String payload, byte[] parent) throws SQLException {
            writing.write(rows, new JobAt(id, version, run, System.currentTimeMillis() * 1_000), payload, parent);
        }
    }
}
