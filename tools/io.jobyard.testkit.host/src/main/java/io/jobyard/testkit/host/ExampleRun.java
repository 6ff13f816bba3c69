// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.handler.JobHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An example on a host of its own. */
final class ExampleRun implements AutoCloseable {

    final HandlerExample example;
    final List<JobHandler> made = new CopyOnWriteArrayList<>();
    final TestHost host;
    final TestJob job;

    /** Starts it on a host that was prepared so. */
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

    /** Gives it what it waits for until it has ended. */
    ExampleRun toEnd() {
        return until(() -> false);
    }

    /** The same until it is so. */
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

    /** The same when it has completed. */
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
