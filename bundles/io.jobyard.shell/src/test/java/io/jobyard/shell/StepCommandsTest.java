// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals, callbacks and steps on the shell. */
class StepCommandsTest {

    @TempDir
    Path directory;

    private TestShell shell;
    private JobId job;

    @BeforeEach
    void submit() {
        shell = new TestShell(directory);
        shell.call("submit", "slow", "{}");
        job = shell.jobs.resolve("1");
    }

    @Test
    void aSignalHasAnyJsonTypedOrInAFileOrNone() throws Exception {
        Files.writeString(directory.resolve("value.json"), "[1, {\"a\": null}]\n");
        assertThat(shell.call("signal", "1", "go").out()).isEqualTo(job + " running\n");
        shell.call("signal", "1", "go", "\"ann\"");
        shell.call("signal", "1", "go", "--file", "value.json");
        shell.callWith("true", "signal", "1", "go", "--file", "-");
        shell.call("signal", "1", "go", "--as", "bob", "--", "-5");
        assertThat(shell.jobs.given)
                .containsExactly(
                        "go = true by ann",
                        "go = ann by ann",
                        "go = [1, {a=null}] by ann",
                        "go = true by ann",
                        "go = -5 by bob");
    }

    @Test
    void aValueThatIsTooLargeIsRefusedWhileItIsRead() {
        shell.limits.payloadBytes = 100;
        assertThat(shell.callWith("\"" + "x".repeat(100) + "\"", "signal", "1", "go", "--file", "-")
                        .err())
                .isEqualTo(
                        "standard input has more than 100 bytes, the value of max.payload.bytes: submit less at once, or"
                                + " raise max.payload.bytes in io.jobyard.scheduler\n");
        assertThat(shell.callWith("", "callback", "a.secret", "--file", "-").err())
                .isEqualTo("standard input is empty; give a JSON value such as true or {\"by\": \"ann\"}\n");
        assertThat(shell.jobs.given).isEmpty();
    }

    @Test
    void aSignalThatIsNotTakenSaysWhyInOneLine() {
        shell.call("submit", "echo", "{}");
        assertThat(shell.call("signal", "2", "go"))
                .isEqualTo(new TestShell.Answer(
                        5, "", "job " + shell.jobs.resolve("2") + " is completed: it takes no signal\n"));
        assertThat(shell.call("signal", "1", "many").err())
                .isEqualTo("job " + job + " has 100 signals that nothing has taken\n");
    }

    @Test
    void aCallbackIsAnsweredOrFails() {
        assertThat(shell.call("callback", "a.secret", "{\"n\":1}").out())
                .isEqualTo("job " + job + " received the answer\n");
        shell.call("callback", "a.secret", "--fail", "it is closed");
        assertThat(shell.jobs.given).containsExactly("a.secret = {n=1}", "a.secret = failed: it is closed");
    }

    @Test
    void aRetryFromAStepNamesTheStep() {
        shell.call("submit", "bad", "{}");
        JobId failed = shell.jobs.resolve("2");
        shell.jobs.worksInSteps(failed);
        assertThat(shell.call("retry", "2", "--from", "fetch").out()).isEqualTo(failed + " failed: host lost\n");
        assertThat(shell.call("retry", "2", "--from", "fecth").err())
                .isEqualTo("unknown step 'fecth': job " + failed + " has none\n");
    }

    @Test
    void signalsThatNothingHasTakenAreShown() {
        shell.jobs.signals.add(new JobSignal("go\u001b", FakeJobs.CREATED, "ann"));
        shell.jobs.signals.add(new JobSignal("stop", FakeJobs.CREATED, "bob"));
        String at = " at " + JobText.time(FakeJobs.CREATED);
        assertThat(shell.call("show", "1").out().replaceAll("\\s+", " "))
                .contains("signals not taken yet: go\\u001b, by ann" + at + "; stop, by bob" + at + " ");
    }

    @Test
    void manyStepsAreShownFromTheirEnd() {
        List<JobStep> steps = new ArrayList<>();
        for (int n = 1; n <= 60; n++) {
            steps.add(new JobStep(
                    n,
                    "part " + n,
                    StepKind.STEP,
                    1,
                    new JobStep.StepTimes(FakeJobs.CREATED, FakeJobs.CREATED, null, false),
                    List.of(),
                    n,
                    0));
        }
        shell.jobs.steps.put(job, steps);
        assertThat(shell.call("show", "1").out())
                .contains("\nsteps, without the first 10; --json shows all\n", "\n11  part 11  ", "\n60  part 60  ")
                .doesNotContain("part 10");
        assertThat(shell.call("show", "1", "--json").out()).contains("\"name\":\"part 10\"");
    }
}
