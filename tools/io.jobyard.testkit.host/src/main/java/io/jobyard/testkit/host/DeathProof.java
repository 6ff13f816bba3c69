// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that an example has the same result when its host dies before and after each of its commits in turn. */
final class DeathProof {

    /** A child has another id if another run submits it. */
    private static final Pattern JOB_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Supplier<HandlerExample> examples;
    private final List<String> commits;
    private final String result;
    private final @Nullable Object outside;

    /** Runs the example first without a death of the host. */
    DeathProof(Supplier<HandlerExample> examples) {
        this.examples = examples;
        try (ExampleRun run = new ExampleRun(examples.get(), host -> {}).completed()) {
            commits = run.host.commits();
            result = result(run.job);
            outside = run.example.seenOutside();
        }
    }

    void prove() {
        for (int commit = 1; commit <= commits.size(); commit++) {
            int nth = commit;
            dying("right before ", nth, host -> host.diesBefore(nth));
            dying("right after ", nth, host -> host.diesAfter(nth));
        }
    }

    private void dying(String side, int nth, Consumer<TestHost> death) {
        HandlerExample example = examples.get();
        String when = example + ": when the host dies " + side + commits.get(nth - 1) + " is stored, ";
        try (ExampleRun run = new ExampleRun(example, death).toEnd()) {
            require(
                    run.host.deaths() == 1,
                    when + "the handler does not come there a second time: " + run.host.commits() + " in place of "
                            + commits + "; it must call the same steps whenever it has the same payload");
            require(
                    run.host.lostOutput().isEmpty(),
                    when + "output that came before is not stored: " + run.host.lostOutput()
                            + "; that is a fault of the host, not of the handler");
            require(
                    run.job.status() == JobStatus.COMPLETED,
                    when + "the next run does not complete: " + run.job.error()
                            + "; code outside steps runs again, and so does the step that was not stored: make both harmless then");
            require(
                    result(run.job).equals(result),
                    when + "the result is " + result(run.job) + " in place of " + result
                            + ": read clocks, random numbers and all that changes in a step, and keep nothing in fields");
            require(
                    Objects.equals(run.example.seenOutside(), outside),
                    when + "the outside has seen "
                            + run.example.seenOutside() + " in place of " + outside
                            + ": put each effect into a step of its own, with the job's id and the step's name as a key that the"
                            + " other side knows again");
            run.job.steps().forEach(step -> requireOnce(step, run.job.workedIn(step.name()), when));
        } catch (IllegalStateException e) { // the run hangs, or waits for an event that never occurs
            throw new AssertionError(when + "the next run does not end: " + e.getMessage(), e);
        }
    }

    /** Checks that no run after the one that stored a step repeats its work. */
    static void requireOnce(JobStep stored, List<Integer> worked, String when) {
        require(
                worked.stream().allMatch(run -> run <= stored.run()),
                when + "step '" + stored.name() + "' is stored by run " + stored.run()
                        + ", and its work is done in the runs " + worked);
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new AssertionError(otherwise);
        }
    }

    private static String result(TestJob job) {
        return JOB_ID.matcher(job.resultText()).replaceAll("JOB");
    }
}
