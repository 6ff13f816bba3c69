// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Tests of a host's expectations of every handler: extend this class and give examples. The message of a failed test
 * contains the problem and the fix.
 *
 * <pre>{@code
 * class InviteContractTest extends HandlerContract {
 *     @Override
 *     protected List<HandlerExample> examples() {
 *         Mailbox mailbox = new Mailbox();
 *         return List.of(HandlerExample.of(() -> new Invite(mailbox), Map.of("to", "ada"))
 *                 .waiting(job -> job.signal("approved", true))
 *                 .outside(mailbox::sent));
 *     }
 * }
 * }</pre>
 *
 * <p>It needs JUnit 5, which is not a dependency of this bundle.
 */
@Isolated("it counts threads")
public abstract class HandlerContract {

    /** For subclasses with examples. */
    protected HandlerContract() {}

    /**
     * Returns jobs that the handler completes. It is called for each run: create handlers and all objects that they
     * use, for example fakes, in this method.
     *
     * @return at least one example, the same ones at each call
     */
    protected abstract List<HandlerExample> examples();

    /**
     * Returns how long a cancelled run may take to end, in wall clock time. A host waits for {@code
     * cancel.grace.seconds} and then abandons the thread.
     *
     * @return one second unless overridden
     */
    protected Duration cancelGrace() {
        return Duration.ofSeconds(1);
    }

    /**
     * The host dies before and after each commit in turn. The result and the outside effects must be the same as
     * without a death.
     */
    @Test
    final void comesToTheSameWhereverItsHostDies() {
        each(example -> new DeathProof(example).prove());
    }

    /** The job is cancelled at its first line, in the work of each step, and after each step and wait. */
    @Test
    final void endsSoonWhenItIsCancelled() {
        each(example -> new CancelProof(example, cancelGrace()).prove());
    }

    /** The schema is {@code OSGI-INF/jobs/TYPE.result.schema.json} on the class path; otherwise that of a typed handler's result. */
    @Test
    final void givesResultsAsTheirSchemaSays() {
        each(example -> new ResultProof(example).prove());
    }

    /** Handlers are created, used once and released. */
    @Test
    final void leavesNothingBehindAfterAHundredUpdates() {
        each(example -> new LeakProof(example).prove());
    }

    private void each(Consumer<Supplier<HandlerExample>> proof) {
        int count = examples().size();
        if (count == 0) {
            throw new AssertionError(
                    getClass().getSimpleName() + ".examples() is empty: give an example that completes");
        }
        for (int n = 0; n < count; n++) {
            int at = n;
            proof.accept(() -> examples().get(at));
        }
    }
}
