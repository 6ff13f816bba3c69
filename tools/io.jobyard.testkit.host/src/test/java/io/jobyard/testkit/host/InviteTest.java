// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jobyard.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page about tests shows of steps and waits. */
class InviteTest {

    private static final Path PAGE = Path.of("../../docs/how-to/test-a-handler.md");
    private static final Path HERE = Path.of("src/test/java/io/jobyard/testkit/host");

    private final Mailbox mailbox = new Mailbox();

    @Test
    void mailsAndWaits() {
        try (TestHost host = TestHost.with(new Invite(mailbox))) {
            host.diesBefore(2); // the mail is sent, and the host dies before that is stored
            TestJob job = host.submit(Map.of("to", "ada")).awaitWaiting();
            assertEquals(Reason.SIGNAL, job.reason());
            assertEquals(2, job.worked("mail"));
            assertEquals(1, job.worked("draft"));

            host.advance(Duration.ofDays(1));
            job.signal("approved", true);
            assertEquals(Map.of("invited", true), job.await().result());
        }
    }

    @Test
    void isWhatThePageShows() throws IOException {
        List<String> blocks = Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();

        assertThat(Files.readString(HERE.resolve("InviteTest.java")))
                .contains(blocks.get(1).indent(8).replaceAll("(?m)^ +$", ""));
        assertThat(Files.readString(HERE.resolve("InviteContractTest.java"))).contains(blocks.get(2));
    }
}
