// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    @TempDir
    private Path directory;

    private ExecFixture exec;

    @BeforeEach
    void begin() {
        exec = new ExecFixture(directory);
    }

    @AfterEach
    void stop() {
        exec.handler.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;id", "a|id", "a&&id", "$(id)", "`id`", "${HOME}", "$HOME", "(id)", "{a,b}", "<a", ">a", "*", "?",
                        "[a-z]", "~",
                "'", "\"", "\\", "\\n", "a\nb", "a\rb", "a\tb", " a  b ", "", "#a", "!a", "a=b", "%s%n", "ü→😀",
                        "\u0001\u007f",
                ";|&$(){}<>*?'\"\\\n"
            })
    void aValueArrivesAsOneArgumentWhateverStandsInIt(String value) throws Exception {
        exec.command(List.of("/usr/bin/printf", "%s|", "${value}", "x${value}y", "${value}${value}"));

        if (!NativeText.charset().newEncoder().canEncode(value)) { // the locale of whoever runs the test
            assertThatThrownBy(() -> exec.run(Map.of("arguments", Map.of("value", value))))
                    .hasMessageContaining("characters that the host's locale");
            return;
        }
        assertThat(exec.run(Map.of("arguments", Map.of("value", value))))
                .containsEntry("stdout", value + "|x" + value + "y|" + value + value + "|");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 262_144})
    void whatAProgramPrintsIsRedactedBeforeItIsCut(int most) throws Exception {
        String secret = "sk-0123456789/abcdefghijklmnopqrstuvwxyz";
        exec.secrets.put("key", secret);
        for (int cut = 1; cut < secret.length(); cut++) {
            String rest = "y".repeat(500 - cut);
            exec.script("printf %s " + secret + rest + " >&2; exit 3", "output.max.bytes", "" + most);
            assertThatThrownBy(() -> exec.run()).message().endsWith("yy").doesNotContain("wxyz");
        }
    }

    @Test
    void aPlaceThatAValueNamesIsNone() throws Exception {
        exec.command(List.of("/usr/bin/printf", "%s|", "${a}", "${b}"));

        assertThat(exec.run(Map.of("arguments", Map.of("a", "${b}", "b", "${a}"))))
                .containsEntry("stdout", "${b}|${a}|");
    }

    @Test
    void tellsWhatTheProgramPrintedAndHowItEnded() throws Exception {
        exec.script("cat; echo oops >&2; echo 'two words' >&2");

        assertThat(exec.run(Map.of("stdin", "grüße\n")))
                .containsEntry("exit", 0)
                .containsEntry("stdout", "grüße\n")
                .containsEntry("stderr", "oops\ntwo words\n")
                .containsEntry("truncated", false)
                .containsKey("millis");
        assertThat(exec.context.emitted).hasToString("grüße\n");
        assertThat(exec.context.log).containsExactly("oops", "two words");
    }

    @Test
    void aProgramThatDoesNotReadItsInputEndsAllTheSame() throws Exception {
        exec.command(List.of("/bin/true"));

        assertThat(exec.run(Map.of("stdin", "a".repeat(10_000_000)))).containsEntry("exit", 0);
    }

    @Test
    void tenMegabytesAreCutAndHoldNobodyUp() throws Exception {
        exec.script(
                "yes 0123456 | head -c 10000000; yes 0123456 | head -c 10000000 >&2; echo last words >&2",
                "output.max.bytes",
                "20000");

        Map<String, Object> result = exec.run();

        assertThat(result).containsEntry("truncated", true).containsEntry("exit", 0);
        assertThat((String) result.get("stdout")).hasSize(20_000);
        assertThat((String) result.get("stderr")).hasSize(20_000);
        assertThat(exec.context.emitted).hasSize(20_000);
        assertThat(exec.context.log).hasSize(2_500);
    }

    @Test
    void theEnvironmentIsWhatIsWrittenDown() throws Exception {
        exec.command(List.of("/usr/bin/env"), "environment.TOKEN", "a b", "environment.LANG", "C");

        String[] entries = ((String) exec.run().get("stdout")).split("\n");

        assertThat(entries).hasSize(5).contains("TOKEN=a b", "LANG=C", "PATH=" + System.getenv("PATH"));
        assertThat(entries).anyMatch(entry -> entry.startsWith("HOME=" + directory.resolve("data/exec")));
        assertThat(entries).anyMatch(entry -> entry.startsWith("JOBYARD_COMMAND="));
    }

    @Test
    void eachRunHasANewPrivateDirectoryThatGoesAfterwards() throws Exception {
        exec.script(
                "pwd; ls -A; stat -c %a .; mkdir -p a/b; echo 1 > a/b/c; ln -s / a/root; chmod 500 a/b; chmod 000 a");

        String[] first = ((String) exec.run().get("stdout")).split("\n");
        String[] second = ((String) exec.run().get("stdout")).split("\n");

        assertThat(first).hasSize(2).endsWith("700");
        assertThat(second).hasSize(2).doesNotContain(first[0]);
        assertThat(Path.of(first[0])).doesNotExist();
        assertThat(Path.of("/")).isNotEmptyDirectory();
        try (Stream<Path> left = Files.walk(directory.resolve("data/exec"), 2)) {
            assertThat(left.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .isSubsetOf("owner", "cgroup");
        }
    }

    @Test
    void runsWhereItIsConfiguredAndLeavesThatDirectory() throws Exception {
        Path work = Files.createDirectory(directory.resolve("work"));
        exec.script("pwd; echo $HOME; echo 1 > made", "directory", work.toString());

        assertThat(exec.run()).containsEntry("stdout", work + "\n" + work + "\n");
        assertThat(work.resolve("made")).exists();
    }

    @Test
    void aStatusThatIsNoneOfTheOthersIsFinalWithTheEndOfTheErrors() throws Exception {
        exec.script("yes line | head -n 1000 >&2; echo it broke >&2; exit 3");

        assertThatThrownBy(() -> exec.run())
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("command c1 ended with exit status 3: ")
                .hasMessageEndingWith("line\nit broke");
    }

    @Test
    void theEndOfTheErrorsIsToldThoughMoreWasPrintedThanIsKept() throws Exception {
        exec.script("yes line | head -n 1000 >&2; echo it broke >&2; exit 3", "output.max.bytes", "100");

        assertThatThrownBy(() -> exec.run()).hasMessageEndingWith("line\nit broke");
    }

    @Test
    void aStatusForRetriesIsTriedAgain() throws Exception {
        exec.script("exit 75");

        assertThatThrownBy(() -> exec.run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("command c1 ended with exit status 75");
    }

    @Test
    void theStatusesCanBeOthers() throws Exception {
        exec.script("exit 4", "exit.ok", "0,4", "exit.retry", "75, 137");
        assertThat(exec.run()).containsEntry("exit", 4);

        ExecFixture passing = new ExecFixture(directory).script("exit 75", "exit.ok", "0,75");
        assertThat(passing.run()).containsEntry("exit", 75);

        ExecFixture killed = new ExecFixture(directory).script("kill -9 $$", "exit.retry", "75, 137");
        assertThatThrownBy(killed::run).isInstanceOf(CommandFailedException.class);
    }

    @Test
    void aProgramThatIsNotThereIsTriedAgain() throws Exception {
        exec.command(List.of("/no/such/program"));

        assertThatThrownBy(() -> exec.run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("command c1: /no/such/program cannot start: file not found");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() throws Exception {
        exec.script("true", "directory", "/no/such/directory");

        assertThatThrownBy(() -> exec.run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("command c1: directory not found: /no/such/directory");
    }

    @Test
    void withoutAFileThereIsNoCommand() {
        assertThatThrownBy(() -> exec.run(Map.of("command", "pandoc")))
                .isInstanceOf(PermanentException.class)
                .hasMessage("unknown command pandoc; write etc/io.jobyard.exec.commands-pandoc.cfg with command ="
                        + " [\"PROGRAM\", \"ARGUMENT\"]");
    }

    @Test
    void aCommandThatWasNeverRightRunsNothing() {
        exec.configure("/bin/true");

        assertThatThrownBy(() -> exec.run())
                .isInstanceOf(PermanentException.class)
                .hasMessage("command c1: its configuration io.jobyard.exec.commands-c1 is refused: see the doctor");
    }

    @Test
    void whatTheLocaleCannotSayIsRefusedAndNotReplaced() {
        assertThatThrownBy(() -> NativeText.require(List.of("a", "ü"), StandardCharsets.US_ASCII))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith(
                        "arguments contain characters that are not in the host's locale (US-ASCII): start the"
                                + " host with LC_ALL=C.UTF-8");
        NativeText.require(List.of("a", "ü"), StandardCharsets.UTF_8);
    }
}
