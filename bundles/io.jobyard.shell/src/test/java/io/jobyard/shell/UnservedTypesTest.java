// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.HandlerName;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.jobs.Slots;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are accepted and that nobody would run now. */
class UnservedTypesTest {

    private static final String ECOH =
            "no handler serves type 'ecoh' now: the job waits for one (did you mean 'echo'?)";

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void theLineAfterTheIdSaysSo() throws Exception {
        TestShell.Answer answer = shell.call("submit", "ecoh", "{}");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).endsWith("00000001 queued\n").hasLineCount(1);
        assertThat(answer.err()).isEqualTo(ECOH + "\n");
        assertThat(shell.call("submit", "ecoh", "{}", "--await").err()).isEqualTo(ECOH + "\n");
        assertThat(new ObjectMapper()
                        .readTree(shell.call("submit", "ecoh", "{}", "--json").out())
                        .at("/warnings/0")
                        .asText())
                .isEqualTo(ECOH);
        assertThat(shell.call("submit", "nightly_report", "{}").err())
                .isEqualTo("no handler serves type 'nightly_report' now: the job waits for one\n");
    }

    @Test
    void whatAnotherHostServesIsServed() {
        HostHandler fax = new HostHandler("fax", new HandlerName("1.5.0", "com.acme.fax 1.5.0"), Set.of(), null);
        shell.living = new HostIncarnation(
                new UUID(0, 8),
                "build-8:12",
                FakeJobs.CREATED,
                null,
                false,
                new HostOffer(new Slots(4, 0), List.of(fax), false, "1"),
                null);
        assertThat(shell.call("submit", "fax", "{}").err()).isEmpty();
        assertThat(shell.call("submit", "fax", "{}", "--handler-version", "[2,3)")
                        .err())
                .startsWith("no handler serves type 'fax' now");
    }

    @Test
    void aHandlerThatMayNotRunItSaysSo() {
        String line = "no active handler of type 'T' may run it now: the job waits for one;"
                + " job:handlers --type T shows the available handlers\n";
        assertThat(shell.call("submit", "echo", "{}", "--handler-version", "[9,10)")
                        .err())
                .isEqualTo(line.replace("T", "echo"));
        assertThat(shell.call("submit", "aside", "{}").err()).isEqualTo(line.replace("T", "aside"));
    }

    @Test
    void aTypeIsSaidOnceHoweverManyJobsHaveIt() {
        assertThat(shell.call("submit", "ecoh", "{}", "--times", "1000").err()).isEqualTo(ECOH + "\n");
        String batch = IntStream.range(0, 40)
                .mapToObj(n -> "{\"type\":\"x" + n % 20 + "\",\"payload\":{}}\n")
                .collect(Collectors.joining());
        assertThat(shell.callWith(batch, "submit", "--batch", "-").err())
                .startsWith("no handler serves type 'x0' now")
                .endsWith("no handler serves 10 more types now; job:handlers shows the available handlers\n")
                .hasLineCount(11);
    }

    @Test
    void aJobThatWasThereIsNotWarnedOf() {
        assertThat(shell.call("submit", "ecoh", "{}", "--key", "twice").err()).isEmpty();
    }

    @Test
    void whoMayNotSeeTheHandlersIsNotToldOfThem() {
        shell.caller = Caller.user("ann");
        shell.access.allow(Permission.SUBMIT);
        assertThat(shell.call("submit", "ecoh", "{}").err())
                .isEqualTo("no handler serves type 'ecoh' now: the job waits for one\n");
    }
}
