// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.spi.access.Caller;
import io.jobyard.views.api.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GogoSessionsTest {

    @TempDir
    Path data;

    private TestShell shell;
    private ShellServer server;

    @BeforeEach
    void serve() throws IOException {
        shell = new TestShell(data);
        server = new ShellServer(data, shell.gogo());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job:submit echo {\"text\":\"it's\"}",
                "submit echo {\"text\":\"it's\"} --priority 2",
                "submit --priority 2 echo { \"text\" : \"it's\" }",
                "submit echo {\n\"text\": \"it's\"\n}",
                "submit echo {\"text\":\"it\\u0027s\"}",
                "submit echo '{\"text\": \"it\\u0027s\"}'",
            })
    void jsonComesThroughAsItWasTyped(String line) throws Exception {
        assertThat(run(line).exit()).isZero();
        assertThat(payload()).isEqualTo(Map.of("text", "it's"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a b\":\"$x * ?  \\\\ } { ;|&<> \\\" ~ #\"}",
                "'{\"a b\":\"$x * ?  \\\\ } { ;|&<> \\\" ~ #\"}'"
            })
    void nothingInJsonMeansAnythingToTheShell(String json) throws Exception {
        assertThat(run("submit echo " + json).err()).isEmpty();
        assertThat(payload()).isEqualTo(Map.of("a b", "$x * ?  \\ } { ;|&<> \" ~ #"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "",
                " a  b ",
                "$x ${x} $(list)",
                "~ * ?",
                "a;b|c&&d>e<f",
                "\\n \\",
                "\"a\"",
                "'a'",
                "{\"a\": 1}",
                "#no",
                "zwei\nZeilen",
                "[1,2]",
                "a=b",
                "%x",
                "@file",
                "grüße"
            })
    void anArgumentOfACallMeansNothingToTheShell(String text) throws Exception {
        String json = JsonWriter.compact(Map.of("a b", text));
        assertThat(call("submit", "echo", json, "--key", text.isEmpty() ? "k" : text, "--label", "l=" + text)
                        .err())
                .isEmpty();
        assertThat(payload()).isEqualTo(Map.of("a b", text));
        assertThat(shell.jobs.submitted.get(0).identity().key()).isEqualTo(text.isEmpty() ? "k" : text);
        assertThat(shell.jobs.submitted.get(0).identity().labels()).isEqualTo(Map.of("l", text));
    }

    @Test
    void aCallEndsLikeItsCommandAndGetsTheInput() throws Exception {
        assertThat(call("show", "99").exit()).isEqualTo(4);
        assertThat(call("list", "").err()).contains("unexpected argument ''");
        assertThat(call("bogus").err())
                .startsWith("unknown command 'job:bogus'")
                .hasLineCount(1);
        assertThat(call("list;list").err()).hasLineCount(1);
        try (TestClient client = client()) {
            client.send("JOBYARD/1 call 0 0 dumb\n")
                    .words("submit", "echo", "--file", "-")
                    .send("{\"b\":2}\n")
                    .noMore();
            assertThat(client.answer().exit()).isZero();
        }
        assertThat(payload()).isEqualTo(Map.of("b", 2));
    }

    @Test
    void theEndOfAnIdIsNotTakenForANumber() throws Exception {
        assertThat(run("show 0012345e3 --json").out()).contains("no job has the ID 0012345e3");
        assertThat(run("show 1234567d --json").out()).contains("no job has the ID 1234567d");
    }

    @Test
    void nobodyGetsAnotherNameByTypingOne() throws Exception {
        assertThat(run("USER = eve; submit echo {}").exit()).isZero();
        assertThat(shell.asked).isNotEmpty().containsOnly(Caller.administrator(System.getProperty("user.name")));
    }

    @Test
    void failuresEndWithOneAndOneLine() throws Exception {
        assertThat(run("nothing"))
                .isEqualTo(new TestShell.Answer(1, "", "unknown command 'nothing'; help lists the commands\n"));
        assertThat(run("job:lst").err())
                .isEqualTo("unknown command 'job:lst' (did you mean 'job:list'?); help lists the commands\n");
        assertThat(run("sumbit echo {}").err()).contains("'sumbit' (did you mean 'submit'?);");
        assertThat(run("submit echo 'x").exit()).isEqualTo(1);
        assertThat(run("show 99").err()).hasLineCount(1);
        assertThat(run("show 99 ; submit echo {}").exit()).isZero();
        assertThat(run("show 99 || submit echo {}").exit()).isZero();
        assertThat(run("show 99 && submit echo {}")).satisfies(answer -> {
            assertThat(answer.exit()).isEqualTo(4);
            assertThat(answer.out()).isEmpty();
        });
    }

    @Test
    void filesAreRelativeToTheClientAndMinusIsItsInput() throws Exception {
        Files.writeString(data.resolve("p.json"), "{\"a\":1}");
        try (TestClient client = client()) {
            client.send("JOBYARD/1 lines 0 0 dumb " + data + "\n")
                    .send("submit echo --file p.json\nbogus\nsubmit echo --file -\n{\"b\":2}\n")
                    .noMore();
            assertThat(client.answer().exit()).isZero();
        }
        assertThat(shell.jobs.submitted)
                .extracting(job -> job.payload())
                .containsExactly(Map.of("a", 1), Map.of("b", 2));
    }

    @Test
    void linesEndLikeTheLastOneAndExitEndsThem() throws Exception {
        assertThat(lines("submit echo {}\nbogus\n").exit()).isEqualTo(1);
        assertThat(lines("bogus\nsubmit echo {}").exit()).isZero();
        assertThat(lines("submit echo {}\nexit\nbogus\n").err()).isEmpty();
        assertThat(lines("").exit()).isZero();
    }

    @Test
    void nothingOfABatchThatIsRefusedIsTakenForACommand() throws Exception {
        shell.limits.batchJobs = 1;
        String job = "{\"type\":\"echo\",\"payload\":{}}\n";
        TestShell.Answer answer = lines("submit --batch -\n" + job + job + "submit echo {}\n");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("more than 1 jobs, the value of max.batch.jobs")
                .hasLineCount(1);
        assertThat(shell.jobs.submitted).isEmpty();
    }

    @Test
    void aCommandIsBounded() throws Exception {
        assertThat(lines("x".repeat(ShellSession.LONGEST_LINE + 1)).err())
                .isEqualTo("a line is longer than 4194304 bytes; use --file\n");
        try (TestClient client = client()) {
            byte[] length =
                    ByteBuffer.allocate(4).putInt(ShellSession.LONGEST_LINE + 1).array();
            assertThat(client.send("JOBYARD/1 run 0 0 dumb\n")
                            .send(length)
                            .noMore()
                            .answer()
                            .err())
                    .isEqualTo("the command is longer than 4194304 bytes; use --file -\n");
        }
    }

    @Test
    void aTerminalEditsTheLineAndCtrlCEndsTheCommandOnly() throws Exception {
        try (TestClient client = client()) {
            client.send("JOBYARD/1 terminal 80 24 xterm " + data + "\n")
                    .send("submit slow {\"n\":12}\u007f\u007f3} --await\r");
            shell.jobs.waited.await();
            client.send("\u0003");
            await().until(() -> shell.jobs.interrupted);
            client.send("submit echo {} --as bob\rexit\r");
            TestShell.Answer answer = client.answer();
            assertThat(answer.exit()).isZero();
            assertThat(answer.out()).contains("jobyard> ", "interrupted; submitted jobs continue");
        }
        assertThat(shell.jobs.submitted).extracting(job -> job.type()).containsExactly("slow", "echo");
        assertThat(shell.jobs.submitted.get(0).payload()).isEqualTo(Map.of("n", 13));
        assertThat(shell.jobs.user).isEqualTo("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chatter", "babble"})
    void aSessionPrintsOnAfterACommandWasInterruptedWhileItPrinted(String command) throws Exception {
        try (TestClient client = client()) {
            client.send("JOBYARD/1 terminal 80 24 xterm\nx = 5\r" + command + "\r")
                    .until("on and on");
            client.send("\u0003").until("interrupted; submitted jobs continue\r\n");
            client.send("submit echo {} --priority $x\rexit\r");
            assertThat(client.answer().out()).contains("00000001 queued\r\n").doesNotContain("on and on");
        }
        assertThat(shell.jobs.submitted.get(0).routing().priority()).isEqualTo(5);
    }

    @Test
    void theIdAndWhatHappensIsThereWhileTheCommandWaits() throws Exception {
        try (TestClient client = client()) {
            client.command("submit slow {} --await").until("00000001 queued\n");
            client.until("progress 30 %: reading\n");
            shell.jobs.happenings.add(() ->
                    shell.jobs.complete(shell.jobs.jobs.keySet().iterator().next()));
            assertThat(client.noMore().answer().out()).contains("00000001 completed in 12 ms at ");
        }
    }

    @Test
    void aClientThatGoesAwayEndsItsCommand() throws Exception {
        try (TestClient client = client()) {
            client.command("submit slow {} --await").noMore();
            shell.jobs.waited.await();
        }
        await().until(() -> shell.jobs.interrupted);
    }

    private Object payload() {
        return shell.jobs.submitted.get(0).payload();
    }

    private TestShell.Answer run(String command) throws IOException {
        try (TestClient client = client()) {
            return client.command(command).noMore().answer();
        }
    }

    private TestShell.Answer call(String... words) throws IOException {
        try (TestClient client = client()) {
            return client.send("JOBYARD/1 call 0 0 dumb\n")
                    .words(words)
                    .noMore()
                    .answer();
        }
    }

    private TestShell.Answer lines(String lines) throws IOException {
        try (TestClient client = client()) {
            return client.send("JOBYARD/1 lines 0 0 dumb\n")
                    .send(lines)
                    .noMore()
                    .answer();
        }
    }

    private TestClient client() throws IOException {
        return new TestClient(data.resolve("shell.sock"));
    }
}
