// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an example ends soon when it is cancelled at its first line, in the work of each step, and after each
 * step and wait.
 */
final class CancelProof {

    /** Longer than a host waits for a run that it asked to end. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(11);

    private final Supplier<HandlerExample> examples;
    private final Duration grace;

    CancelProof(Supplier<HandlerExample> examples, Duration grace) {
        this.examples = examples;
        this.grace = grace;
    }

    void prove() {
        List<String> moments;
        try (ExampleRun run = new ExampleRun(examples.get(), host -> {}).completed()) {
            moments = run.host.engine.around.moments().passed();
        }
        for (int nth = 1; nth <= moments.size(); nth++) {
            cancelled(nth, moments.get(nth - 1));
        }
    }

    private void cancelled(int nth, String moment) {
        Cancel cancel = new Cancel();
        HandlerExample example = examples.get();
        try (ExampleRun run = new ExampleRun(example, host -> {
            cancel.host = host;
            host.engine.around.moments().choose(nth, cancel);
        })) {
            run.until(() -> cancel.thread != null);
            if (cancel.thread == null) {
                throw new AssertionError(example + ": the handler does not come there a second time: " + moment
                        + "; it must call the same steps whenever it has the same payload");
            }
            if (!run.host.engine.settles(run.job::isFinished, grace)) {
                String position = cancel.position();
                run.host.advance(GIVEN_UP); // so that the host can end
                throw new AssertionError(example + ": cancelled " + moment + ", the run still goes on after "
                        + grace.toMillis() + " ms" + position + "; let InterruptedException pass, and ask"
                        + " context.cancelled() in loops");
            }
            if (run.job.status() != JobStatus.CANCELLED) {
                throw new AssertionError(example + ": cancelled " + moment + ", the job is not cancelled: " + run.job);
            }
        }
    }

    /** Cancels a job from within its run, at a known moment. */
    private static final class Cancel implements Consumer<JobId> {

        volatile @Nullable TestHost host;
        volatile @Nullable Thread thread;

        @Override
        public void accept(JobId id) {
            thread = Thread.currentThread(); // before, because the run may end at once on another thread
            host.jobs().cancel(id);
            host.engine.around.changed().run();
        }

        /** Returns the first line of the thread's stack that is not from a library. */
        String position() {
            return Stream.of(thread.getStackTrace())
                    .filter(frame -> frame.getClassLoaderName() != null
                            && !frame.getClassName().startsWith("java."))
                    .findFirst()
                    .map(frame -> ", at " + frame)
                    .orElse("");
        }
    }
}
