// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What a host expects of every handler, as tests: extend it and give examples. A test that fails says what the handler does wrong and what to
 * do about it.
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
 * <p>It needs JUnit 5, which it does not bring.
 */
@Isolated("it counts threads")
public abstract class HandlerContract {

    /** For classes that give examples. */
    protected HandlerContract() {}

    /**
     * Jobs that the handler completes. Called anew for each run: make handlers and all that they use, such as fakes, in here.
     *
     * @return at least one, always the same ones
     */
    protected abstract List<HandlerExample> examples();

    /**
     * How long a run that is cancelled may take to end, in the time of the wall clock. A host waits for {@code cancel.grace.seconds} and gives
     * its thread up then.
     *
     * @return a second unless it is overridden
     */
    protected Duration cancelGrace() {
        return Duration.ofSeconds(1);
    }

    /** The host dies before and after each commit in turn: the result, and what the outside has seen, are as without that. */
    @Test
    final void comesToTheSameWhereverItsHostDies() {
        each(example -> new DeathProof(example).prove());
    }

    /** It is cancelled at its first line, in the work of each step, and after each step and wait. */
    @Test
    final void endsSoonWhenItIsCancelled() {
        each(example -> new CancelProof(example, cancelGrace()).prove());
    }

    /** The schema is {@code OSGI-INF/jobs/TYPE.result.schema.json} on the handler's class path, if it is there. */
    @Test
    final void givesResultsAsTheirSchemaSays() {
        each(example -> new ResultProof(example).prove());
    }

    /** Handlers are made, used once and let go. */
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
