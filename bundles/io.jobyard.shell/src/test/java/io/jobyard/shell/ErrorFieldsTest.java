// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field of an error is the option or the argument that is wrong. */
class ErrorFieldsTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    private TestShell.Answer call(String line) {
        String[] words = line.split(" ");
        return shell.call(words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "list --json --statu=failed ; --statu",
                "list --json --status lost ; --status",
                "list --json --limit many ; --limit",
                "audit --json --limit 0 ; --limit",
                "show --json ; ID",
                "await 1 --json -- -1 ; SECONDS",
                "config check --json ; FILE",
                "config check x.cfg --to 3 --json ; --to",
                "schedule pause nightly --json --cron x ; --cron",
                "submit echo {} --json --dry-run --times 2 ; --dry-run",
                "schedule add nightly --json ; --type",
                "schedule backfill nightly --json ; --from",
                "token create ci --json --user ann --permissions all ; --permissions"
            })
    void theOptionOrArgumentIsNamed(String line, String field) {
        TestShell.Answer answer = call(line);
        assertThat(answer.exit()).as(answer.toString()).isEqualTo(2);
        assertThat(answer.out()).contains("\"field\":\"" + field + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"schedule add nightly --json --type echo --cron x --every 5m", "list --json more", "submit --json"
            })
    void anErrorOfSeveralPartsOrOfNoneNamesNoField(String line) {
        TestShell.Answer answer = call(line);
        assertThat(answer.exit()).as(answer.toString()).isEqualTo(2);
        assertThat(answer.out()).contains("\"field\":null");
    }
}
