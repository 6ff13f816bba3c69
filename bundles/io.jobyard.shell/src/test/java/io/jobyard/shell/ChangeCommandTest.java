// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobTerms;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeCommandTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void submit() {
        shell = new TestShell(directory);
        shell.call("submit", "slow", "{}", "--queue", "q", "--label", "a=1", "--label", "b=2", "--limits", "gpu");
        shell.call("submit", "echo", "{}");
    }

    @Test
    void whatIsNamedChangesAndTheRestStays() {
        TestShell.Answer answer =
                shell.call("change", "01", "--priority", "2", "--label", "a=x=y", "--label", "b=", "--after", "2h");
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out()).endsWith("00000001 running\n");

        JobTerms terms = terms();
        assertThat(terms.routing().priority()).isEqualTo(2);
        assertThat(terms.routing().queue()).isEqualTo("q");
        assertThat(terms.identity().labels()).isEqualTo(Map.of("a", "x=y"));
        assertThat(terms.times().notBefore()).isEqualTo(FakeJobs.CREATED.plusSeconds(7200));
        assertThat(terms.demand().limits()).containsExactly("gpu");
    }

    @Test
    void noneTakesTheQueueAndTheLimitsAway() {
        shell.call("change", "01", "--queue", "none", "--limits", "none");
        assertThat(terms().routing().queue()).isNull();
        assertThat(terms().demand().limits()).isEmpty();

        shell.call("change", "01", "--queue", "bulk", "--limits", "gpu, openai");
        assertThat(terms().routing().queue()).isEqualTo("bulk");
        assertThat(terms().demand().limits()).containsExactly("gpu", "openai");
    }

    @Test
    void whatIsRefusedForOneJobIsDoneToTheOthers() {
        TestShell.Answer answer = shell.call("change", "02", "01", "--priority", "1", "--json");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out()).contains("\"state_conflict\"").contains("\"jobs\":[{\"id\":");
        assertThat(terms().routing().priority()).isEqualTo(1);
    }

    @Test
    void aChangeOfNothingIsRefused() {
        assertThat(shell.call("change", "01").err())
                .contains("nothing to change: give --priority, --queue, --timeout, --after, --label or --limits");
        assertThat(shell.call("change", "01", "--after", "soon").err()).contains("--after must be an instant");
    }

    private JobTerms terms() {
        return shell.jobs.jobs.values().iterator().next().terms();
    }
}
