// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Run of an example on its own host. */
final class ExampleRun implements AutoCloseable {

    final HandlerExample example;
    final List<Object> made = new CopyOnWriteArrayList<>();
    final TestHost host;
    final TestJob job;

    /** Starts the example on a host with this preparation. */
    ExampleRun(HandlerExample example, Consumer<TestHost> preparation) {
        this.example = example;
        host = example.host(made);
        preparation.accept(host);
        job = submitted();
    }

    private TestJob submitted() {
        try {
            return host.submit(example.payload());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Provides signals and answers until the job has ended. */
    ExampleRun toEnd() {
        return until(() -> false);
    }

    /** Provides signals and answers until the condition is true. */
    ExampleRun until(BooleanSupplier so) {
        for (int waits = 0; waits < TestJob.MOST_WAITS; waits++) {
            host.engine.settle(() -> job.isFinished() || so.getAsBoolean());
            if (job.isFinished() || so.getAsBoolean()) {
                return this;
            }
            if (!movesOnByAnswer()) {
                job.passTime();
            }
        }
        throw new IllegalStateException(job + " waits again and again");
    }

    private boolean movesOnByAnswer() {
        Reason reason = job.reason();
        if (job.status() != JobStatus.WAITING || reason != Reason.SIGNAL && reason != Reason.CALLBACK) {
            return false;
        }
        int run = job.job().state().run().number();
        example.answer(job);
        host.engine.turn();
        return job.job().state().run().number() != run;
    }

    /** Provides signals and answers until the job has ended, and checks that it completed. */
    ExampleRun completed() {
        if (toEnd().job.status() != JobStatus.COMPLETED) {
            throw new AssertionError(example + " does not complete: " + job
                    + "; give it a payload, and answers to what it waits for, with which it does");
        }
        return this;
    }

    @Override
    public void close() {
        host.close();
        example.deactivate(made);
    }
}
