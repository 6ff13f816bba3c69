// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.jobyard.spi.text.VisibleText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandErrorsTest {

    @TempDir
    Path directory;

    private TestShell shell;

    private static final String NASTY = "\u001b[2J\u009b31m\u202ex";
    private static final Pattern PLAINLY_SEEN = Pattern.compile("([^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*+\n)*+");

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "submit ; missing job type",
                "submit echo ; missing payload",
                "submit echo {\"a\":} ; the payload is not JSON at line 1, column",
                "submit echo [1] ; the payload is an array; give a JSON object",
                "submit echo null ; the payload is null",
                "submit echo {}x ; the payload is not JSON",
                "submit echo {\"a\":1,\"a\":2} ; Duplicate field 'a'",
                "submit echo {\"a\":[1,1e400]} ; the payload /a/1: 1e400 is larger than a number can be: pass it as text",
                "submit echo {\"a\":NaN} ; the payload /a: NaN is not a JSON number: pass it as text, or omit it",
                "submit echo {\"a\":0.12345678901234567890} ; 0.12345678901234567890 would become 0.12345678901234568",
                "submit echo {\"a\":1.10,\"b\":Infinity} ; the payload /b: Infinity is not a JSON number",
                "submit echo {…} ; put the JSON in single quotes",
                "submit echo {} --file x ; the payload is given twice",
                "submit echo --file missing.json ; file not found",
                "submit echo --file . ; is a directory",
                "submit echo --file - ; standard input is empty",
                "submit echo {} --bogus ; unknown option '--bogus'",
                "submit echo {} --priorty 3 ; unknown option '--priorty' (did you mean '--priority'?); job:submit --help",
                "submit echo {} --timeou=3 ; unknown option '--timeou=3' (did you mean '--timeout'?);",
                "submit echo {} more ; unexpected argument 'more'",
                "submit echo {} --priority ; missing value for --priority: N",
                "submit echo {} --priority x ; --priority must be a whole number, not 'x'",
                "submit echo {} --priority 11 ; priority = 11 is out of range: use 1 to 10",
                "submit echo {} --priority 11 --times 2 ; priority = 11 is out of range: use 1 to 10",
                "submit echo {} --label x ; --label",
                "submit echo {} --after 5 ; --after must be an instant such as 2027-01-31T08:00:00Z, or a duration from now such as 5m, not '5'",
                "submit echo {} --times 0 ; --times 0 is out of range",
                "submit echo {} --depends 99 ; no job has the ID 99",
                "submit echo {} --depends 99:run ; no job has the ID 99",
                "submit echo {} --depends 1:skip ; invalid dependency policy 'skip'; use fail, cancel or run",
                "submit echo {} --if-dependency-fails x ; invalid dependency policy 'x'",
                "submit --batch - ; standard input contains no jobs",
                "submit --batch - --key k ; --batch reads each job's fields from its line",
                "submit echo --batch - ; --batch reads the jobs from the file's lines",
                "list --status x ; unknown status 'x'",
                "list --limit 0 ; limit = 0 is out of range",
                "config check ; missing FILE: job:config check FILE",
                "config check - ; missing --pid: standard input has no file name; name the configuration with --pid",
                "config check missing.cfg ; file not found",
                "config worker x ; unexpected argument 'x': put check, log or rollback before it",
                "config worker --to a-1 ; only job:config rollback takes --to",
                "config check x --limit 3 ; only job:config log takes --limit",
                "config log --pid x ; only job:config check takes --pid",
                "config log --limit 0 ; --limit 0 is out of range: use 1 to 10000",
                "config rollback ; missing file or entry: job:config rollback PID --to ENTRY",
                "config rollback worker ; missing file or entry",
                "signal 1 ; missing SIGNAL",
                "signal 99 go ; no job has the ID 99",
                "signal 1 go yes ; the value is not JSON at line 1, column 1: 'yes' is not a JSON value",
                "signal 1 go {\"a\" ; the value is not JSON at line 1, column",
                "signal 1 go 1x ; the value is not JSON at line 1, column",
                "signal 1 go 1e400 ; the value : 1e400 is larger than a number can be: pass it as text",
                "signal 1 go {…} ; the value was parsed as a shell block: put the JSON in single quotes",
                "signal 1 go 1 --file x ; the value is given twice: omit --file or the JSON",
                "signal 1 go --file missing.json ; file not found",
                "callback ; missing TOKEN",
                "callback nothing ; invalid callback token",
                "callback a.secret yes ; the value is not JSON at line 1, column",
                "callback a.secret 1 --fail y ; value and error cannot be combined; give one",
                "retry 1 --with-dependents --from a ; --from cannot be combined with --with-dependents",
                "retry --status failed --from a ; --from requires IDs",
                "retry 99 --from a ; no job has the ID 99",
                "stream 1 --from 0 ; --from 0 is out of range: positions begin with 1",
                "stream 1 --from x ; 'x' is not a",
                "stream 99 --follow ; no job has the ID 99",
                "result 99 --step a ; no job has the ID 99",
                "show ; missing ID",
                "show zz ; no job has the ID zz",
                "await 1 x ; 'x' is not a whole number",
                "backup ; missing DIR",
                "help lst ; unknown command 'lst' (did you mean 'list'?); help lists",
                "help nothing ; unknown command 'nothing'",
            })
    void aFaultIsOneLineThatNamesItWithTheExitStatusOfItsCode(String line, String fault) {
        String[] words = line.split(" ");
        TestShell.Answer answer = shell.call(words[0], java.util.Arrays.copyOfRange(words, 1, words.length));
        assertThat(answer.exit()).isBetween(2, 6);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).hasLineCount(1).contains(fault);
        assertThat(shell.jobs.submitted).isEmpty();
    }

    @Test
    void aPayloadNestedTooDeepIsRefused() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        TestShell.Answer answer = shell.callWith(deep, "submit", "echo", "--file", "-");
        assertThat(answer.err()).hasLineCount(1).contains("has more than 500 levels");
    }

    @Test
    void aHugeNumberIsRefusedAtOnce() {
        String huge = "{\"a\":" + "7".repeat(60_000_000) + "}";
        TestShell.Answer answer =
                assertTimeout(Duration.ofSeconds(20), () -> shell.callWith(huge, "submit", "echo", "--file", "-"));
        assertThat(answer.err())
                .isEqualTo("standard input /a: " + "7".repeat(30) + "… has 60000000 digits, more than 1000:"
                        + " pass it as text\n");
    }

    @Test
    void aBatchNamesTheLine() {
        String head = "{\"type\":\"echo\",\"payload\":{},\"name\":\"a\"}\n\n";
        assertThat(batch(head + "{\"type\"")).contains("line 3 of standard input is not JSON at column 8");
        assertThat(batch(head + "{\"type\":\"e\",\"payload\":{\"a\":[1e400]}}"))
                .contains("line 3 of standard input /payload/a/0: 1e400 is larger than a number can be");
        assertThat(batch(head + "{\"type\":\"e\"}")).contains("line 3 of standard input: payload is missing");
        assertThat(batch(head + "{\"type\":\"e\",\"payload\":{},\"prio\":1}"))
                .contains("line 3", "unknown field 'prio'");
        assertThat(batch(head + "{\"type\":\"e\",\"payload\":{},\"dependencies\":[\"b\"]}"))
                .contains("line 3", "no line has the name 'b'");
        assertThat(batch(head + "{\"type\":\"e\",\"payload\":{},\"priority\":11}"))
                .isEqualTo("line 3 of standard input: priority = 11 is out of range: use 1 to 10\n");
        assertThat(shell.jobs.submitted).isEmpty();
    }

    @Test
    void aBatchOfTooManyJobsIsRefusedWhileItIsRead() {
        shell.limits.batchJobs = 2;
        String job = "{\"type\":\"echo\",\"payload\":{}}\n";
        assertThat(batch(job + "\n" + job + job + "{\"neither read nor JSON"))
                .isEqualTo(
                        "standard input has more than 2 jobs, the value of max.batch.jobs: submit it in parts, or raise"
                                + " max.batch.jobs in io.jobyard.scheduler\n");
        assertThat(shell.jobs.submitted).isEmpty();
        assertThat(shell.callWith(job + "\n" + job, "submit", "--batch", "-").exit())
                .isZero();
    }

    @Test
    void whatIsTooLargeIsRefusedWhileItIsReadAndNothingOfItIsTakenForACommand() throws IOException {
        String large = "has more than 1024 bytes, the value of ";
        String fix = ": submit less at once, or raise %s in io.jobyard.scheduler\n";
        shell.limits.batchBytes = 1_024;
        shell.limits.payloadBytes = 1_024;
        InputStream input = new ByteArrayInputStream(new byte[100_000]);
        assertThat(shell.callWith(input, "submit", "--batch", "-").err())
                .isEqualTo("standard input " + large + "max.batch.bytes" + fix.formatted("max.batch.bytes"));
        assertThat(input.read()).isEqualTo(-1);
        assertThat(shell.callWith("x".repeat(1_025), "submit", "echo", "--file", "-")
                        .err())
                .isEqualTo("standard input " + large + "max.payload.bytes" + fix.formatted("max.payload.bytes"));
        assertThat(shell.jobs.submitted).isEmpty();
    }

    @Test
    void manyJobsAlikeGoInSlicesAsLargeAsACallMayBe() {
        shell.limits.batchBytes = 1_024;
        assertThat(shell.call("submit", "echo", "{\"text\":\"" + "x".repeat(200) + "\"}", "--times", "10")
                        .exit())
                .isZero();
        assertThat(shell.jobs.calls).containsExactly(4, 4, 2);
    }

    @Test
    void aStopOnTheWaySaysWhatWasStored() {
        shell.jobs.refuseAfter = 600;
        assertThat(shell.call("submit", "echo", "{}", "--times", "2000").err())
                .contains("500 of 2000 jobs were stored")
                .contains("the host takes no more")
                .hasLineCount(1);
    }

    @Test
    void whatOthersStoredDoesNotDriveTheTerminal() {
        shell.call("submit", "echo", "{\"p\":\"" + VisibleText.line(NASTY) + "\"}", "--label", "a=" + NASTY);
        for (String command : List.of("show", "result", "explain", "history", "log")) {
            assertThat(shell.call(command, "1").out()).as(command).matches(PLAINLY_SEEN);
            assertThat(shell.call(command, "1", "--json").out()).as(command).matches(PLAINLY_SEEN);
        }
        assertThat(shell.call("list", "--json").out()).matches(PLAINLY_SEEN);
        assertThat(shell.call("show", "1").out()).contains("a=\\u001b[2J\\u009b31m\\u202ex", "\"p\" : \"\\u001B[2J");
        assertThat(shell.call("show", "1", "--json").out()).contains("\"p\":\"\\u001B[2J\\u009b31m\\u202ex\"");
    }

    @Test
    void anErrorStaysInItsLineWhateverWasTyped() {
        assertThat(shell.call("show", "x\n" + NASTY).err())
                .isEqualTo("no job has the ID x\\n\\u001b[2J\\u009b31m\\u202ex; list the jobs to find it\n");
        assertThat(shell.call("submit", "echo", "{}", "--" + NASTY).err()).matches(PLAINLY_SEEN);
    }

    private String batch(String lines) {
        TestShell.Answer answer = shell.callWith(lines, "submit", "--batch", "-");
        assertThat(answer.exit()).isEqualTo(2);
        return answer.err();
    }
}
